import AzureIoT
import Credentials
import Model
import TargetCore
import Testing

/// Signatures as Microsoft's own code makes them.
@Suite struct SharedAccessSignatureTests {
    struct File: Decodable {
        var sas: [Signature]
        var derive: [Derivation]
    }

    struct Signature: Decodable, CustomTestStringConvertible, Sendable {
        var name: String
        var resource_uri: String
        var key_base64: String
        var policy: String?
        var expiry: Int64
        var string_to_sign: String
        var token: String
        var testDescription: String { name }
    }

    struct Derivation: Decodable, Sendable {
        var group_key: String?
        var registration_id: String?
        var derived_device_key: String?
        var lower: String?
        var upper: String?
    }

    static let file = try? Vectors.decode(File.self, "signatures.json")
    private let digests = AzureScenario.digests

    @Test func `the vectors are there`() throws {
        #expect(try #require(Self.file).sas.count == 5)
    }

    @Test(arguments: file?.sas ?? [])
    func `a token is the one that Microsoft's code makes`(_ vector: Signature) throws {
        let signature = SharedAccessSignature(
            resource: vector.resource_uri, expiry: vector.expiry, policy: vector.policy)
        #expect(signature.stringToSign == vector.string_to_sign)
        #expect(try signature.token(key: Redacted(vector.key_base64), digests).unredacted == vector.token)
    }

    @Test func `a device's key follows from the group's and the name in lower case`() throws {
        let file = try #require(Self.file)
        let first = try #require(file.derive.first)
        let key = Redacted(try #require(first.group_key))
        let id = try #require(first.registration_id.flatMap { RegistrationID(lowering: $0) })
        #expect(try SymmetricKey.derived(from: key, for: id, digests).unredacted == first.derived_device_key)
        let cases = try #require(file.derive.last)
        let meter = try #require(RegistrationID(lowering: "METER-0001"))
        #expect(try SymmetricKey.derived(from: key, for: meter, digests).unredacted == cases.lower)
        let raw = digests.hmacSHA256(try SymmetricKey.bytes(of: key), Array("METER-0001".utf8))
        #expect(Base64.encode(raw) == cases.upper)
    }

    @Test func `a call to the service is signed for the service's own host, for ten minutes`() throws {
        let call = DPSCalls(apiVersion: "2021-10-01").enrollment(RegistrationID(trusted: "a"))
        let token = try AzureAuthorization.header(
            for: call, host: "Contoso-DPS.azure-devices-provisioning.net",
            access: .sharedAccess(policy: "provisioningserviceowner"),
            secret: Redacted("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="),
            at: Timestamp(milliseconds: 1_789_999_400_000), digests)
        #expect(token.unredacted == Self.file?.sas.first?.token)
        #expect("\(token)" == "‹redacted›")
    }

    @Test func `an Entra ID token is passed on, and one with a line break in it is not`() throws {
        let call = HubCalls(host: "h", apiVersion: "1").device("d")
        func header(_ token: String) throws(AzureSigningFault) -> Redacted<String> {
            try AzureAuthorization.header(
                for: call, host: "h", access: .bearerFile("/run/token"), secret: Redacted(token),
                at: Timestamp(milliseconds: 0), digests)
        }
        #expect(try header("abc.def\n").unredacted == "Bearer abc.def")
        #expect(throws: AzureSigningFault.tokenForm) { try header("abc\r\nX-Evil: 1") }
        #expect(throws: AzureSigningFault.tokenForm) { try header(" ") }
    }

    @Test func `what is no key is said to be none`() {
        let signature = SharedAccessSignature(resource: "a", expiry: 1)
        #expect(throws: AzureSigningFault.keyNotBase64) {
            try signature.token(key: Redacted("not base64"), digests)
        }
        #expect(throws: AzureSigningFault.keyEmpty) { try signature.token(key: Redacted(""), digests) }
        for fault in [AzureSigningFault.keyNotBase64, .keyEmpty, .tokenForm, .plane("x")] {
            #expect(fault.explanation.id.hasPrefix("azure_"))
        }
    }

    @Test func `devices' calls are not signed by the registrar`() throws {
        let call = DPSDeviceCalls(idScope: "0ne").lookUp(RegistrationID(trusted: "a"))
        #expect(throws: AzureSigningFault.plane("dps-device")) {
            try AzureAuthorization.header(
                for: call, host: "h", access: .sharedAccess(policy: "p"), secret: Redacted("AAAA"),
                at: Timestamp(milliseconds: 0), digests)
        }
    }
}
