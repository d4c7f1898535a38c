import Credentials
import Model
import Store

/// How a vault's key lies in the store: sealed under a key that scrypt makes of the passphrase, and where there is a PIN, by the
/// TPM as well.
struct VaultWrapping {
    /// As JSON.
    private struct Content: Codable {
        var passphrase: SealedFile
        /// What the TPM sealed, base64.
        var pin: String?
    }

    private var content: Content

    /// Reads what lies in the store.
    init(_ bytes: [UInt8]) throws(CredentialsError) {
        do { content = try CanonicalJSON.decode(Content.self, from: bytes) } catch {
            throw .unreadable(subject: "vault", reason: "it is no sealed key")
        }
    }

    /// Wraps a key under a passphrase; a PIN of before is kept.
    ///
    /// - Throws: `VaultError.weak`.
    init(
        wrapping key: ContentKey, _ passphrase: SecretBytes, of owner: VaultOwner,
        keeping old: VaultWrapping?
    ) throws {
        guard passphrase.count >= VaultRules.leastBytes else {
            throw VaultError.weak(leastBytes: VaultRules.leastBytes)
        }
        content = Content(
            passphrase: try key.wrapped(by: try PassphraseKey.make(passphrase), name: Self.name(owner)),
            pin: old?.content.pin)
    }

    var bytes: [UInt8] {
        get throws { try CanonicalJSON.encode(content) }
    }

    var hasPIN: Bool { content.pin != nil }

    /// Whether what somebody typed is meant for the TPM: PINs are shorter than any passphrase.
    func isPIN(_ typed: SecretBytes) -> Bool {
        hasPIN && typed.count < VaultRules.leastBytes
    }

    /// - Throws: `notGenuine` for another passphrase.
    func key(
        _ passphrase: SecretBytes, of owner: VaultOwner
    ) throws(CredentialsError) -> ContentKey {
        try ContentKey(
            content.passphrase, by: try content.passphrase.key(of: passphrase), name: Self.name(owner))
    }

    /// The TPM counts a wrong PIN, in a memory that no copy of the store sets back.
    func key(pin: SecretBytes, in tpm: TPMWrap) throws(TPMError) -> ContentKey {
        guard let blob = content.pin.flatMap({ Base64.decode($0) }) else { throw .badWrap }
        return try ContentKey(blob, by: tpm, pin: pin)
    }

    /// Gives the key a PIN, or with `nil` takes it away.
    mutating func setPIN(_ pin: SecretBytes?, of key: ContentKey, in tpm: TPMWrap) throws {
        guard let pin else { return content.pin = nil }
        if let objection = pin.withBytes({ PINRules.objection(to: $0) }) {
            throw VaultError.weakPIN(rule: objection)
        }
        content.pin = Base64.encode(try key.wrapped(by: tpm, pin: pin))
    }

    private static func name(_ owner: VaultOwner) -> String { "\(owner.registrar)/\(owner.operatorID)" }
}
