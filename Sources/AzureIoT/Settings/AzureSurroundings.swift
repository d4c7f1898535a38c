package import Model

/// What a target of Azure needs of the registrar and cannot compute by itself.
package struct AzureSurroundings: Sendable {
    /// What the certificates of a PEM text say, the first first.
    package var certificate: @Sendable (_ pem: String) -> [CertificateFacts]
    /// Which other device has this endorsement key, as far as the registrar knows.
    package var holder: @Sendable (_ endorsementKey: String) -> DeviceID?
    /// A key of 64 bytes in base64: the same for the same label, and to be computed by nobody else. Targets
    /// are functions of their journal, so they take no chance of their own.
    package var freshKey: @Sendable (_ label: String) -> Redacted<String>

    package init(
        certificate: @escaping @Sendable (String) -> [CertificateFacts],
        holder: @escaping @Sendable (String) -> DeviceID? = { _ in nil },
        freshKey: @escaping @Sendable (String) -> Redacted<String>
    ) {
        self.certificate = certificate
        self.holder = holder
        self.freshKey = freshKey
    }
}
