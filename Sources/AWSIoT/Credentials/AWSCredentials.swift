package import Model

/// Keys that calls are signed with.
package struct AWSCredentials: Equatable, Sendable {
    /// `AKIA…` for keys that last, `ASIA…` for temporary ones, which bring a token.
    package var accessKeyID: String
    package var secretAccessKey: Redacted<String>
    package var sessionToken: Redacted<String>?

    package init(
        accessKeyID: String, secretAccessKey: Redacted<String>, sessionToken: Redacted<String>? = nil
    ) {
        self.accessKeyID = accessKeyID
        self.secretAccessKey = secretAccessKey
        self.sessionToken = sessionToken
    }

    /// Keys that stay valid until somebody takes them away; a registrar does better with a role.
    package var areLongLived: Bool { sessionToken == nil }
}
