import Credentials
import Model
import Store

/// The key pair that a device's symmetric key comes back sealed to: it lies in the operator's vault until that key is
/// forgotten, and never leaves it.
struct ReturnKey {
    let pair: SealingKeyPair

    /// The pair that lies in an open vault for the device; `nil` when there is none.
    static func load(
        _ lane: DeviceIdentifier, _ vaults: VaultDesk, _ owner: VaultOwner
    ) async throws -> ReturnKey? {
        let name = VaultDesk.SecretName.returnKey(lane)
        guard let bytes = try await vaults.secret(name, of: owner) else { return nil }
        do { return ReturnKey(pair: try SealingKeyPair(privateKey: bytes)) } catch {
            throw VaultError.damaged(name: name)
        }
    }

    static func make() throws -> ReturnKey { ReturnKey(pair: try SealingKeyPair.generate()) }

    /// What an operation asks with.
    var wish: Attestation.SymmetricKeyWish {
        get throws { Attestation.SymmetricKeyWish(sealTo: Base64.encodeURL(try pair.publicKey)) }
    }

    /// Sealed, to be saved with the operation that asks for the key.
    func sealed(
        for lane: DeviceIdentifier, _ vaults: VaultDesk, _ owner: VaultOwner
    ) throws -> SealedSecret {
        try vaults.seal(
            try pair.privateKey.unredacted, as: VaultDesk.SecretName.returnKey(lane), of: owner)
    }

    /// The symmetric key as its target writes it, base64.
    ///
    /// - Throws: `notGenuine` for one that came for another key or another operation.
    func open(_ sealed: DeviceProvisioning.SealedKey) throws(CredentialsError) -> Redacted<[UInt8]> {
        guard let key = Base64.decodeURL(sealed.box.encapsulatedKey),
            let text = Base64.decodeURL(sealed.box.ciphertext)
        else { throw .notGenuine(subject: "sealed key", reason: "it is not in base64url") }
        return Redacted(
            try HPKE.open(
                HPKE.Sealed(encapsulatedKey: key, ciphertext: text), with: pair,
                info: Array(Attestation.SymmetricKeyWish.info.utf8),
                associatedData: Array(sealed.operation.rawValue.utf8)))
    }
}

extension Companion {
    /// The pair for a device's symmetric key, from the vault, or a new one.
    ///
    /// - Throws: `VaultError.none` without a vault: its private half never lies open.
    func returnKey(in lane: DeviceIdentifier, _ session: Session) async throws -> ReturnKey {
        let owner = VaultOwner(session)
        guard try await store.vault(owner) != nil else { throw VaultError.none(session.operatorID) }
        try await openVault(session)
        if let known = try await ReturnKey.load(lane, vaults, owner) { return known }
        return try ReturnKey.make()
    }
}
