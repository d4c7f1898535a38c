package import Model

/// What was captured of one device: who it is, and the secrets of its label.
package struct CapturedDevice: Equatable, Sendable {
    package var identity: DeviceIdentity
    /// Claim code and the like, by field name without `secret.`; sealed before anything is stored.
    package var secrets: [String: Redacted<String>]
    /// What is odd about the label, in words for the field.
    package var remarks: [String]

    package init(
        identity: DeviceIdentity, secrets: [String: Redacted<String>] = [:], remarks: [String] = []
    ) {
        self.identity = identity
        self.secrets = secrets
        self.remarks = remarks
    }
}
