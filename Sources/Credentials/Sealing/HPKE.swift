internal import COpenSSL
package import Model

/// Hybrid public key encryption, base mode: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM. Source: RFC 9180.
package enum HPKE {
    /// What travels: the encapsulated key (32 bytes) and the ciphertext with its 16-byte tag.
    package struct Sealed: Equatable, Sendable {
        package var encapsulatedKey: [UInt8]
        package var ciphertext: [UInt8]

        package init(encapsulatedKey: [UInt8], ciphertext: [UInt8]) {
            self.encapsulatedKey = encapsulatedKey
            self.ciphertext = ciphertext
        }
    }

    /// Seals bytes so that only the holder of the private key can read them. `publicKey` has 32 bytes.
    package static func seal(
        _ plaintext: [UInt8], to publicKey: [UInt8], info: [UInt8], associatedData: [UInt8]
    ) throws(CredentialsError) -> Sealed {
        try seal(
            plaintext, to: publicKey, info: info, associatedData: associatedData,
            ephemeral: try SealingKeyPair.generate(), suite: .aes256)
    }

    /// Reads what was sealed.
    ///
    /// - Throws: `notGenuine` when anything of it was changed, or it was sealed to another key, for another purpose or
    ///   with other associated data.
    package static func open(
        _ sealed: Sealed, with key: SealingKeyPair, info: [UInt8], associatedData: [UInt8]
    ) throws(CredentialsError) -> [UInt8] {
        try open(sealed, with: key, info: info, associatedData: associatedData, suite: .aes256)
    }

    /// The ciphers of RFC 9180, section 7.3, that this code can be run with.
    package enum Suite: UInt16, Sendable {
        case aes128 = 1
        case aes256 = 2

        var keyBytes: Int { self == .aes128 ? 16 : 32 }
    }

    /// Sealing with a given ephemeral key, which only a published test vector may do.
    package static func seal(
        _ plaintext: [UInt8], to publicKey: [UInt8], info: [UInt8], associatedData: [UInt8],
        ephemeral: SealingKeyPair, suite: Suite
    ) throws(CredentialsError) -> Sealed {
        let encapsulated = try ephemeral.publicKey
        let shared = try sharedSecret(
            of: try ephemeral.agree(with: publicKey), encapsulated: encapsulated, recipient: publicKey)
        let (key, nonce) = schedule(shared, info: info, suite: suite)
        let ciphertext = try GCM.seal(plaintext, key: key, nonce: nonce, associatedData: associatedData)
        return Sealed(encapsulatedKey: encapsulated, ciphertext: ciphertext)
    }

    package static func open(
        _ sealed: Sealed, with key: SealingKeyPair, info: [UInt8], associatedData: [UInt8], suite: Suite
    ) throws(CredentialsError) -> [UInt8] {
        let shared = try sharedSecret(
            of: try key.agree(with: sealed.encapsulatedKey), encapsulated: sealed.encapsulatedKey,
            recipient: try key.publicKey)
        let (contentKey, nonce) = schedule(shared, info: info, suite: suite)
        return try GCM.open(
            sealed.ciphertext, key: contentKey, nonce: nonce, associatedData: associatedData)
    }

    /// ExtractAndExpand of DHKEM, section 4.1. The KEM's id is 0x0020.
    private static func sharedSecret(
        of agreed: [UInt8], encapsulated: [UInt8], recipient: [UInt8]
    ) throws(CredentialsError) -> [UInt8] {
        let suite = Array("KEM".utf8) + [0x00, 0x20]
        let secret = extract(salt: [], label: "eae_prk", agreed, suite: suite)
        return expand(secret, label: "shared_secret", encapsulated + recipient, count: 32, suite: suite)
    }

    /// The key schedule of base mode, section 5.1.
    private static func schedule(_ shared: [UInt8], info: [UInt8], suite: Suite) -> (
        key: [UInt8], nonce: [UInt8]
    ) {
        let id = Array("HPKE".utf8) + [0x00, 0x20, 0x00, 0x01, 0x00, UInt8(suite.rawValue)]
        let context =
            [0x00] + extract(salt: [], label: "psk_id_hash", [], suite: id)
            + extract(salt: [], label: "info_hash", info, suite: id)
        let secret = extract(salt: shared, label: "secret", [], suite: id)
        return (
            expand(secret, label: "key", context, count: suite.keyBytes, suite: id),
            expand(secret, label: "base_nonce", context, count: 12, suite: id)
        )
    }

    /// LabeledExtract, section 4.
    private static func extract(salt: [UInt8], label: String, _ material: [UInt8], suite: [UInt8]) -> [UInt8]
    {
        let labeled = Array("HPKE-v1".utf8) + suite + Array(label.utf8) + material
        return Digest.hmacSHA256(key: salt.isEmpty ? [UInt8](repeating: 0, count: 32) : salt, labeled)
    }

    /// LabeledExpand, section 4, for at most one block of 32 bytes: HKDF-Expand of RFC 5869, T(1).
    private static func expand(
        _ secret: [UInt8], label: String, _ info: [UInt8], count: Int, suite: [UInt8]
    ) -> [UInt8] {
        precondition(count <= 32, "one block of HKDF is enough for every key and nonce here")
        let labeled =
            [UInt8(count >> 8), UInt8(count & 0xFF)] + Array("HPKE-v1".utf8) + suite + Array(label.utf8)
            + info
        return Array(Digest.hmacSHA256(key: secret, labeled + [1]).prefix(count))
    }
}

