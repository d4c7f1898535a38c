import CommandTable
import Credentials
import Processes
import Registrar
import Store

/// The registrar of a companion's store whose keys lie in an operator's vault there, for who looks after it with
/// `muster-registrar`.
struct VaultedRegistrar {
    let context: CommandContext
    let directory: String

    /// What its keys are sealed with, out of the vault, whose passphrase is read or asked for; `nil` when they lie in none.
    func passphrase() async throws -> SecretBytes? {
        let store = Files.directory(of: directory)
        guard try Registrar.exists(directory: directory), try Registrar.areKeysSealed(directory: directory),
            try Files.status(store + "/store.db") != nil
        else { return nil }
        let companion = try await Companion.open(context, directory: store)
        guard let owner = try await companion.ownerOfRegistrarKeys() else { return nil }
        try await companion.openVault(owner)
        return companion.vaults.registrarPassphrase
    }
}
