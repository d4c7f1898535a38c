package import Model

/// Why no keys were found to sign with.
package enum AWSCredentialsError: Error, Equatable, Sendable {
    /// One of two environment values is set and not the other.
    case half(present: String, missing: String)
    case noProfile(String)
    /// A section without what it needs.
    case incomplete(profile: String, missing: String)
    /// Temporary keys, `ASIA…`, without their token.
    case noToken(profile: String)
    /// A way of getting keys that is not gone, by the setting that names it.
    case unsupported(profile: String, setting: String)
    case unreadableLine(file: String, line: Int)
    case nothing
}

extension AWSCredentialsError: Explained {
    package var explanation: Explanation {
        switch self {
        case .half(let present, let missing):
            Explanation(
                id: "aws_credentials_half",
                what: "No keys were taken: \(present) is set in the environment and \(missing) is not",
                nextStep: "Set both, or neither to use a profile")
        case .noProfile(let name):
            Explanation(
                id: "aws_credentials_profile",
                what: "No keys were taken: no file has a profile \(VisibleText.of(name))",
                nextStep: "Add it to the credentials file, or set AWS_PROFILE to one that is there")
        case .incomplete(let profile, let missing):
            Explanation(
                id: "aws_credentials_incomplete",
                what: "No keys were taken: profile \(VisibleText.of(profile)) has no \(missing)",
                nextStep: "Add \(missing) to the profile")
        case .noToken(let profile):
            Explanation(
                id: "aws_credentials_token",
                what:
                    "No keys were taken: those of \(VisibleText.of(profile)) are temporary and lack their session token",
                nextStep: "Set aws_session_token, or AWS_SESSION_TOKEN, to what was given with the keys")
        case .unsupported(let profile, let setting):
            Explanation(
                id: "aws_credentials_unsupported",
                what:
                    "No keys were taken: profile \(VisibleText.of(profile)) gets them by \(setting), which is not supported",
                nextStep: Self.ways)
        case .unreadableLine(let file, let line):
            Explanation(
                id: "aws_credentials_line",
                what: "No keys were taken: line \(line) of \(VisibleText.of(file)) is not understood",
                nextStep: "Write it as `key = value` in a section such as [default]")
        case .nothing:
            Explanation(
                id: "aws_credentials_none", what: "No keys were found to sign calls to AWS with",
                nextStep: Self.ways)
        }
    }

    private static let ways =
        "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or a profile with such keys; credential_process, "
        + "single sign-on, assumed roles, web identity and instance metadata are not read"
}
