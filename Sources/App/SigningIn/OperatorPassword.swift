import CommandTable
import Credentials
import Model
import Processes
import Registrar

extension RegistrarServerCommand {
    /// `operator password`: typed twice, or from a file.
    func password() async throws -> ExitCode {
        let person = try ArgumentText.identifier(context.invocation.arguments[0], OperatorID.self)
        let password: SecretBytes
        if let path = context.invocation.value("password-file") {
            password = try PassphraseFile.contents(path)
        } else {
            guard context.surroundings.isTerminal, let first = SecretLine.asked("Password of \(person):"),
                let second = SecretLine.asked("The same again:")
            else {
                throw CommandFailure(
                    .usage, "usage", "No password was set: none was given.",
                    "Type it at a terminal, or name a file of mode 0600 with --password-file.")
            }
            guard first.matches(second) else { throw VaultError.passphrasesDiffer }
            password = first
        }
        try await open().setPassword(password, of: person)
        context.console.print(PasswordSet(operatorID: person))
        context.console.show("\(person) has a new password; sign-ins made with the old one have ended.")
        return .done
    }

    private struct PasswordSet: Encodable {
        var operatorID: OperatorID
    }
}