/// An X25519 key pair that secrets are sealed to. Source: RFC 7748.
package struct SealingKeyPair: Sendable {
    private let key: KeyHandle

    package static func generate() throws(CredentialsError) -> SealingKeyPair {
        SealingKeyPair(key: try KeyHandle.generate(.x25519))
    }

    private init(key: KeyHandle) {
        self.key = key
    }

    /// Takes the 32 raw bytes.
    package init(privateKey raw: Redacted<[UInt8]>) throws(CredentialsError) {
        guard raw.unredacted.count == 32 else {
            throw .unreadable(subject: "sealing key", reason: "an X25519 key has 32 bytes")
        }
        key = KeyHandle(
            try Library.make(
                EVP_PKEY_new_raw_private_key(EVP_PKEY_X25519, nil, raw.unredacted, 32),
                "Reading a sealing key"))
    }

    package var publicKey: [UInt8] {
        get throws(CredentialsError) { try key.rawPublic }
    }

    package var privateKey: Redacted<[UInt8]> {
        get throws(CredentialsError) { Redacted(try key.rawPrivate) }
    }

    /// The agreed secret with another's public key.
    ///
    /// - Throws: `notGenuine` for a key that is none, or one whose secret would be all zeros (RFC 7748, section 6.1).
    func agree(with other: [UInt8]) throws(CredentialsError) -> [UInt8] {
        guard other.count == 32,
            let peer = EVP_PKEY_new_raw_public_key(EVP_PKEY_X25519, nil, other, 32).map({ KeyHandle($0) })
        else { throw .notGenuine(subject: "sealed box", reason: "its key has not 32 bytes") }
        let context = try Library.make(EVP_PKEY_CTX_new(key.pointer, nil), "Agreeing on a key")
        defer { EVP_PKEY_CTX_free(context) }
        try Library.check(EVP_PKEY_derive_init(context), "Agreeing on a key")
        var secret = [UInt8](repeating: 0, count: 32)
        var count = 32
        guard EVP_PKEY_derive_set_peer(context, peer.pointer) == 1,
            EVP_PKEY_derive(context, &secret, &count) == 1, secret.contains(where: { $0 != 0 })
        else {
            ERR_clear_error()
            throw .notGenuine(subject: "sealed box", reason: "its key is none")
        }
        return secret
    }
}
