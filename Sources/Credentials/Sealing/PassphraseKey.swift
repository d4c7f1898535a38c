internal import COpenSSL
import Model

/// A key made from a passphrase, which seals other keys where they lie. Sources: RFC 7914 (scrypt), SP 800-38D (AES-256-GCM).
package struct PassphraseKey: Sendable {
    /// Cost of scrypt: memory is 128·n·r bytes.
    package struct Cost: Codable, Equatable, Sendable {
        package var n: UInt64
        package var r: UInt64
        package var p: UInt64

        package init(n: UInt64, r: UInt64, p: UInt64) {
            self.n = n
            self.r = r
            self.p = p
        }

        /// 128 MiB and about 0.3 s. Source: OWASP Password Storage Cheat Sheet.
        package static let usual = Cost(n: 1 << 17, r: 8, p: 1)
        /// What a sealed file may ask for, so that a file made by somebody else cannot fill the memory.
        var isSane: Bool { n <= 1 << 20 && r <= 16 && p <= 4 && n * r <= 1 << 23 }
    }

    /// 16 random bytes; everything sealed with the key carries them.
    package let salt: [UInt8]
    package let cost: Cost
    private let key: ContentKey

    /// A passphrase of fewer bytes is tried through in no time: five words, or what a machine made.
    package static let leastBytes = 16

    /// A key with a salt of its own.
    package static func make(
        _ passphrase: SecretBytes, cost: Cost = .usual
    ) throws(CredentialsError) -> PassphraseKey {
        try PassphraseKey(passphrase, salt: try random(16), cost: cost)
    }

    /// The key that something was sealed with.
    package init(
        _ passphrase: SecretBytes, salt: [UInt8], cost: Cost
    ) throws(CredentialsError) {
        let step = "Deriving a key from a passphrase"
        guard cost.isSane else { throw .failed(step: step, reason: "the file asks for too much work") }
        let memory = 128 * cost.r * (cost.n + cost.p + 2) + 1 << 20
        key = ContentKey(
            try SecretBytes(count: 32) { key throws(CredentialsError) in
                let status = passphrase.withBytes { bytes in
                    EVP_PBE_scrypt(
                        bytes.baseAddress?.assumingMemoryBound(to: CChar.self), bytes.count, salt, salt.count,
                        cost.n, cost.r, cost.p, memory,
                        key.baseAddress?.assumingMemoryBound(to: UInt8.self), key.count)
                }
                try Library.check(status, step)
            })
        self.salt = salt
        self.cost = cost
    }

    private static func random(_ count: Int) throws(CredentialsError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        try Library.check(RAND_bytes(&bytes, Int32(count)), "Making random bytes")
        return bytes
    }

    /// Whether these are the key's bytes, for comparing it with published vectors.
    package func matches(_ bytes: [UInt8]) -> Bool { key.matches(bytes) }

    /// Seals bytes under a name: the file cannot be put in another's place.
    package func seal(_ bytes: [UInt8], name: String) throws(CredentialsError) -> SealedFile {
        let sealed = try key.seal(bytes, name: name)
        return SealedFile(
            cost: cost, salt: Base64.encode(salt), nonce: sealed.nonce, ciphertext: sealed.ciphertext)
    }

    /// The same of a secret.
    func seal(_ secret: SecretBytes, name: String) throws(CredentialsError) -> SealedFile {
        let sealed = try key.seal(secret, name: name)
        return SealedFile(
            cost: cost, salt: Base64.encode(salt), nonce: sealed.nonce, ciphertext: sealed.ciphertext)
    }

    /// The same into protected memory.
    func openSecret(_ sealed: SealedFile, name: String) throws(CredentialsError) -> SecretBytes {
        try key.openSecret(SealedBytes(nonce: sealed.nonce, ciphertext: sealed.ciphertext), name: name)
    }

    /// - Throws: `notGenuine` for another passphrase, another name or changed bytes.
    package func open(_ sealed: SealedFile, name: String) throws(CredentialsError) -> [UInt8] {
        try key.open(SealedBytes(nonce: sealed.nonce, ciphertext: sealed.ciphertext), name: name)
    }
}

/// What a sealed key is written as, in JSON.
package struct SealedFile: Codable, Equatable, Sendable {
    package var cost: PassphraseKey.Cost
    /// Base64, as are the others.
    package var salt: String
    package var nonce: String
    package var ciphertext: String

    /// The key that it was sealed with, made anew from the passphrase.
    package func key(of passphrase: SecretBytes) throws(CredentialsError) -> PassphraseKey {
        guard let salt = Base64.decode(salt) else {
            throw .unreadable(subject: "sealed key", reason: "its salt is not base64")
        }
        return try PassphraseKey(passphrase, salt: salt, cost: cost)
    }
}
