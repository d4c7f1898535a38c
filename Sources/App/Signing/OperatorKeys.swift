import Credentials
import Model
import Store

/// The key with which an operator signs on this tablet: made here, its private half in the operator's vault where there is
/// one, else in the store.
struct OperatorKeys: Sendable {
    let companion: Companion
    let owner: VaultOwner

    init(_ companion: Companion, _ owner: VaultOwner) {
        self.companion = companion
        self.owner = owner
    }

    private var store: Store { companion.store }

    /// Makes a key where there is none. With a vault that is closed nothing is made: a private half never lies in the open
    /// beside a vault.
    @discardableResult
    func prepare() async throws -> StoredOperatorKey? {
        if let known = try await store.operatorKey(owner) { return known }
        let hasVault = try await store.vault(owner) != nil
        guard !hasVault || companion.vaults.isOpen(owner) else { return nil }
        let key = try SigningKey.generate()
        let publicKey = try key.publicKey
        let now = companion.surroundings.now()
        let made = StoredOperatorKey(
            keyID: OperatorKeyID(publicKey: publicKey, digest: Digest.sha256), owner: owner,
            publicKey: publicKey,
            proof: try key.sign(OperatorKeyOffer.provenBytes(owner.operatorID, at: owner.registrar)),
            privateKey: hasVault ? nil : try key.pem, madeAt: now)
        let sealed =
            hasVault
            ? try companion.vaults.seal(
                Array(try key.pem.unredacted.utf8), as: VaultDesk.SecretName.operatorKey, of: owner) : nil
        return try await store.keepKey(made, sealed: sealed, at: now)
    }

    /// What signs the operations of the session's operator; `nil` while her vault is closed and has no key in it.
    ///
    /// - Throws: `VaultError.locked` when the key is in the vault and nobody can be asked for the passphrase.
    func signer() async throws -> OperationSigner? {
        guard let stored = try await prepare() else { return nil }
        let key = try await privateKey(stored)
        return OperationSigner(operatorID: owner.operatorID, keyID: stored.keyID) { try key.sign($0) }
    }

    private func privateKey(_ stored: StoredOperatorKey) async throws -> SigningKey {
        if let pem = stored.privateKey { return try SigningKey(pem: pem) }
        try await companion.openVault(owner)
        let name = VaultDesk.SecretName.operatorKey
        guard let pem = try await companion.vaults.secret(name, of: owner) else {
            throw VaultError.damaged(name: name)
        }
        return try SigningKey(pem: Redacted(String(decoding: pem.unredacted, as: UTF8.self)))
    }
}

extension Companion {
    /// What signs what the session's operator does now.
    func signer(_ session: Session) async throws -> OperationSigner? {
        try await OperatorKeys(self, VaultOwner(session)).signer()
    }
}
