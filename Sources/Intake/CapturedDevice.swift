package import Labels
package import Model

/// What was captured of one device: who it is, and the secrets of its label.
package struct CapturedDevice: Equatable, Sendable {
    package var identity: DeviceIdentity
    /// Claim code and the like, by field name without `secret.`; sealed before anything is stored.
    package var secrets: [String: Redacted<String>]
    /// Codes of the label that could not be read and are not used.
    package var unused: [LabelFailure]

    /// What is odd about the label, in words for the field.
    package var remarks: [String] {
        unused.map { "One code of the label is not used: \($0.explanation.what)" }
    }

    package init(
        identity: DeviceIdentity, secrets: [String: Redacted<String>] = [:], unused: [LabelFailure] = []
    ) {
        self.identity = identity
        self.secrets = secrets
        self.unused = unused
    }
}
