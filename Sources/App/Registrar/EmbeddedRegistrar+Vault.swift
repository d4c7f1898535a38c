import CommandTable
import Credentials
import Model
import Registrar
import Store

extension EmbeddedRegistrar {
    /// Puts the registrar's keys under the operator's vault, when she is the only one who works with it here: who takes the
    /// tablet cannot issue certificates. Returns whether they lie there now.
    func sealKeys(for session: Session) async throws -> Bool {
        let colleagues = try await companion.store.sessions().filter { $0.registrar == session.registrar }
        guard colleagues.count == 1, try Registrar.exists(directory: directory),
            try !Registrar.areKeysSealed(directory: directory)
        else { return false }
        let text = Base64.encodeURL(companion.surroundings.randomBytes(32))
        let passphrase = try SecretBytes(copying: Array(text.utf8))
        // First where it is found again, then what it is needed for: a pulled battery leaves a passphrase too many.
        try await companion.vaults.keepRegistrarPassphrase(passphrase, of: VaultOwner(session))
        try Registrar.sealKeys(directory: directory, passphrase: passphrase)
        return true
    }

    /// Takes the keys out of a vault that is about to be destroyed.
    ///
    /// - Throws: `CommandFailure` when the vault cannot be opened and the registrar would be lost.
    func releaseKeys(of session: Session) async throws {
        let (vaults, owner) = (companion.vaults, VaultOwner(session))
        let name = VaultDesk.SecretName.registrarPassphrase
        guard try await companion.store.secret(name, of: owner) != nil else { return }
        do { try await companion.openVault(session) } catch is VaultError {
            throw CommandFailure(
                .notPermitted, "registrar_in_vault",
                "Nothing was destroyed: the keys of the registrar on this machine lie in the vault and would be lost.",
                "Give the passphrase with --passphrase-file; without it, only a new store (--store) starts anew."
            )
        }
        guard let passphrase = vaults.registrarPassphrase else { return }
        try Registrar.unsealKeys(directory: directory, passphrase: passphrase)
    }
}
