package import AWSIoT
package import HTTPClient
package import Model
package import Processes

/// Why a target could not be asked at all. Nothing was changed there.
package enum TargetError: Explained, Equatable, Sendable {
    /// The settings contradict themselves or a secret is missing.
    case settings(target: TargetID, reason: String)
    case file(SystemError)
    /// A program that should print a token did not.
    case token(program: String, reason: String)
    case http(HTTPClientError)
    /// The environment and the shared files hold no keys of AWS that can be used.
    case credentials(AWSCredentialsError)

    package var explanation: Explanation {
        switch self {
        case .settings(let target, let reason):
            Explanation(
                id: "target_settings", what: "The target \(target) cannot be used: \(reason).",
                nextStep: "Correct it with `muster-registrar target change \(target)`.")
        case .file(let error): error.explanation
        case .token(let program, let reason):
            Explanation(
                id: "target_token",
                what: "The target was not asked: `\(program)` gave no token: \(reason).",
                nextStep: "Run it by hand as the registrar's user and mend it; the work is tried again.")
        case .http(let error): error.explanation
        case .credentials(let error): error.explanation
        }
    }

    /// Whether the target is not to be reached, or does not answer. Where this side is in the way, nothing is known of it.
    var isTargetAway: Bool {
        guard case .http(let error) = self else { return false }
        return switch error {
        case .couldNotConnect, .couldNotResolve, .timedOut, .interrupted, .tlsFailed: true
        case .certificateNotTrusted, .replyTooLarge, .cancelled, .unusable, .libraryMissing: false
        }
    }

    /// Whether the target may have acted though no answer came.
    package var mayHaveArrived: Bool {
        if case .http(let error) = self { error.mayHaveBeenProcessed } else { false }
    }
}
