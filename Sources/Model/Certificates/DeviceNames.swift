/// What a device may be called in a certificate or a request for one.
package struct DeviceNames: Equatable, Sendable {
    /// Common names and DNS names: its serials, and its id once the registrar gave one.
    package var names: Set<String>
    /// URNs that follow from its identifiers, lower-case. Sources: RFC 9562, section 4; RFC 9039; RFC 7254.
    package var urns: Set<String>
    /// Whether it has a serial: without one, another name may be right that only the registrar knows.
    package var hasSerial: Bool

    package init(identity: DeviceIdentity, identifiers: [DeviceIdentifier], deviceID: DeviceID?) {
        var serials = Set(identifiers.filter { $0.kind == .serial }.map(\.value))
        if let serial = identity.fields["serial"] { serials.insert(serial) }
        hasSerial = !serials.isEmpty
        names = serials
        if let deviceID { names.insert(deviceID.rawValue) }
        urns = Set(identifiers.compactMap(Self.urn))
    }

    private static func urn(of identifier: DeviceIdentifier) -> String? {
        let value = identifier.value.lowercased()
        switch identifier.kind {
        case .uuid: return "urn:uuid:\(value)"
        case .mac, .devEUI, .eui64: return "urn:dev:mac:\(value.filter(\.isHexDigit))"
        case .imei: return "urn:gsma:imei:\(value)"
        case .uii, .giai, .grai, .cpid, .sha256, .deviceId, .serial, nil: return nil
        }
    }

    package func has(dns name: String) -> Bool {
        names.contains { $0.lowercased() == name.lowercased() }
    }
}
