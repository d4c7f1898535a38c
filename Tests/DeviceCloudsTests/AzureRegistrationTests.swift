import AzureIoT
import Credentials
import DeviceClouds
import Model
import Targets
import TestSupport
import Testing

/// Devices that register at the stand-in for Azure in every way there is, and are let into their hub.
@Suite(.enabled(if: CloudPeers.areUsable, Comment(rawValue: CloudPeers.missing)))
struct AzureRegistrationTests {
    private let world: AzureWorld
    private let issuer: PeerCredentials

    init() throws {
        world = try AzureWorld()
        issuer = try PeerCredentials(name: "Device issuer")
    }

    /// The message has come to the hub, so the device is who the hub takes it for.
    private func expectLetIn(_ assignment: AzureAssignment) async throws {
        #expect(assignment.substatus == .initialAssignment)
        try await world.post("{\"from\":\"\(assignment.device.deviceID)\"}", from: assignment.device)
        let hub = world.peer.ready.hubs.filter { $0.name == assignment.device.hub }
        #expect(hub.count == 1)
        let posts = try world.peer.requests().filter { $0.plane == "hub" && $0.method == "POST" }
        #expect(posts.map(\.status) == [204])
        #expect(try world.peer.requests().allSatisfy { $0.brokenAnswer == nil })
    }

    @Test func `by the certificate that is enrolled for it`() async throws {
        let identity = try issuer.device("meter-0001")
        let pem = try identity.chain[0].pem
        let certificates = AttestationMechanism.Certificates(primary: .init(certificate: pem))
        try world.administrator.enrol(
            "meter-0001", AttestationMechanism(type: .x509, x509: .init(clientCertificates: certificates)),
            deviceID: "Meter 1".replacing(" ", with: "-"))
        let assignment = try await world.register("meter-0001", .certificate(identity))
        #expect(assignment.device.deviceID == "Meter-1" && assignment.group == nil)
        try await expectLetIn(assignment)
    }

    @Test func `by the certificate of an issuer whose certificate a group has`() async throws {
        let pem = try issuer.root.certificate.pem
        let certificates = AttestationMechanism.Certificates(primary: .init(certificate: pem))
        try world.administrator.enrol(
            group: "meters",
            AttestationMechanism(type: .x509, x509: .init(signingCertificates: certificates)))
        let assignment = try await world.register(
            "meter-0002", .certificate(try issuer.device("meter-0002")))
        #expect(assignment.group == "meters" && assignment.device.deviceID == "meter-0002")
        try await expectLetIn(assignment)
    }

    @Test func `by the certificate of an authority that a group refers to`() async throws {
        try world.peer.addAuthority("issuing-ca", pem: try issuer.root.certificate.pem)
        try world.administrator.enrol(
            group: "by-reference",
            AttestationMechanism(type: .x509, x509: .init(caReferences: .init(primary: "issuing-ca"))))
        let assignment = try await world.register(
            "meter-0003", .certificate(try issuer.device("meter-0003")))
        #expect(assignment.group == "by-reference")
        try await expectLetIn(assignment)
    }

    @Test func `by the key of its own entry`() async throws {
        try world.administrator.enrol("meter-0004", AttestationMechanism(type: .symmetricKey))
        let key = try world.administrator.primaryKey("meter-0004")
        let assignment = try await world.register("Meter-0004", .symmetricKey(key))
        #expect(assignment.device.deviceID == "meter-0004" && assignment.group == nil)
        try await expectLetIn(assignment)
    }

    @Test func `by a key that is derived of its group's`() async throws {
        try world.administrator.enrol(group: "keys", AttestationMechanism(type: .symmetricKey))
        let id = try world.administrator.registration("meter-0005")
        let groupKey = try world.administrator.primaryKey(group: "keys")
        let key = try SymmetricKey.derived(from: groupKey, for: id, .system)
        let assignment = try await world.register("meter-0005", .symmetricKey(key))
        #expect(assignment.group == "keys")
        try await expectLetIn(assignment)
        // The group's own key lets nobody in.
        let refused = await #expect(throws: DeviceCloudError.self) {
            try await world.register("meter-0006", .symmetricKey(groupKey))
        }
        #expect(refused?.explanation.id == "azure_device_unauthorized")
    }

    @Test func `registering again makes no second device, and the hub takes no other`() async throws {
        try world.administrator.enrol("meter-0007", AttestationMechanism(type: .symmetricKey))
        let key = try world.administrator.primaryKey("meter-0007")
        let first = try await world.register("meter-0007", .symmetricKey(key))
        let second = try await world.register("meter-0007", .symmetricKey(key))
        let other = AzureHubDevice(
            hub: first.device.hub, deviceID: "meter-0008", credential: .symmetricKey(key))
        await #expect(throws: DeviceCloudError.hubRefused(.notAuthorised)) {
            try await world.post("{}", from: other)
        }
        #expect(second.device.hub == first.device.hub && second.device.deviceID == first.device.deviceID)
        #expect(second.substatus == .reprovisionedToInitialAssignment)
    }
}
