/// A certificate with its end, and every device that needs a new one by then.
package struct PrincipalExpiry: Codable, Equatable, Sendable {
    package var kind: Principal.Kind
    package var subject: String
    package var issuer: String
    package var notAfter: Timestamp
    /// Whole days until then; negative when it has passed.
    package var daysLeft: Int
    package var fingerprint: PayloadHash
    /// Names of the devices, in their order.
    package var devices: [String]
    /// Whether it ends before the next visit.
    package var endsBeforeNextVisit: Bool

    /// The ends of the principals of many devices, the first to end first; an authority that many share is one of them.
    package static func all(
        _ devices: [(name: String, principals: [Principal])], now: Timestamp, visitInDays: Int
    ) -> [PrincipalExpiry] {
        var found: [PayloadHash: PrincipalExpiry] = [:]
        for device in devices {
            for principal in device.principals {
                guard let end = principal.notAfter, let fingerprint = principal.fingerprint else { continue }
                if found[fingerprint] != nil {
                    found[fingerprint]?.devices.append(device.name)
                    continue
                }
                let days = now.days(until: end)
                found[fingerprint] = PrincipalExpiry(
                    kind: principal.kind, subject: principal.subject ?? "", issuer: principal.issuer ?? "",
                    notAfter: end, daysLeft: days, fingerprint: fingerprint, devices: [device.name],
                    endsBeforeNextVisit: days < visitInDays)
            }
        }
        return found.values.sorted {
            ($0.notAfter, $0.devices.first ?? "", $0.kind.rawValue)
                < ($1.notAfter, $1.devices.first ?? "", $1.kind.rawValue)
        }
    }
}
