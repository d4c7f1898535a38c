import Credentials
import Model
import Store

/// How a vault's key lies in the store: sealed under a key that scrypt makes of the passphrase.
struct VaultWrapping {
    private var sealed: SealedFile

    /// Reads what lies in the store.
    init(_ bytes: [UInt8]) throws(CredentialsError) {
        do { sealed = try CanonicalJSON.decode(SealedFile.self, from: bytes) } catch {
            throw .unreadable(subject: "vault", reason: "it is no sealed key")
        }
    }

    /// Wraps a key.
    ///
    /// - Throws: `VaultError.weak`.
    init(wrapping key: ContentKey, _ passphrase: Redacted<[UInt8]>, of owner: VaultOwner) throws {
        guard passphrase.unredacted.count >= VaultRules.leastBytes else {
            throw VaultError.weak(leastBytes: VaultRules.leastBytes)
        }
        sealed = try key.wrapped(by: try PassphraseKey.make(passphrase), name: Self.name(owner))
    }

    var bytes: [UInt8] {
        get throws { try CanonicalJSON.encode(sealed) }
    }

    /// - Throws: `notGenuine` for another passphrase.
    func key(
        _ passphrase: Redacted<[UInt8]>, of owner: VaultOwner
    ) throws(CredentialsError) -> ContentKey {
        try ContentKey(sealed, by: try sealed.key(of: passphrase), name: Self.name(owner))
    }

    private static func name(_ owner: VaultOwner) -> String { "\(owner.registrar)/\(owner.operatorID)" }
}
