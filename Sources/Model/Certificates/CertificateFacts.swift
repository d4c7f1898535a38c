/// A subject alternative name. Source: RFC 5280, section 4.2.1.6.
package enum AlternativeName: Equatable, Sendable {
    case uri(String)
    case dns(String)
    /// An address, a directory name …, in the library's words.
    case other(String)
}

/// What a certificate or a certificate request says, read by a library and free of its types. Sources: RFC 5280, RFC 2986.
package struct CertificateFacts: Equatable, Sendable {
    package enum Form: Equatable, Sendable {
        case request
        case certificate(issuer: String, notBefore: Timestamp, notAfter: Timestamp)
    }

    /// Whether it may issue certificates: the basic constraints.
    package enum Authority: Equatable, Sendable {
        /// Nothing is said of it.
        case unsaid
        case no
        case yes(pathLength: Int?)
    }

    package var form: Form
    /// The whole subject as RFC 4514 writes it; empty when it has no attribute.
    package var subject: String
    /// The only common name of the subject; `nil` for none or several.
    package var commonName: String?
    package var key: KeyKind
    /// SHA-256 of the SubjectPublicKeyInfo.
    package var publicKeyHash: PayloadHash
    /// SHA-256 of the DER form.
    package var fingerprint: PayloadHash
    package var alternativeNames: [AlternativeName]
    /// The digest that was signed, as OpenSSL names it: `SHA256`; `nil` when the signature brings its own, as Ed25519 does.
    package var digest: String?
    /// For a request the proof that its maker has the key; for a certificate, that it is self-signed.
    package var isSignedByItsKey: Bool
    package var authority: Authority
    /// Names of RFC 5280, such as `digitalSignature`; `nil` when nothing is said of it.
    package var keyUsages: Set<String>?
    /// Purposes of extended key usage as OpenSSL names them, such as `clientAuth`; `nil` when nothing is said of it.
    package var purposes: Set<String>?
    /// Where its status can be asked for.
    package var addresses: StatusAddresses

    package init(
        form: Form, subject: String, commonName: String?, key: KeyKind, publicKeyHash: PayloadHash,
        fingerprint: PayloadHash, alternativeNames: [AlternativeName] = [], digest: String?,
        isSignedByItsKey: Bool, authority: Authority = .unsaid, keyUsages: Set<String>? = nil,
        purposes: Set<String>? = nil, addresses: StatusAddresses = StatusAddresses()
    ) {
        self.form = form
        self.subject = subject
        self.commonName = commonName
        self.key = key
        self.publicKeyHash = publicKeyHash
        self.fingerprint = fingerprint
        self.alternativeNames = alternativeNames
        self.digest = digest
        self.isSignedByItsKey = isSignedByItsKey
        self.authority = authority
        self.keyUsages = keyUsages
        self.purposes = purposes
        self.addresses = addresses
    }

    /// The issuer's subject; `nil` for a request.
    package var issuer: String? {
        if case .certificate(let issuer, _, _) = form { issuer } else { nil }
    }

    package var isRequest: Bool { form == .request }

    package var mayIssue: Bool {
        if case .yes = authority { true } else { false }
    }
}

/// The certificates and requests of one file, with who signed what.
package struct CertificateFileFacts: Equatable, Sendable {
    package enum Signer: Equatable, Sendable {
        /// Another certificate of the file, by its place.
        case item(Int)
        /// A root that the reader trusts.
        case trustedRoot
        case itself
        /// None that is at hand.
        case unknown
    }

    /// In the order of the file.
    package var items: [CertificateFacts]
    /// One for each item.
    package var signers: [Signer]
    /// Whether there is a private key in the file too.
    package var hasPrivateKey: Bool

    package init(items: [CertificateFacts], signers: [Signer], hasPrivateKey: Bool = false) {
        precondition(items.count == signers.count, "every item has a signer, known or not")
        self.items = items
        self.signers = signers
        self.hasPrivateKey = hasPrivateKey
    }
}
