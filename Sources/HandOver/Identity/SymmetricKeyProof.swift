package import Model

/// What a symmetric key is known by, and how a device shows that it has one, without the key being told.
package enum SymmetricKeyProof {
    /// SHA-256 over a fixed context and the key: names it in a manifest. The key has 16 bytes or more from its target's
    /// generator, so that it cannot be guessed from that.
    package static func mark(of key: Redacted<[UInt8]>, digest: DigestFunction) -> PayloadHash {
        PayloadHash(digest: digest(Array("muster symmetric key 1\n".utf8) + key.unredacted))
    }

    /// The key of the part of a bundle; `nil` for what is no base64 of 16 to 64 bytes.
    package static func key(ofPart part: [UInt8]) -> Redacted<[UInt8]>? {
        guard let key = Base64.decode(String(decoding: part, as: UTF8.self)), (16...64).contains(key.count)
        else { return nil }
        return Redacted(key)
    }
}
