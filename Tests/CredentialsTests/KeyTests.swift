import Credentials
import Model
import TestSupport
import Testing

/// Keys of every type: made, written, read, and held against the `openssl` command.
@Suite struct KeyTests {
    static let kinds: [KeyKind] = [
        .p256, .p384, .ed25519, .x25519, .rsa(bits: 2048), .rsa(bits: 3072),
    ]

    @Test(arguments: kinds) func `a key keeps its type and its public half through PEM`(_ kind: KeyKind)
        throws
    {
        let key = try PrivateKey.generate(kind)
        #expect(key.kind == kind)
        let again = try PrivateKey(pem: key.pem)
        #expect(try again.kind == kind && again.publicKeyHash == key.publicKeyHash)
        #expect(try PrivateKey.generate(kind).publicKeyHash != key.publicKeyHash)
    }

    @Test(arguments: kinds) func `openssl reads the key and finds the same public half`(_ kind: KeyKind)
        throws
    {
        let command = try OpenSSLCommand()
        let key = try PrivateKey.generate(kind)
        try command.write(key.pem.unredacted, to: "key.pem")
        try command.output(of: "pkey -in …/key.pem -pubout -outform DER -out …/public.der")
        #expect(try PayloadHash(digest: Digest.sha256(command.bytes("public.der"))) == key.publicKeyHash)
    }

    @Test(arguments: [
        ("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256", KeyKind.p256),
        ("ecparam -genkey -noout -name secp384r1", .p384), ("genpkey -algorithm ED25519", .ed25519),
        ("genpkey -algorithm X25519", .x25519), ("genrsa -traditional 2048", .rsa(bits: 2048)),
        ("ecparam -genkey -noout -name secp521r1", .other("secp521r1")),
        ("ecparam -genkey -noout -name prime256v1 -param_enc explicit", .p256),
    ]) func `a key that openssl made is read, PKCS 8 or traditional`(_ line: String, _ kind: KeyKind) throws {
        let pem = try OpenSSLCommand().output(of: line)
        #expect(try PrivateKey(pem: Redacted(pem)).kind == kind)
    }

    @Test func `a key that is encrypted, cut or none is refused without asking for a passphrase`() throws {
        let command = try OpenSSLCommand()
        let encrypted = try command.output(of: "genpkey -algorithm ED25519 -aes256 -pass pass:hunter2")
        let whole = try PrivateKey.generate(.p256).pem.unredacted
        for text in [encrypted, "", "hunter2", String(whole.prefix(whole.count / 2))] {
            #expect {
                try PrivateKey(pem: Redacted(text))
            } throws: { error in
                guard case .unreadable("private key", let reason)? = error as? CredentialsError else {
                    return false
                }
                return !reason.isEmpty && !reason.contains("hunter2")
            }
        }
    }

    @Test(arguments: [KeyKind.rsa(bits: 1024), .rsa(bits: 16_384), .other("DSA")])
    func `a key that is too weak, too large or of another type is not made`(_ kind: KeyKind) {
        #expect(throws: CredentialsError.self) { try PrivateKey.generate(kind) }
    }

    @Test func `only an Ed25519 key becomes a signing key`() throws {
        let pem = try PrivateKey.generate(.p256).pem
        #expect(
            throws: CredentialsError.unreadable(
                subject: "signing key", reason: "it must be an Ed25519 key")
        ) { try SigningKey(pem: pem) }
    }

    @Test func `a key prints nothing of itself`() throws {
        let key = try PrivateKey.generate(.ed25519)
        let body = try #require(key.pem.unredacted.split(separator: "\n").dropFirst().first)
        var dumped = ""
        dump(key, to: &dumped)
        for text in [
            "\(key)", String(reflecting: key), try "\(key.pem)", try String(reflecting: key.pem), dumped,
        ] {
            #expect(!text.contains(body))
        }
    }
}
