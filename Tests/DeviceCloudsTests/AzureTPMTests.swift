import AzureIoT
import Credentials
import DeviceClouds
import Model
import TestSupport
import Testing

/// Devices that prove themselves by their TPM.
@Suite(.enabled(if: CloudPeers.areUsable, Comment(rawValue: CloudPeers.missing)))
struct AzureTPMTests {
    private let world: AzureWorld
    private let emulated: SoftwareTPM
    private let tpm: TPM

    init() throws {
        world = try AzureWorld()
        emulated = try SoftwareTPM()
        tpm = TPM(at: try TPMAddress(emulated.tcti))
    }

    private func enrol(
        _ id: String, _ identity: Attestation.TPMIdentity, status: ProvisioningStatus? = nil
    ) throws {
        try world.administrator.enrol(
            id,
            AttestationMechanism(
                type: .tpm,
                tpm: .init(
                    endorsementKey: identity.endorsementKey, storageRootKey: identity.storageRootKey)),
            status: status)
    }

    @Test func `a TPM proves itself, and its hub takes what it signs with the key that came`() async throws {
        try enrol("meter-0001", try tpm.identity())
        let assignment = try await world.register("meter-0001", .tpm(tpm))
        #expect(assignment.substatus == .initialAssignment)
        try await world.post("{}", from: assignment.device)
        guard case .tpm(let key) = assignment.device.credential else {
            Issue.record("no key for the TPM")
            return
        }
        // The key outlives a loss of power, and the device need not register for it.
        try emulated.restart()
        let stored = AzureHubDevice(
            hub: assignment.device.hub, deviceID: assignment.device.deviceID,
            credential: .tpm(try TPMHMACKey(key.blob, in: tpm)))
        try await world.post("{}", from: stored)
        for left in SoftwareTPM.Left.allCases { #expect(try emulated.count(of: left) == 0) }
        let registrations = try world.peer.requests().filter { $0.operation == AzureWorld.register }
        #expect(registrations.map(\.status) == [401, 202])
    }

    @Test func `another TPM than the enrolled one is not let in`() async throws {
        let stranger = try SoftwareTPM()
        try enrol("meter-0002", try TPM(at: TPMAddress(stranger.tcti)).identity())
        let error = await #expect(throws: DeviceCloudError.self) {
            try await world.register("meter-0002", .tpm(tpm))
        }
        #expect(error?.explanation.id == "azure_device_unauthorized")
        withExtendedLifetime(stranger) {}
    }

    @Test func `a device whose entry is disabled is told so`() async throws {
        try enrol("meter-0003", try tpm.identity(), status: .disabled)
        let error = await #expect(throws: DeviceCloudError.self) {
            try await world.register("meter-0003", .tpm(tpm))
        }
        #expect(error?.explanation.id == "azure_device_disabled")
    }

    @Test func `a TPM that is not there ends the registration before anything is sent`() async throws {
        let nowhere = try TPMAddress("device:/dev/no-tpm")
        await #expect(throws: TPMError.noTPM(nowhere)) {
            try await world.register("meter-0004", .tpm(TPM(at: nowhere)))
        }
        #expect(try world.count("PUT") == 0)
    }
}
