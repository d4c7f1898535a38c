package import Credentials
package import HTTPClient
package import Model
package import Processes

/// Why an authority outside could not be asked, or what it answered cannot be used.
package enum ESTError: Explained, Equatable, Sendable {
    /// The settings contradict themselves.
    case settings(reason: String)
    case file(SystemError)
    /// Others may read a file that holds a secret.
    case fileOpen(path: String)
    case http(HTTPClientError)
    /// It answered with a status that is no success.
    case status(Int)
    case answer(CredentialsError)
    /// It issued something else than was asked for.
    case unfit(reason: String)

    package var explanation: Explanation {
        switch self {
        case .settings(let reason):
            Explanation(
                id: "issuer_settings", what: "The issuer cannot be used: \(reason).",
                nextStep: "Correct the options of `muster-registrar issuer est`.")
        case .file(let error): error.explanation
        case .fileOpen(let path):
            Explanation(
                id: "issuer_file_open", what: "The issuer was not asked: others may read `\(path)`.",
                nextStep: "Run `chmod 600 \(path)`.")
        case .http(let error): error.explanation
        case .status(let status):
            Explanation(
                id: "issuer_refused", what: "The issuer answered with status \(status).",
                nextStep: "Check the address and what the registrar proves itself with there.")
        case .answer(let error): error.explanation
        case .unfit(let reason):
            Explanation(
                id: "issuer_unfit", what: "What the issuer sent cannot be used: \(reason).",
                nextStep: "Ask whoever runs the issuer to look at its profile for devices.")
        }
    }

    /// Whether the authority may have issued, though nothing that can be used came of it.
    var mayHaveArrived: Bool {
        switch self {
        case .http(let error): error.mayHaveBeenProcessed
        case .status(let status): status >= 500
        case .answer, .unfit: true
        case .settings, .file, .fileOpen: false
        }
    }

    /// Whether asking again with the same request cannot help: the authority has judged it.
    var isFinal: Bool {
        switch self {
        case .status(let status): [400, 406, 409, 415, 422].contains(status)
        case .unfit: true
        case .settings, .file, .fileOpen, .http, .answer: false
        }
    }
}
