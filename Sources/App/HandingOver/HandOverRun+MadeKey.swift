import Credentials
import HandOver
import Model
import Store

extension HandOverRun {
    /// The key for a device that cannot make its own: out of the vault, or a new one where the command line asks for that.
    ///
    /// - Throws: `noKeyToGive`.
    func keyToGive() async throws -> MadeKey {
        let invocation = companion.context.invocation
        let policy = try await KeyPolicy(companion, registrar, of: device.identity)
        if record.request == nil { try policy.check(.made) }
        // A product that names made keys has one made; of others a person has to ask for it.
        let kind =
            MadeKey.kind(invocation) ?? (policy.namesMade ? MadeKey.usualKind(invocation) : nil)
        guard
            let (key, isNew) = try await companion.madeKey(
                kind, for: device.identity, in: device.lane, session)
        else {
            let holders = try await companion.store.ownersOfSecret(
                VaultDesk.SecretName.deviceKey(device.lane))
            throw HandOverError.noKeyToGive(
                device: device.identity.displayName, holder: holders.first?.operatorID)
        }
        if isNew {
            // On the disk before anything is asked for it.
            try await companion.store.saveSecrets(
                [try key.sealed(for: device.lane, companion.vaults, VaultOwner(session))],
                at: companion.surroundings.now())
        }
        return key
    }

    /// Forgets the key that the device has proven to have.
    func wipeGivenKey() async throws {
        guard record.state == .done else { return }
        if record.keyIsOf != nil { return try await wipeSymmetricKey() }
        guard record.keyIsMade == true else { return }
        try await companion.store.removeSecret(
            VaultDesk.SecretName.deviceKey(device.lane), of: VaultOwner(session),
            at: companion.surroundings.now())
        remark(.keyWiped)
    }
}
