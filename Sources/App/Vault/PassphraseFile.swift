import CommandTable
import Credentials
import Model
import Processes
import Registrar

/// A passphrase in a file that others cannot read: never in the command line or a variable, which others can.
struct PassphraseFile {
    /// Under which a registrar's keys lie sealed.
    static let registrar = PassphraseFile(
        credential: "muster-registrar-passphrase", variable: "MUSTER_PASSPHRASE_FILE")
    /// That of the vault.
    static let vault = PassphraseFile(
        credential: "muster-vault-passphrase", variable: "MUSTER_VAULT_PASSPHRASE_FILE")

    /// The name of the systemd credential. Source: systemd.exec(5), `LoadCredential=`.
    let credential: String
    /// The variable that names a file.
    let variable: String

    /// First the file that the command line names, then that of the variable, then the credential; `nil` when none is given.
    func read(named: String? = nil, _ surroundings: Surroundings) throws -> SecretBytes? {
        if let path = named ?? surroundings.variables[variable] { return try Self.contents(path) }
        guard let directory = surroundings.variables["CREDENTIALS_DIRECTORY"] else { return nil }
        let path = directory + "/" + credential
        return try Files.status(path) == nil ? nil : try Self.contents(path)
    }

    static func contents(_ path: String) throws -> SecretBytes {
        do throws(SecretFile.Failure) { return try SecretFile.read(path) } catch {
            switch error {
            case .open:
                throw CommandFailure(
                    .badInput, "passphrase_file_open",
                    "Nothing was opened: others may read the passphrase in `\(path)`.",
                    "Run `chmod 600 \(path)`.")
            case .system(let error): throw CommandFailure(error)
            case .memory(let error): throw CommandFailure(error)
            }
        }
    }
}
