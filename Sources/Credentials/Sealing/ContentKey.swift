internal import COpenSSL
import Model

/// A key of 32 bytes that seals what is to lie on a disk. Source: NIST SP 800-38D (AES-256-GCM).
package struct ContentKey: Sendable {
    private let key: SecretBytes

    /// A new one.
    package static func make() throws(CredentialsError) -> ContentKey {
        ContentKey(try SecretBytes.random(32))
    }

    /// `key` must have 32 bytes.
    package init(_ key: SecretBytes) {
        self.key = key
    }

    /// Whether these are the key's bytes, for comparing it with published vectors.
    package func matches(_ bytes: [UInt8]) -> Bool { key.matches(bytes) }

    /// Seals bytes under a name: what is sealed cannot be put in another's place.
    package func seal(_ bytes: [UInt8], name: String) throws(CredentialsError) -> SealedBytes {
        try bytes.withRawBytes { bytes throws(CredentialsError) in try seal(bytes, name) }
    }

    /// The same of a secret.
    package func seal(_ secret: SecretBytes, name: String) throws(CredentialsError) -> SealedBytes {
        try secret.withBytes { bytes throws(CredentialsError) in try seal(bytes, name) }
    }

    private func seal(
        _ bytes: UnsafeRawBufferPointer, _ name: String
    ) throws(CredentialsError) -> SealedBytes {
        var nonce = [UInt8](repeating: 0, count: 12)
        try Library.check(RAND_bytes(&nonce, 12), "Making random bytes")
        return try key.withBytes { key throws(CredentialsError) in
            SealedBytes(
                nonce: Base64.encode(nonce),
                ciphertext: Base64.encode(
                    try GCM.seal(bytes, key: key, nonce: nonce, associatedData: Array(name.utf8))))
        }
    }

    /// - Throws: `notGenuine` for another key, another name or changed bytes.
    package func open(_ sealed: SealedBytes, name: String) throws(CredentialsError) -> [UInt8] {
        let (nonce, ciphertext) = try Self.parts(sealed)
        return try key.withBytes { key throws(CredentialsError) in
            try GCM.open(ciphertext, key: key, nonce: nonce, associatedData: Array(name.utf8))
        }
    }

    /// The same into protected memory.
    package func openSecret(_ sealed: SealedBytes, name: String) throws(CredentialsError) -> SecretBytes {
        let (nonce, ciphertext) = try Self.parts(sealed)
        return try key.withBytes { key throws(CredentialsError) in
            try SecretBytes(count: max(0, ciphertext.count - GCM.tagBytes)) { room throws(CredentialsError) in
                try GCM.open(ciphertext, into: room, key: key, nonce: nonce, associatedData: Array(name.utf8))
            }
        }
    }

    private static func parts(_ sealed: SealedBytes) throws(CredentialsError) -> ([UInt8], [UInt8]) {
        guard let nonce = Base64.decode(sealed.nonce), nonce.count == 12,
            let ciphertext = Base64.decode(sealed.ciphertext)
        else { throw .unreadable(subject: "sealed key", reason: "it is not base64") }
        return (nonce, ciphertext)
    }

    /// The key's own bytes, for what wraps it.
    func withSecret<Value, Failure>(
        _ body: (SecretBytes) throws(Failure) -> Value
    ) throws(Failure) -> Value { try body(key) }

    /// The key itself, sealed under another.
    package func wrapped(by other: PassphraseKey, name: String) throws(CredentialsError) -> SealedFile {
        try other.seal(key, name: name)
    }

    /// The key that was wrapped.
    package init(_ sealed: SealedFile, by other: PassphraseKey, name: String) throws(CredentialsError) {
        let key = try other.openSecret(sealed, name: name)
        guard key.count == 32 else {
            throw .unreadable(subject: "sealed key", reason: "it must have 32 bytes")
        }
        self.init(key)
    }
}

/// What a sealed thing is written as, in JSON; base64.
package struct SealedBytes: Codable, Equatable, Sendable {
    package var nonce: String
    package var ciphertext: String
}
