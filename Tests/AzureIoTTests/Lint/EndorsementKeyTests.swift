import AzureIoT
import Model
import TargetCore
import Testing

/// Endorsement keys as they are read wrongly in the field.
@Suite struct EndorsementKeyTests {
    /// The start of the template for RSA 2048, and a modulus.
    static func key(_ fill: UInt8 = 7) -> [UInt8] {
        var bytes: [UInt8] = [0x01, 0x3A, 0x00, 0x01, 0x00, 0x0B, 0x00, 0x03, 0x00, 0xB2]
        bytes += [UInt8](repeating: fill, count: 316 - bytes.count)
        return bytes
    }

    private func codes(_ bytes: [UInt8]) -> [String] {
        EndorsementKeyLint.findings(Base64.encode(bytes)).map(\.code)
    }

    @Test func `a whole key begins as Azure shows them`() {
        #expect(Base64.encode(Self.key()).hasPrefix("AToAAQAL"))
        #expect(codes(Self.key()) == [])
    }

    @Test func `a key that was cut off is told (azure-iot-sdk-c 1955)`() {
        for length in 11..<316 {
            #expect(codes(Array(Self.key().prefix(length))) == ["azure_endorsement_key_cut_off"])
        }
        #expect(codes([1, 2, 3]) == ["azure_endorsement_key_cut_off"])
        #expect(EndorsementKeyLint.findings("AToAAQ!").map(\.code) == ["azure_endorsement_key_not_base64"])
        #expect(EndorsementKeyLint.findings("").map(\.code) == ["azure_endorsement_key_not_base64"])
    }

    @Test func `a key of another template is told (azure-iot-sdk-c 2329)`() {
        var storage = Self.key()
        // The attributes of a storage root key.
        storage.replaceSubrange(6..<10, with: [0x00, 0x03, 0x04, 0x72])
        #expect(codes(storage) == ["azure_endorsement_key_template"])
        var other = Self.key()
        other[5] = 0x0C
        #expect(codes(other) == ["azure_endorsement_key_not_rsa_2048"])
        other[3] = 0x08
        #expect(codes(other) == ["azure_endorsement_key_kind"])
    }

    @Test func `a key without its size, and one with something after it`() {
        #expect(codes(Array(Self.key().dropFirst(2))) == ["azure_endorsement_key_size_missing"])
        #expect(codes(Self.key() + [0]) == ["azure_endorsement_key_too_long"])
    }

    @Test func `two devices with one key are told (azure-iot-sdk-c 1359)`() {
        let one = Base64.encode(Self.key(1))
        let two = Base64.encode(Self.key(2))
        let ids = ["a", "b", "c"].map { DeviceID(trusted: $0) }
        let repeated = EndorsementKeyLint.repeated([(ids[0], one), (ids[1], two), (ids[2], one)])
        #expect(repeated.map(\.key) == [one])
        #expect(repeated.first?.devices == [ids[0], ids[2]])
        let target = AzureDPSTarget(
            targetID: TargetID(trusted: "cloud"), settings: AzureScenario.dps(AzureEnrolment(proof: .tpm)),
            digests: AzureScenario.digests,
            surroundings: AzureSurroundings(
                certificate: { _ in [] }, holder: { $0 == one ? ids[1] : nil },
                freshKey: { _ in Redacted("") }))
        func codes(_ identity: Attestation.TPMIdentity) -> [String] {
            let device = TargetDevice(
                deviceID: ids[0], name: "meter-0001", tenant: TenantID(trusted: "acme"), proof: .tpm(identity)
            )
            return target.findings(
                in: TargetWork(workID: "w", intent: .provision, device: device), at: HiddenCauseTests.now
            ).map(\.code)
        }
        #expect(codes(Attestation.TPMIdentity(endorsementKey: one)) == ["azure_endorsement_key_twice"])
        #expect(codes(Attestation.TPMIdentity(endorsementKey: two)) == [])
        #expect(
            codes(Attestation.TPMIdentity(endorsementKey: two, storageRootKey: two))
                == ["azure_endorsement_key_is_storage_root"])
    }
}
