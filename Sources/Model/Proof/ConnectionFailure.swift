/// A connection that was tried and proved nothing: who tried what where, and why it ended.
package struct ConnectionFailure: Codable, Equatable, Sendable {
    package var device: DeviceIdentifier
    package var endpoint: String
    /// By whom it is known; who connected.
    package var witness: ConnectionProof.Witness
    package var triedAt: Timestamp
    package var operatorID: OperatorID?
    /// SHA-256 of the device's certificate that was shown, or would have been.
    package var certificate: PayloadHash?
    /// Whether that is the certificate which the registrar has on record for the device.
    package var isCertificateOnRecord: Bool?
    package var cause: Cause
    /// The secure connection, where it came to one before it failed.
    package var tls: ConnectionProof.TLS?

    /// Why it failed.
    package struct Cause: Codable, Equatable, Sendable {
        /// Stable, in snake_case, as errors name it: `certificate_refused`.
        package var code: String
        /// What happened, for people; free of secrets.
        package var text: String

        package init(code: String, text: String) {
            self.code = code
            self.text = text
        }

        package init(_ explanation: Explanation) {
            self.init(code: explanation.id, text: explanation.what)
        }
    }

    package init(
        device: DeviceIdentifier, endpoint: String, witness: ConnectionProof.Witness, triedAt: Timestamp,
        operatorID: OperatorID? = nil, certificate: PayloadHash? = nil, isCertificateOnRecord: Bool? = nil,
        cause: Cause, tls: ConnectionProof.TLS? = nil
    ) {
        self.device = device
        self.endpoint = endpoint
        self.witness = witness
        self.triedAt = triedAt
        self.operatorID = operatorID
        self.certificate = certificate
        self.isCertificateOnRecord = isCertificateOnRecord
        self.cause = cause
        self.tls = tls
    }

    /// One sentence for people.
    package var words: String {
        "not connected to \(endpoint): \(cause.text) (\(cause.code)); \(triedAt.minute)"
    }
}
