import Credentials
import Model
import TestSupport
import Testing

/// Keys sealed under a passphrase.
@Suite struct PassphraseKeyTests {
    private static let cost = PassphraseKey.Cost(n: 1024, r: 8, p: 1)
    private static let passphrase = SecretBytes.of("correct horse battery staple")

    @Test func `what is sealed opens with the same passphrase and name, and with nothing else`() throws {
        let key = try PassphraseKey.make(Self.passphrase, cost: Self.cost)
        let sealed = try key.seal([1, 2, 3], name: "a")
        #expect(try key.open(sealed, name: "a") == [1, 2, 3])
        #expect(try key.seal([1, 2, 3], name: "a") != sealed)
        let again = try PassphraseKey(Self.passphrase, salt: key.salt, cost: Self.cost)
        #expect(try again.open(sealed, name: "a") == [1, 2, 3])
        #expect(throws: CredentialsError.self) { try key.open(sealed, name: "b") }
        let other = try PassphraseKey(.of([1]), salt: key.salt, cost: Self.cost)
        #expect(throws: CredentialsError.self) { try other.open(sealed, name: "a") }
        var changed = sealed
        changed.ciphertext = Base64.encode(
            try #require(Base64.decode(sealed.ciphertext)).enumerated().map { $0 == 0 ? $1 ^ 1 : $1 })
        #expect(throws: CredentialsError.self) { try key.open(changed, name: "a") }
    }

    @Test func `openssl derives the same key`() throws {
        let command = try OpenSSLCommand()
        let key = try PassphraseKey(
            SecretBytes.of("pleaseletmein"), salt: Array("SodiumChloride".utf8),
            cost: PassphraseKey.Cost(n: 16_384, r: 8, p: 1))
        // The vector of RFC 7914, section 12, cut to 32 bytes.
        let expected = try #require(
            Hexadecimal.decode("7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2"))
        let text = try command.output(
            of: "kdf -keylen 32 -kdfopt pass:pleaseletmein -kdfopt salt:SodiumChloride -kdfopt n:16384 "
                + "-kdfopt r:8 -kdfopt p:1 SCRYPT")
        #expect(Hexadecimal.decode(text.filter(\.isHexDigit)) == expected)
        #expect(key.matches(expected))
    }

    @Test func `a file may not ask for more memory than there is`() {
        for cost in [
            PassphraseKey.Cost(n: 1 << 30, r: 8, p: 1), .init(n: 1 << 20, r: 16, p: 1),
            .init(n: 3, r: 8, p: 1),
            .init(n: 1024, r: 8, p: 1000),
        ] {
            #expect(throws: CredentialsError.self) {
                try PassphraseKey(Self.passphrase, salt: [1], cost: cost)
            }
        }
    }

    @Test func `a key prints nothing of itself`() throws {
        let key = try PassphraseKey.make(Self.passphrase, cost: Self.cost)
        var dumped = ""
        dump(key, to: &dumped)
        #expect(dumped.contains("‹redacted›") && !dumped.contains("correct"))
    }
}
