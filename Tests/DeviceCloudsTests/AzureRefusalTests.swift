import AzureIoT
import Credentials
import DeviceClouds
import HTTPClient
import Model
import TestSupport
import Testing

/// Registrations that are refused, put off, or answered by nobody.
@Suite(.enabled(if: CloudPeers.areUsable, Comment(rawValue: CloudPeers.missing)))
struct AzureRefusalTests {
    private func enrolled(
        _ world: AzureWorld, _ id: String, status: ProvisioningStatus? = nil
    ) throws -> AzureDeviceProof {
        try world.administrator.enrol(id, AttestationMechanism(type: .symmetricKey), status: status)
        return .symmetricKey(try world.administrator.primaryKey(id))
    }

    @Test func `who is disabled, unknown, or has another's key is told which`() async throws {
        let world = try AzureWorld()
        let disabled = try enrolled(world, "meter-0001", status: .disabled)
        let known = try enrolled(world, "meter-0002")
        let stranger = try PeerCredentials(name: "Nobody")
        let cases: [(String, AzureDeviceProof, String)] = [
            ("meter-0001", disabled, "azure_device_disabled"),
            ("meter-0009", known, "azure_device_unauthorized"),
            ("meter-0002", disabled, "azure_device_unauthorized"),
            (
                "meter-0003", .certificate(try stranger.device("meter-0003")),
                "azure_device_unauthorized"
            ),
        ]
        for (id, proof, cause) in cases {
            let error = await #expect(throws: DeviceCloudError.self) { try await world.register(id, proof) }
            #expect(error?.explanation.id == cause)
            #expect(error?.explanation.nextStep.isEmpty == false)
        }
        for key in ["no key!", ""] {
            await #expect(throws: DeviceCloudError.keyUnusable) {
                try await world.register("meter-0002", .symmetricKey(Redacted(key)))
            }
        }
    }

    @Test func `polls keep the pace that the service asks for`() async throws {
        let world = try AzureWorld(["--retry-after", "5", "--assigning-polls", "3"])
        let proof = try enrolled(world, "meter-0001")
        _ = try await world.register("meter-0001", proof)
        #expect(world.time.waits == [5, 5, 5, 5])
        #expect(try world.count("PUT") == 1 && world.count("GET") == 4)
    }

    @Test func `polls are never faster than every three seconds`() async throws {
        let world = try AzureWorld(["--retry-after", "0", "--assigning-polls", "1"])
        _ = try await world.register("meter-0001", try enrolled(world, "meter-0001"))
        #expect(world.time.waits == [3, 3])
    }

    @Test func `too many requests, a broken service and lost answers are waited out`() async throws {
        let world = try AzureWorld()
        let proof = try enrolled(world, "meter-0001")
        try world.peer.order(.throttle, on: AzureWorld.register, times: 2)
        try world.peer.order(.throttle, on: AzureWorld.poll)
        try world.peer.order(.status(503), on: AzureWorld.poll)
        try world.peer.order(.lost, on: AzureWorld.poll)
        let assignment = try await world.register("meter-0001", proof)
        #expect(assignment.device.deviceID == "meter-0001")
        let statuses = try world.peer.requests().filter { $0.operation == AzureWorld.register }.map(\.status)
        #expect(statuses == [429, 429, 202])
        #expect(world.time.waits.allSatisfy { $0 >= 2 })
        #expect(world.time.waits.count >= 4)
    }

    @Test func `a registration whose answer was lost is made again`() async throws {
        let world = try AzureWorld()
        let proof = try enrolled(world, "meter-0001")
        try world.peer.order(.lost, on: AzureWorld.register)
        let assignment = try await world.register("meter-0001", proof)
        #expect(assignment.device.deviceID == "meter-0001")
        #expect(try world.count("PUT") == 2)
    }

    @Test func `patience ends after a minute`() async throws {
        let world = try AzureWorld(["--assigning-polls", "25"])
        let proof = try enrolled(world, "meter-0001")
        await #expect(throws: DeviceCloudError.unfinished) {
            try await world.register("meter-0001", proof)
        }
        #expect(world.time.waits.reduce(0, +) <= 60)
    }

    @Test func `nobody there and who is not believed are told at once`() async throws {
        let world = try AzureWorld()
        let proof = try enrolled(world, "meter-0001")
        let id = try world.administrator.registration("meter-0001")
        let stranger = try PeerCredentials(name: "Other root").root.certificate.pem
        let error = await #expect(throws: HTTPClientError.self) {
            try await AzureRegistration(
                id, at: world.scope, proof: proof, trust: .authorities(stranger), clock: world.time.clock
            ).run()
        }
        #expect(error?.explanation.id == "not_trusted")
        let nowhere = try #require(AzureScope("dps:0ne00AABBCC@https://127.0.0.1:1"))
        let silence = await #expect(throws: HTTPClientError.self) {
            try await AzureRegistration(
                id, at: nowhere, proof: proof, trust: .systemStore, clock: world.time.clock
            ).run()
        }
        #expect(silence?.explanation.id == "not_reached")
        #expect(world.time.waits.isEmpty)
        #expect(try world.count("PUT") == 0)
    }

    @Test func `a certificate whose key is in a TPM is refused before anything is sent`() throws {
        let emulated = try SoftwareTPM()
        let key = try TPM(at: TPMAddress(emulated.tcti)).makeKey(.p256)
        let identity = try PeerCredentials().device("meter-0001", key: key)
        let scope = try #require(AzureScope("dps:0ne00AABBCC"))
        let id = try #require(RegistrationID(lowering: "meter-0001"))
        #expect(throws: DeviceCloudError.keyInTPM) {
            try AzureRegistration(
                id, at: scope, proof: .certificate(identity), trust: .systemStore, clock: HandTime().clock)
        }
        withExtendedLifetime(emulated) {}
    }
}
