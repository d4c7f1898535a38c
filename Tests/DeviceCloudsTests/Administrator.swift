import AzureIoT
import Credentials
import HTTPClient
import Model
import Processes
import TargetCore
import Targets
import TestSupport
import Testing

/// Who enrols devices at the stand-in for Azure: one call after the other, signed with the service's own policy.
struct Administrator {
    let peer: AzurePeer
    private let client: HTTPClient
    private let calls = DPSCalls(apiVersion: AzureAPIVersions().service)

    init(_ peer: AzurePeer) throws {
        self.peer = peer
        client = try HTTPClient(trust: .authorities(try Self.authority(of: peer)))
    }

    /// The authority of the stand-in's addresses, PEM.
    static func authority(of peer: AzurePeer) throws -> String {
        String(decoding: try Files.read(peer.ready.ca, limit: 1 << 16), as: UTF8.self)
    }

    // MARK: Enrolling

    @discardableResult
    func enrol(
        _ id: String, _ attestation: AttestationMechanism, status: ProvisioningStatus? = nil,
        deviceID: String? = nil
    ) throws -> IndividualEnrollment {
        var entry = IndividualEnrollment(registrationId: id, attestation: attestation)
        entry.provisioningStatus = status
        entry.deviceId = deviceID
        return try send(calls.put(entry, etag: nil))
    }

    @discardableResult
    func enrol(group id: String, _ attestation: AttestationMechanism) throws -> EnrollmentGroup {
        try send(calls.put(EnrollmentGroup(enrollmentGroupId: id, attestation: attestation), etag: nil))
    }

    func primaryKey(_ id: String) throws -> Redacted<String> {
        let mechanism: AttestationMechanism = try send(calls.keys(try registration(id)))
        return Redacted(try #require(mechanism.symmetricKey?.primaryKey))
    }

    func primaryKey(group id: String) throws -> Redacted<String> {
        let mechanism: AttestationMechanism = try send(calls.groupKeys(id))
        return Redacted(try #require(mechanism.symmetricKey?.primaryKey))
    }

    func registration(_ id: String) throws -> RegistrationID { try #require(RegistrationID(lowering: id)) }

    // MARK: Sending

    private func send<Answer: Decodable>(_ call: CloudCall) throws -> Answer {
        let dps = peer.ready.dps
        let policy = try #require(dps.policy("provisioningserviceowner"))
        let token = try AzureAuthorization.header(
            for: call, host: dps.name, access: .sharedAccess(policy: policy.name), secret: policy.key,
            at: SystemClock.now(), .system)
        let headers = call.headers.map { HTTPField($0.name, $0.value) }
        let reply = try client.sendAndWait(
            HTTPCall(
                method: call.method, url: dps.url + call.target,
                headers: headers + [HTTPField("Authorization", token.unredacted)], body: call.sentBody))
        guard reply.status == 200 else {
            throw ProgramFailure(
                description: "\(call.name): \(reply.status) \(String(decoding: reply.body, as: UTF8.self))")
        }
        return try CanonicalJSON.decode(Answer.self, from: reply.body)
    }
}
