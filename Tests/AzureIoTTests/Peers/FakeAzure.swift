import AzureIoT
import Credentials
import Model
import TargetCore

/// Azure's provisioning service and one hub as a value, as far as documents tell how they behave: versions
/// and `If-Match`, 404, 409 and 412, whole replacement by PUT, keys that only one call shows, certificates
/// that come back as facts alone.
struct FakeAzure: Equatable {
    static let hubHost = "contoso-hub.azure-devices.net"

    var enrollments: [String: IndividualEnrollment] = [:]
    var groups: [String: EnrollmentGroup] = [:]
    var registrations: [String: DeviceRegistrationState] = [:]
    var devices: [String: HubDevice] = [:]
    var twins: [String: [String: JSONValue]] = [:]
    /// How often keys were made for a name: made twice, they are others.
    var keysMade: [String: Int] = [:]
    var versions = 0

    /// What a run has come to, apart from versions and from which work wrote.
    var state: FakeAzure {
        var copy = self
        copy.versions = 0
        for id in copy.enrollments.keys {
            copy.enrollments[id]?.etag = nil
            if case .object(var note) = copy.enrollments[id]?.optionalDeviceInformation?["muster"] {
                note["work"] = nil
                copy.enrollments[id]?.optionalDeviceInformation?["muster"] = .object(note)
            }
        }
        for id in copy.groups.keys { copy.groups[id]?.etag = nil }
        for id in copy.devices.keys {
            copy.devices[id]?.etag = nil
            if let reason = copy.devices[id]?.statusReason {
                copy.devices[id]?.statusReason = reason.split(separator: " ").prefix(2).joined(separator: " ")
            }
        }
        return copy
    }

    mutating func answer(_ call: CloudCall) -> CloudReply {
        if let refusal = refusal(of: call) { return refusal }
        switch AzurePlane(name: call.plane) {
        case .dpsService: return answerService(call)
        case .iotHub(Self.hubHost): return answerHub(call)
        case .iotHub, .dpsDevice, nil: return Self.error(401_002, "no such plane here")
        }
    }

    private func refusal(of call: CloudCall) -> CloudReply? {
        guard call.query.first?.name == "api-version" else { return Self.error(400_000, "api-version") }
        let isJSON = call.headers.contains {
            $0.name == "Content-Type" && $0.value.hasPrefix("application/json")
        }
        if !call.sentBody.isEmpty, !isJSON { return Self.error(415_000, "content type") }
        return nil
    }

    // MARK: Rules of records

    enum Record { case free, stands(etag: String?) }

    /// The rules of `If-Match` for a write.
    static func writeFault(_ call: CloudCall, over etag: String??, exists: Int, missing: Int) -> CloudReply? {
        let condition = call.headers.first { $0.name == "If-Match" }?.value
        switch (condition, etag) {
        case (nil, .none): return nil
        case (nil, .some): return error(exists, "exists")
        case (.some, .none): return error(missing, "not found")
        case (.some(let wanted), .some(let there)):
            let isMet = wanted == "*" || wanted == "\"*\"" || wanted == "\"\(there ?? "")\""
            return isMet ? nil : error(exists > 409_100 ? 412_201 : 412_001, "etag")
        }
    }

    static func deletionFault(_ call: CloudCall, of etag: String??, missing: Int) -> CloudReply? {
        guard case .some(let there) = etag else { return error(missing, "not found") }
        guard let wanted = call.headers.first(where: { $0.name == "If-Match" })?.value else { return nil }
        let isMet = wanted == "*" || wanted == "\"*\"" || wanted == "\"\(there ?? "")\""
        return isMet ? nil : error(412_001, "etag")
    }

    mutating func nextVersion() -> String {
        versions += 1
        return "v\(versions)="
    }

    /// Keys that nobody else made: of the name, and of how often they were made.
    mutating func makeKeys(_ name: String) -> AttestationMechanism.SymmetricKeys {
        keysMade[name, default: 0] += 1
        func key(_ slot: String) -> String {
            let seed = Digest.sha256(Array("\(name) \(keysMade[name] ?? 0) \(slot)".utf8))
            return Base64.encode(seed + seed)
        }
        return AttestationMechanism.SymmetricKeys(primaryKey: key("1"), secondaryKey: key("2"))
    }

    // MARK: Answers

    static func json(_ value: some Encodable, status: Int = 200) -> CloudReply {
        CloudReply(status: status, body: Array((try? CanonicalJSON.text(value))?.utf8 ?? "".utf8))
    }

    static func error(_ code: Int, _ message: String) -> CloudReply {
        CloudReply(
            status: code / 1000, headers: [CloudCall.Field("x-ms-request-id", "request-1")],
            body: Array(#"{"errorCode":\#(code),"trackingId":"t-1","message":"\#(message)"}"#.utf8))
    }
}
