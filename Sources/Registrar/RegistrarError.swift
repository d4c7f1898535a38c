package import Credentials
package import HTTPServer
package import Model
package import Processes
package import RegistrarStore

/// Why a registrar could not be made, opened or served.
package enum RegistrarError: Explained, Equatable, Sendable {
    case store(RegistrarStoreError)
    case credentials(CredentialsError)
    case system(SystemError)
    case server(HTTPServerError)
    /// The keys are sealed, and no passphrase was given.
    case keysSealed(directory: String)
    case passphraseWrong(directory: String)
    case passphraseShort
    /// A password has too few bytes, or too many.
    case passwordLength
    /// There is no operator of that name.
    case unknownOperator(OperatorID)
    /// An authority outside cannot issue.
    case issuer(ESTError)
    /// Something of the targets, in its own words.
    case target(Explanation)

    package var explanation: Explanation {
        switch self {
        case .store(let error): error.explanation
        case .credentials(let error): error.explanation
        case .system(let error): error.explanation
        case .server(let error): error.explanation
        case .issuer(let error): error.explanation
        case .target(let explanation): explanation
        case .keysSealed(let directory):
            Explanation(
                id: "keys_sealed",
                what:
                    "The registrar was not opened: the keys in \(directory) are sealed, and there is no passphrase.",
                nextStep: "Give it in the file that $MUSTER_PASSPHRASE_FILE names, with --passphrase-file of "
                    + "`muster-registrar`, or as the systemd credential `muster-registrar-passphrase`.")
        case .passphraseWrong(let directory):
            Explanation(
                id: "passphrase_wrong",
                what: "The registrar was not opened: the passphrase does not fit the keys in \(directory).",
                nextStep: "Give the passphrase that they were sealed with.")
        case .passphraseShort:
            Explanation(
                id: "passphrase_short", what: "Nothing was sealed: the passphrase is shorter than 16 bytes.",
                nextStep: "Use five words or more, or `openssl rand -base64 24`.")
        case .passwordLength:
            Explanation(
                id: "password_length", what: "No password was set: it must have 15 to 256 bytes.",
                nextStep: "Take four words or more that nobody can guess.")
        case .unknownOperator(let id):
            Explanation(
                id: "operator_unknown", what: "The registrar has no operator \(id).",
                nextStep: "Add one with `muster-registrar operator add`.")
        }
    }

    /// Whether a registrar was not made because there is one already.
    package var isAlreadyMade: Bool {
        if case .store(.exists) = self { true } else { false }
    }

    @discardableResult
    static func wrapping<Value>(
        _ body: () throws(CredentialsError) -> Value
    ) throws(RegistrarError) -> Value {
        do { return try body() } catch { throw .credentials(error) }
    }

    @discardableResult
    static func wrapping<Value>(
        _ body: () throws(SystemError) -> Value
    ) throws(RegistrarError) -> Value {
        do { return try body() } catch { throw .system(error) }
    }
}
