import CommandTable
import Credentials
import Model
import Store

/// The symmetric keys that targets have made for devices: they came back sealed, and the operator's vault opens them.
struct SymmetricKeyVault {
    private let companion: Companion

    init(_ companion: Companion) {
        self.companion = companion
    }

    /// A key as its target writes it.
    struct Key {
        var target: TargetID
        /// The operation that asked for it.
        var operation: OperationID
        /// Base64.
        var text: Redacted<[UInt8]>
    }

    /// `saying`: what was not done where there is no key, such as "Nothing was written".
    ///
    /// - Throws: `CommandFailure` where it is not here or not this operator's; `VaultError`.
    func key(of device: StoredDevice, _ session: Session, saying: String) async throws -> Key {
        let name = device.identity.displayName
        guard let provisioning = try await companion.store.provisioning(of: device.lane),
            let sealed = provisioning.sealedKey
        else {
            throw failure(
                saying, "symmetric_key_missing",
                "no symmetric key of \(name) is here: none has come back, or it was forgotten",
                "Have one made with `muster commission --symmetric-key`, and run `muster sync` when it waits."
            )
        }
        let owner = VaultOwner(session)
        let holders = try await companion.store.ownersOfSecret(
            VaultDesk.SecretName.returnKey(device.lane))
        guard holders.contains(owner) else {
            throw failure(
                saying, "symmetric_key_of_another",
                holders.first.map { "\($0.operatorID) asked for the key of \(name) and alone can open it" }
                    ?? "what opens the key of \(name) is not in this store",
                "Have whoever commissioned the device do it, or commission it anew with --symmetric-key.")
        }
        try await companion.openVault(session)
        guard let opener = try await ReturnKey.load(device.lane, companion.vaults, owner) else {
            throw VaultError.damaged(name: VaultDesk.SecretName.returnKey(device.lane))
        }
        do throws(CredentialsError) {
            return Key(
                target: provisioning.target.target, operation: sealed.operation,
                text: try opener.open(sealed))
        } catch {
            throw failure(
                saying, error.explanation.id, "the key of \(name) does not open", error.explanation.nextStep)
        }
    }

    private func failure(
        _ saying: String, _ id: String, _ what: String, _ nextStep: String
    ) -> CommandFailure {
        CommandFailure(.badInput, id, "\(words: saying): \(what).", nextStep)
    }

    /// Forgets what opens the key; nobody can write it out or hand it over any more. Returns whether there was any.
    func forget(_ device: StoredDevice, _ session: Session) async throws -> Bool {
        try await companion.store.forgetSymmetricKey(
            of: device.lane, openedBy: VaultDesk.SecretName.returnKey(device.lane), of: VaultOwner(session),
            at: companion.surroundings.now())
    }
}
