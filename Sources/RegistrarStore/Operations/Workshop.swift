package import Model
package import RegistrarCore

/// What the store has made while it commits: ids, certificates and signatures.
package struct Workshop: Sendable {
    package var newDeviceID: @Sendable () -> DeviceID
    package var issue: @Sendable (CertificateOrder) throws(WorkshopError) -> IssuedCertificate
    /// Signs a receipt; gives it as JWS in compact form.
    package var sign: @Sendable (Receipt) throws(WorkshopError) -> String
    /// Whether the signature over the frozen bytes is that of the key; pure.
    package var verify: @Sendable (OperationSignature, OperatorKey, [UInt8]) -> Bool
    /// Whether the bytes are signed by the key of a chain's first certificate, PEM; pure.
    package var isSigned: @Sendable (_ bytes: [UInt8], _ signature: [UInt8], _ chain: String) -> Bool
    /// Mixed into the hashes of claim codes; 32 bytes that are not in the database.
    package var claimCodeKey: Redacted<[UInt8]>
    /// Who issues certificates instead of `issue`; `nil` when nobody does. Such a certificate is had outside of transactions.
    package var externalIssuer: String?

    package init(
        newDeviceID: @escaping @Sendable () -> DeviceID,
        issue: @escaping @Sendable (CertificateOrder) throws(WorkshopError) -> IssuedCertificate,
        sign: @escaping @Sendable (Receipt) throws(WorkshopError) -> String,
        verify: @escaping @Sendable (OperationSignature, OperatorKey, [UInt8]) -> Bool,
        isSigned: @escaping @Sendable ([UInt8], [UInt8], String) -> Bool,
        claimCodeKey: Redacted<[UInt8]>, externalIssuer: String? = nil
    ) {
        self.newDeviceID = newDeviceID
        self.issue = issue
        self.sign = sign
        self.verify = verify
        self.isSigned = isSigned
        self.claimCodeKey = claimCodeKey
        self.externalIssuer = externalIssuer
    }
}

/// Why something could not be made.
package struct WorkshopError: Error, Equatable, Sendable {
    package var explanation: Explanation
    /// Whether what is missing may come back by itself, so that it is worth waiting for.
    package var mayPass: Bool

    package init(explanation: Explanation, mayPass: Bool = false) {
        self.explanation = explanation
        self.mayPass = mayPass
    }
}

package struct IssuedCertificate: Codable, Equatable, Sendable {
    package var summary: CertificateSummary
    /// PEM, the device certificate first.
    package var chain: String
    /// The address of an issuer outside; `nil` for the registrar's own authority.
    package var issuer: String?

    package init(summary: CertificateSummary, chain: String, issuer: String? = nil) {
        self.summary = summary
        self.chain = chain
        self.issuer = issuer
    }
}

/// An operation as it arrived, with what was read of its body before the transaction.
package struct ArrivedOperation: Sendable {
    package var frozen: FrozenOperation
    /// As it came; whose it is is found out when the operation is decided.
    package var signature: OperationSignature?
    package var secrets: LabelSecretFields?
    package var certificateRequest: CertificateRequestFacts?

    package init(
        frozen: FrozenOperation, signature: OperationSignature? = nil, secrets: LabelSecretFields? = nil,
        certificateRequest: CertificateRequestFacts? = nil
    ) {
        self.frozen = frozen
        self.signature = signature
        self.secrets = secrets
        self.certificateRequest = certificateRequest
    }
}

/// What became of an operation.
package enum OperationAnswer: Equatable, Sendable {
    /// The signed receipt.
    case receipt(String)
    case problem(Problem)
}
