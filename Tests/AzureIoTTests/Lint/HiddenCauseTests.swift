import AzureIoT
import Model
import TargetCore
import Testing

/// Failures that people have reported: Azure answers 401 and no more, and the cause can be named before it
/// is asked.
@Suite struct HiddenCauseTests {
    static let now = Timestamp(milliseconds: 1_790_000_000_000)
    private static let day: Int64 = 86_400

    private static func hash(_ byte: UInt8) -> PayloadHash {
        PayloadHash(digest: [UInt8](repeating: byte, count: 32))
    }

    static func certificate(
        _ name: String, by issuer: String, _ number: UInt8, from start: Int64 = -1, until end: Int64 = 700
    ) -> CertificateFacts {
        CertificateFacts(
            form: .certificate(
                issuer: "CN=\(issuer)", notBefore: now.advanced(bySeconds: start * day),
                notAfter: now.advanced(bySeconds: end * day)),
            subject: "CN=\(name)", commonName: name, key: .p256, publicKeyHash: hash(number),
            fingerprint: hash(number + 10), digest: "SHA256", isSignedByItsKey: name == issuer,
            authority: name == issuer || name == "Issuing" ? .yes(pathLength: nil) : .no,
            purposes: ["clientAuth"])
    }

    static let leaf = certificate("meter-0001", by: "Issuing", 1)
    static let issuing = certificate("Issuing", by: "Root", 2)
    static let root = certificate("Root", by: "Root", 3, until: 3000)

    private func codes(
        _ chain: [CertificateFacts], proof: AzureEnrolment.Proof = .authority, name: String = "meter-0001",
        authority: CertificateFacts? = root, device: TargetDevice.Proof = .certificate("chain"),
        holder: DeviceID? = nil, intent: TargetIntent = .provision
    ) -> Set<String> {
        var enrolment = AzureEnrolment(proof: proof, authority: "muster-ca")
        enrolment.authorityCertificate = authority == nil ? nil : "authority"
        let target = AzureDPSTarget(
            targetID: TargetID(trusted: "cloud"), settings: AzureScenario.dps(enrolment),
            digests: AzureScenario.digests,
            surroundings: AzureSurroundings(
                certificate: { $0 == "authority" ? authority.map { [$0] } ?? [] : chain },
                holder: { _ in holder },
                freshKey: { _ in Redacted("") }))
        let work = TargetWork(
            workID: "w", intent: intent,
            device: TargetDevice(
                deviceID: DeviceID(trusted: "d-1"), name: name, tenant: TenantID(trusted: "acme"),
                proof: device))
        return Set(target.findings(in: work, at: Self.now).map(\.code))
    }

    @Test func `what is right has no finding`() {
        #expect(codes([Self.leaf, Self.issuing]) == [])
        #expect(codes([Self.leaf], proof: .certificate) == [])
        #expect(codes([Self.leaf, Self.issuing], intent: .rotate) == [])
    }

    @Test func `CA certificate not found: the device shows no intermediate (azure-iot-sdk-java 573)`() {
        #expect(codes([Self.leaf]) == ["azure_chain_incomplete"])
    }

    @Test func `signing certificate did not match: the chain is of another CA (azure-iot-sdk-node 869)`() {
        let other = Self.certificate("Other", by: "Other", 9)
        let chain = [Self.certificate("meter-0001", by: "Other", 1), other]
        #expect(codes(chain) == ["azure_chain_of_another_authority"])
    }

    @Test func `the chain is in the wrong order (azure-iot-samples-csharp 69)`() {
        #expect(codes([Self.leaf, Self.root, Self.issuing]) == ["azure_chain_order"])
    }

    @Test func `invalid certificate: the common name is not the registration id (azure-iot-sdk-c 252)`() {
        #expect(
            codes([Self.certificate("other", by: "Issuing", 1), Self.issuing]) == [
                "azure_common_name_differs"
            ])
        #expect(codes([Self.certificate("METER-0001", by: "Issuing", 1), Self.issuing]) == [])
        var nameless = Self.leaf
        nameless.commonName = nil
        #expect(codes([nameless, Self.issuing]) == ["azure_common_name_missing"])
    }

    @Test func `the clock is behind, so that a new certificate is not good yet (iotedge 4062)`() {
        let future = Self.certificate("meter-0001", by: "Issuing", 1, from: 1)
        #expect(codes([future, Self.issuing]) == ["azure_certificate_not_yet_valid"])
    }

    @Test func `the certificate has ended (azure-iot-sdk-c 440)`() {
        let ended = Self.certificate("meter-0001", by: "Issuing", 1, until: -1)
        #expect(codes([ended, Self.issuing]) == ["azure_certificate_expired"])
    }

    @Test func `the CA has ended, and with it all of its devices (nerves_hub_web 838)`() {
        let ended = Self.certificate("Root", by: "Root", 3, until: 0)
        #expect(codes([Self.leaf, Self.issuing], authority: ended) == ["azure_authority_expired"])
        let soon = Self.certificate("Root", by: "Root", 3, until: 100)
        #expect(codes([Self.leaf, Self.issuing], authority: soon) == ["azure_outlives_authority"])
    }

    @Test func `the certificate is for servers, or a CA's own`() {
        var server = Self.leaf
        server.purposes = ["serverAuth"]
        #expect(codes([server, Self.issuing]) == ["azure_client_auth_missing"])
        var authority = Self.leaf
        authority.authority = .yes(pathLength: nil)
        #expect(codes([authority, Self.issuing]) == ["azure_leaf_is_authority"])
    }

    @Test func `the key is of a kind or size that Azure's TLS does not take`() {
        var leaf = Self.leaf
        leaf.key = .ed25519
        #expect(codes([leaf, Self.issuing]) == ["azure_key_kind"])
        leaf.key = .rsa(bits: 1024)
        #expect(codes([leaf, Self.issuing]) == ["azure_key_size"])
    }

    @Test func `a request where a certificate belongs, and nothing at all`() {
        var request = Self.leaf
        request.form = .request
        #expect(codes([request], proof: .certificate).contains("azure_certificate_is_request"))
        #expect(codes([]) == ["azure_certificate_unreadable"])
        #expect(codes([Self.leaf], proof: .certificate, device: .symmetricKey) == ["azure_proof_missing"])
    }

    @Test func `names: characters, length with a certificate, and capitals`() {
        #expect(
            codes([], proof: .symmetricKey, name: "a b", device: .symmetricKey) == [
                "azure_registration_id_characters"
            ])
        let long = String(repeating: "a", count: 65)
        let chain = [Self.certificate(long, by: "Issuing", 1), Self.issuing]
        #expect(codes(chain, name: long) == ["azure_registration_id_length"])
        #expect(codes([], proof: .symmetricKey, name: long, device: .symmetricKey) == [])
        #expect(codes([Self.leaf, Self.issuing], name: "METER-0001") == ["azure_registration_id_case"])
    }
}
