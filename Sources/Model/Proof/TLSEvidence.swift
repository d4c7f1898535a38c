/// What a finished TLS handshake showed of both sides.
package struct TLSEvidence: Codable, Equatable, Sendable {
    /// What became of this side's certificate.
    package enum ClientCertificate: String, Codable, CaseIterable, Sendable {
        /// The peer did not ask for one.
        case notRequested
        /// The peer asked, none was given, and it went on.
        case notGiven
        /// The peer got it and did not say what it thinks of it: TLS 1.3 need not.
        case presented
        /// The peer got it and went on.
        case accepted
    }

    /// As the specification writes it: `TLSv1.3`.
    package var version: String
    /// The IANA name of the cipher suite.
    package var cipher: String
    /// The name or address that the peer's certificate was verified for.
    package var verifiedName: String
    /// The peer's, its own certificate first.
    package var chain: [CertificateSummary]
    package var clientCertificate: ClientCertificate

    package init(
        version: String, cipher: String, verifiedName: String, chain: [CertificateSummary],
        clientCertificate: ClientCertificate
    ) {
        self.version = version
        self.cipher = cipher
        self.verifiedName = verifiedName
        self.chain = chain
        self.clientCertificate = clientCertificate
    }
}
