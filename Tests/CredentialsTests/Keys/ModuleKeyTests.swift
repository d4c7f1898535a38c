import Credentials
import Glibc
import Model
import Processes
import TestSupport
import Testing

/// Keys in PKCS #11 tokens, by SoftHSM's module. It reads its settings once in a process, so the suite has one directory of
/// tokens.
@Suite(.serialized) struct ModuleKeyTests {
    private static let shared = Result {
        let tokens = try SoftToken(["plain", "other", "twin", "twin"])
        for (name, value) in tokens.environment { setenv(name, value, 1) }
        return tokens
    }
    private let tokens: SoftToken

    init() throws { tokens = try Self.shared.get() }

    @Sendable private static func readPIN(_ path: String) throws(ModuleError) -> SecretBytes {
        guard let bytes = try? Files.read(path, limit: 100) else { throw .noPIN(path: path) }
        return .of(String(decoding: bytes.prefix { $0 != 0x0A }, as: UTF8.self))
    }

    private func key(_ uri: String, _ kind: KeyKind? = nil) throws -> PrivateKey {
        try ModuleKey(try ModuleKeyURI(uri), readPIN: Self.readPIN).findOrMake(
            kind, id: (0..<16).map { _ in UInt8.random(in: 0...255) })
    }

    @Test(arguments: [KeyKind.p256, .p384])
    func `a key is made once, and issues, lists and requests as others do`(_ kind: KeyKind) throws {
        let name = kind == .p256 ? "issuing" : "issuing-384"
        let key = try key(tokens.uri("plain", name), kind)
        #expect(key.kind == kind && key.place.description.contains("token=plain;object=\(name)"))
        #expect(!key.place.description.contains("pin-source"))
        #expect(try self.key(tokens.uri("plain", name)).publicKeyHash == key.publicKeyHash)
        let root = try CertificateAuthority.makeRoot(
            name: "Root", notBefore: .noon, notAfter: .noon.advanced(bySeconds: 86_400))
        let issuing = try root.makeIssuing(
            name: "Issuing", key: key, notBefore: .noon, notAfter: .noon.advanced(bySeconds: 86_400))
        let request = try CertificateRequest.create(key: .generate(.p256), commonName: "SN-1")
        let device = try issuing.issueDevice(
            for: request, commonName: "SN-1", notBefore: .noon, notAfter: .noon.advanced(bySeconds: 3600))
        try Certificate.verifyChain(
            leaf: device, intermediates: [issuing.certificate], roots: [root.certificate],
            at: .noon.advanced(bySeconds: 60))
        let list = try issuing.revocationList(
            RevocationListDraft(
                number: 1, thisUpdate: .noon, nextUpdate: .noon.advanced(bySeconds: 60), revoked: []))
        #expect(try RevocationList(list).isSigned(by: issuing.certificate))
        #expect(
            try CertificateRequest(CertificateRequest.create(key: key, commonName: "I").der).isSignedByItsKey)
        let signer = try StatusSigner.make(for: issuing, at: .noon, backdateSeconds: 0)
        #expect(signer.certificate.isSigned(by: issuing.certificate))
    }

    @Test(arguments: [KeyKind.p256, .p384])
    func `what is kept of it finds it again, and no private key is in that`(_ kind: KeyKind) throws {
        let key = try key(tokens.uri("plain", kind == .p256 ? "kept" : "kept-384"), kind)
        let stored = try key.stored
        #expect(!stored.unredacted.contains("PRIVATE"))
        let again = try PrivateKey(stored: stored, readPIN: Self.readPIN)
        #expect(try again.publicKeyHash == key.publicKeyHash && again.place == key.place)
        let request = try CertificateRequest.create(key: key, commonName: "SN-1")
        #expect(request.isSigned([1, 2, 3], by: try again.sign([1, 2, 3])))
    }

    /// What the first signature of a key that is kept under another address says.
    private func fault(_ uri: String) throws -> String? {
        let pem = try key(tokens.uri("plain", "known")).pem.unredacted
        let key = try PrivateKey(stored: Redacted("Held by PKCS #11: \(uri)\n\(pem)"), readPIN: Self.readPIN)
        do throws(CredentialsError) {
            _ = try key.sign([1])
            return nil
        } catch {
            guard case .keyNotReached(let explanation) = error else { return "other" }
            return explanation.id
        }
    }

    @Test func `what is wrong with a token or key is told from each other`() throws {
        _ = try key(tokens.uri("other", "known"))
        let wrong = tokens.directory.file("wrong")
        try Files.writeAtomically(Array("not-the-pin".utf8), to: wrong)
        let right = tokens.uri("plain", "known")
        #expect(try fault(right) == nil)
        #expect(try fault(tokens.uri("gone", "known")) == "module_no_token")
        #expect(try fault(tokens.uri("twin", "known")) == "module_two_tokens")
        #expect(try fault(tokens.uri("plain", "gone")) == "module_no_key")
        #expect(try fault(tokens.uri("other", "known")) == "module_other_key")
        #expect(try fault(tokens.uri("plain", "known", pinFile: wrong)) == "module_wrong_pin")
        #expect(try fault(tokens.uri("plain", "known", pinFile: "/nowhere")) == "module_no_pin")
        #expect(try fault(right.replacing(SoftToken.module, with: "/nowhere.so")) == "module_missing")
        #expect(try fault(right.replacing(SoftToken.module, with: "libc.so.6")) == "module_missing")
        #expect(try fault(right) == nil)
    }

    private func refusal(_ uri: String, _ kind: KeyKind? = nil) -> ModuleError? {
        do {
            _ = try key(uri, kind)
            return nil
        } catch { return error as? ModuleError }
    }

    @Test func `a key that is there is taken as it is, unless another kind is asked for or it is of no use`()
        throws
    {
        _ = try key(tokens.uri("plain", "large"), .p384)
        #expect(try key(tokens.uri("plain", "large")).kind == .p384)
        #expect(refusal(tokens.uri("plain", "large"), .p256) == .otherKind(.p384))
        #expect(refusal(tokens.uri("plain", "none"), .ed25519) == .otherKey)
        let command = try OpenSSLCommand()
        try command.output(of: "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-521 -out …/p521.pem")
        try tokens.importKey(command.directory.file("p521.pem"), "huge", into: "plain")
        #expect(refusal(tokens.uri("plain", "huge")) == .otherKey)
        // A token that was set up anew, with a key of another curve under the same name, does not pass for the old one.
        let pem = try key(tokens.uri("plain", "known")).pem.unredacted
        let stored = "Held by PKCS #11: \(tokens.uri("plain", "large"))\n\(pem)"
        let other = try PrivateKey(stored: Redacted(stored), readPIN: Self.readPIN)
        #expect(throws: CredentialsError.keyNotReached(ModuleError.otherKey.explanation)) {
            try other.sign([1])
        }
    }

    @Test func `many threads sign with one token`() async throws {
        let key = try key(tokens.uri("plain", "many"))
        let request = try CertificateRequest.create(key: key, commonName: "SN-1")
        let good = try await withThrowingTaskGroup(of: Bool.self) { group in
            for number in 0..<40 {
                group.addTask { request.isSigned([UInt8(number)], by: try key.sign([UInt8(number)])) }
            }
            return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(good == 40)
    }

    @Test(arguments: [
        "http:token=a", "pkcs11:token=a", "pkcs11:object=a;object=b", "pkcs11:object=%4", "pkcs11:object=a b",
        "pkcs11:object=a;type=public", "pkcs11:object=a?pin-value=1234", "pkcs11:object=a?pin-source=pin",
        "pkcs11:object=a;x-made-up=1", "pkcs11:object=a?module-name=b", "pkcs11:object=%00",
        "pkcs11:object=%FF",
    ]) func `an address that is not understood is refused`(_ text: String) {
        #expect {
            try ModuleKeyURI(text)
        } throws: {
            guard case .badURI(let rule)? = $0 as? ModuleError else { return false }
            return !rule.contains("1234")
        }
    }

    @Test func `an address is read as RFC 7512 writes it`() throws {
        let uri = try ModuleKeyURI(
            "pkcs11:token=My%20token;id=%01%FF;type=private?pin-source=file:///etc/p%20n")
        #expect(uri.pinSource == "/etc/p n")
        #expect(
            KeyPlace.module(uri).description
                == "in a PKCS #11 token (pkcs11:token=My%20token;id=%01%FF;type=private)")
    }
}
