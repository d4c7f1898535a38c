import Credentials
import Model
import Testing

/// Digests against published values.
@Suite struct DigestTests {
    /// Source: FIPS 180-4 examples (NIST, "SHA256" and "SHA-2 Additional").
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
        (
            String(repeating: "a", count: 1_000_000),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
        ),
    ]) func `SHA-256 gives the published digests`(_ text: String, _ digest: String) {
        #expect(Hexadecimal.encode(Digest.sha256(Array(text.utf8))) == digest)
    }

    /// Source: FIPS 180-4 examples (NIST, "SHA1"); RFC 3174, section 7.3.
    @Test(arguments: [
        ("", "da39a3ee5e6b4b0d3255bfef95601890afd80709"),
        ("abc", "a9993e364706816aba3e25717850c26c9cd0d89d"),
    ]) func `SHA-1 gives the published digests`(_ text: String, _ digest: String) {
        #expect(Hexadecimal.encode(Digest.sha1(Array(text.utf8))) == digest)
    }

    /// Source: FIPS 197, appendices B and C.1.
    @Test(arguments: [
        (
            "2b7e151628aed2a6abf7158809cf4f3c", "3243f6a8885a308d313198a2e0370734",
            "3925841d02dc09fbdc118597196a0b32"
        ),
        (
            "000102030405060708090a0b0c0d0e0f", "00112233445566778899aabbccddeeff",
            "69c4e0d86a7b0430d8cdb78070b4c55a"
        ),
    ]) func `AES-128 gives the published blocks`(_ key: String, _ block: String, _ encrypted: String) throws {
        let result = AES128.encrypt(
            key: try #require(Hexadecimal.decode(key)), block: try #require(Hexadecimal.decode(block)))
        #expect(Hexadecimal.encode(result) == encrypted)
    }

    /// Source: RFC 4231, test cases 1, 2 and 6; the last is HMAC of nothing under an empty key.
    @Test(arguments: [
        (
            [UInt8](repeating: 0x0B, count: 20), "Hi There",
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
        ),
        (
            Array("Jefe".utf8), "what do ya want for nothing?",
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        ),
        (
            [UInt8](repeating: 0xAA, count: 131), "Test Using Larger Than Block-Size Key - Hash Key First",
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
        ),
        ([], "", "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad"),
    ]) func `HMAC-SHA-256 gives the published codes`(_ key: [UInt8], _ text: String, _ code: String) {
        #expect(Hexadecimal.encode(Digest.hmacSHA256(key: key, Array(text.utf8))) == code)
    }

    @Test func `comparing tells equal from unequal, also by length`() {
        #expect(Digest.equal([1, 2, 3], [1, 2, 3]) && Digest.equal([], []))
        #expect(!Digest.equal([1, 2, 3], [1, 2, 4]) && !Digest.equal([1, 2, 3], [1, 2]))
    }
}
