import Credentials
import Model
import Testing

/// Ed25519 and JWS against published vectors, and what a signed text refuses.
@Suite struct SignatureTests {
    /// The key of RFC 8037, appendix A.1, which is that of RFC 8032, section 7.1, test 1; as PKCS 8 (RFC 8410).
    private static let pem = """
        -----BEGIN PRIVATE KEY-----
        MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g
        -----END PRIVATE KEY-----

        """
    private static let publicKey = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"

    private func key() throws -> SigningKey { try SigningKey(pem: Redacted(Self.pem)) }

    private func keys() throws -> [String: VerifyingKey] {
        let raw = try #require(Base64.decodeURL(Self.publicKey))
        return ["k1": try VerifyingKey(raw: raw)]
    }

    /// Source: RFC 8032, section 7.1, test 1.
    @Test func `Ed25519 signs the empty message as published`() throws {
        let signature = try key().sign([])
        #expect(
            Hexadecimal.encode(signature)
                == "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
                + "d25bf5f0595bbe24655141438e7a100b")
        #expect(try Base64.encodeURL(key().publicKey) == Self.publicKey)
    }

    /// Source: RFC 8037, appendices A.4 and A.5.
    @Test func `the JWS of RFC 8037 has the published signature`() throws {
        let text = "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc"
        let published =
            "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg"
        #expect(try Base64.encodeURL(key().sign(Array(text.utf8))) == published)
        let signature = try #require(Base64.decodeURL(published))
        #expect(try keys()["k1"]?.isValid(signature: signature, for: Array(text.utf8)) == true)
        // Well signed, but it neither names its key nor says what it is.
        #expect(throws: CredentialsError.self) {
            try JWS.verify("\(text).\(published)", keys: keys(), type: "receipt")
        }
    }

    @Test func `what is signed is verified, and its header is as RFC 7515 orders`() throws {
        let text = try JWS.sign(Array("payload".utf8), with: key(), keyID: "k1", type: "receipt")
        #expect(try JWS.verify(text, keys: keys(), type: "receipt") == Array("payload".utf8))
        let header = try #require(Base64.decodeURL(text.split(separator: ".")[0]))
        #expect(String(decoding: header, as: UTF8.self) == #"{"alg":"EdDSA","kid":"k1","typ":"receipt"}"#)
    }

    @Test func `a text that was changed at any character is refused`() throws {
        let text = Array(try JWS.sign(Array("payload".utf8), with: key(), keyID: "k1", type: "receipt"))
        for index in text.indices {
            for replacement in ["A", "B", "_", ".", " ", "="] as [Character] where text[index] != replacement
            {
                var changed = text
                changed[index] = replacement
                #expect(throws: CredentialsError.self, "\(index): \(replacement)") {
                    try JWS.verify(String(changed), keys: keys(), type: "receipt")
                }
            }
            #expect(throws: CredentialsError.self) {
                try JWS.verify(String(text[..<index]), keys: keys(), type: "receipt")
            }
        }
    }

    @Test func `another type, an unknown key, another key or too long a text is refused`() throws {
        let text = try JWS.sign([1], with: key(), keyID: "k1", type: "receipt")
        let other = try VerifyingKey(raw: SigningKey.generate().publicKey)
        #expect(throws: CredentialsError.self) { try JWS.verify(text, keys: keys(), type: "grant") }
        #expect(throws: CredentialsError.self) { try JWS.verify(text, keys: [:], type: "receipt") }
        #expect(throws: CredentialsError.self) { try JWS.verify(text, keys: ["k1": other], type: "receipt") }
        let long = text + String(repeating: "A", count: 256 << 10)
        #expect(throws: CredentialsError.tooLarge(subject: "receipt", limitBytes: 256 << 10)) {
            try JWS.verify(long, keys: keys(), type: "receipt")
        }
    }

    /// Source: RFC 7515, section 4.1.11, and RFC 8725, sections 3.1 and 3.2.
    @Test(arguments: [
        #"{"alg":"none","kid":"k1","typ":"receipt"}"#, #"{"alg":"HS256","kid":"k1","typ":"receipt"}"#,
        #"{"alg":"EdDSA","crit":["exp"],"kid":"k1","typ":"receipt"}"#, #"{"alg":"EdDSA","typ":"receipt"}"#,
        #"{"alg":"EdDSA","kid":"k1"}"#, "[]", "",
    ]) func `a header that asks for something else is refused, however well it is signed`(_ header: String)
        throws
    {
        let text = Base64.encodeURL(Array(header.utf8)) + "." + Base64.encodeURL([1])
        let signed = try text + "." + Base64.encodeURL(key().sign(Array(text.utf8)))
        #expect(throws: CredentialsError.self) { try JWS.verify(signed, keys: keys(), type: "receipt") }
        #expect(throws: CredentialsError.self) { try JWS.verify(text + ".", keys: keys(), type: "receipt") }
    }

    @Test func `a signature or public key of another length counts for nothing`() throws {
        let key = try #require(try keys()["k1"])
        #expect(!key.isValid(signature: [], for: []))
        #expect(!key.isValid(signature: [UInt8](repeating: 0, count: 63), for: []))
        #expect(throws: CredentialsError.self) { try VerifyingKey(raw: [UInt8](repeating: 0, count: 31)) }
    }
}
