package import Model

/// What a certificate request says, read by a library and free of its types. Source: RFC 2986.
package struct CertificateRequestFacts: Equatable, Sendable {
    package var key: KeyKind
    package var commonName: String?
    package var alternativeNames: [AlternativeName]
    /// SHA-256 of the SubjectPublicKeyInfo.
    package var publicKeyHash: PayloadHash
    /// Whether the request is signed with the key it names, which proves possession of it.
    package var isSignatureValid: Bool

    package init(
        key: KeyKind, commonName: String?, alternativeNames: [AlternativeName], publicKeyHash: PayloadHash,
        isSignatureValid: Bool
    ) {
        self.key = key
        self.commonName = commonName
        self.alternativeNames = alternativeNames
        self.publicKeyHash = publicKeyHash
        self.isSignatureValid = isSignatureValid
    }
}

/// A certificate that is to be issued.
package struct CertificateOrder: Equatable, Sendable {
    /// The certificate request, DER; the key is taken from it and nothing else.
    package var request: [UInt8]
    package var commonName: String
    /// The one subject alternative name: `urn:muster:<registrar>:<device>`.
    package var uri: String
    package var notBefore: Timestamp
    package var notAfter: Timestamp

    package init(
        request: [UInt8], commonName: String, uri: String, notBefore: Timestamp, notAfter: Timestamp
    ) {
        self.request = request
        self.commonName = commonName
        self.uri = uri
        self.notBefore = notBefore
        self.notAfter = notAfter
    }
}
