import Credentials
import Model
import Processes
import RegistrarCore

/// Makes and compares passwords, one after the other on a thread of its own: each takes 128 MiB and a third of a second.
actor PasswordDesk {
    private nonisolated let executor = BlockingExecutor(label: "muster.passwords")

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// What a password is held against; it is bound to its operator.
    func verifier(_ password: SecretBytes, of person: OperatorID) throws(CredentialsError) -> SealedFile {
        try PassphraseKey.make(password).seal([], name: Self.name(person))
    }

    /// Whether the password is the operator's. Without a verifier the work is the same and the answer no.
    func isRight(_ password: SecretBytes, _ verifier: SealedFile?, of person: OperatorID) -> Bool {
        guard let verifier else {
            _ = try? PassphraseKey.make(password).seal([], name: Self.name(person))
            return false
        }
        return (try? verifier.key(of: password).open(verifier, name: Self.name(person))) != nil
    }

    private static func name(_ person: OperatorID) -> String { "operator password/\(person)" }
}
