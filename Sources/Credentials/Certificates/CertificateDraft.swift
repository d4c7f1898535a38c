internal import COpenSSL
package import Model

/// A certificate before it is signed. Source: RFC 5280, section 4.1.
struct CertificateDraft {
    let commonName: String
    /// SubjectPublicKeyInfo.
    let publicKeyInfo: [UInt8]
    let notBefore: Timestamp
    let notAfter: Timestamp
    /// Each in DER. Those that name the keys are added when it is signed.
    var extensions: [[UInt8]] = []
    var names = AlternativeNames()

    private static let step = "Making a certificate"
    private static let version3 = DER.element(DER.Tag.constructed(0), DER.integer([2]))

    init(
        _ commonName: String, publicKeyInfo: [UInt8], _ notBefore: Timestamp, _ notAfter: Timestamp,
        _ extensions: [[UInt8]], names: AlternativeNames = AlternativeNames()
    ) {
        self.commonName = commonName
        self.publicKeyInfo = publicKeyInfo
        self.notBefore = notBefore
        self.notAfter = notAfter
        self.extensions = extensions
        self.names = names
    }

    /// Who signs: a name, the identifier of its key, and the key.
    struct Issuer: Sendable {
        /// CN, as a summary has it.
        let commonName: String
        /// In DER.
        let name: [UInt8]
        let keyIdentifier: [UInt8]
        let key: PrivateKey

        init(_ certificate: Certificate, _ key: PrivateKey) throws(CredentialsError) {
            commonName = certificate.summary.subject
            name = try DistinguishedName.encoded(X509_get_subject_name(certificate.pointer))
            let identifier = try Library.make(
                X509_get0_subject_key_id(certificate.pointer), "Naming the issuer's key")
            keyIdentifier = Array(
                UnsafeBufferPointer(
                    start: ASN1_STRING_get0_data(identifier), count: Int(ASN1_STRING_length(identifier))))
            self.key = key
        }

        /// One that signs its own certificate.
        init(itself draft: CertificateDraft, _ key: PrivateKey) throws(CredentialsError) {
            commonName = draft.commonName
            name = try DistinguishedName.encoded(commonName: draft.commonName)
            keyIdentifier = try draft.keyIdentifier
            self.key = key
        }
    }

    /// The first method of RFC 5280, section 4.2.1.2: SHA-1 of the bits of the key. It names, it proves nothing.
    private var keyIdentifier: [UInt8] {
        get throws(CredentialsError) {
            var all = DERReader(publicKeyInfo)
            guard var fields = all.enter(DER.Tag.sequence), fields.next() != nil,
                let bits = fields.next(DER.Tag.bitString)?.contents
            else { throw .unreadable(subject: "key of the certificate", reason: "it is not in DER") }
            return Digest.sha1(Array(bits.dropFirst()))
        }
    }

    func signed(by issuer: Issuer) throws(CredentialsError) -> IssuedDER {
        let serialNumber = try Self.serialNumber()
        let (start, end) = (notBefore.wholeSeconds, notAfter.wholeSeconds)
        var all = extensions
        all.append(CertificateExtension.subjectKey(try keyIdentifier))
        all.append(CertificateExtension.authorityKey(issuer.keyIdentifier))
        if !names.isEmpty { all.append(try CertificateExtension.alternativeNames(names)) }
        let extensions = DER.element(DER.Tag.sequence, of: all)
        let der = try issuer.key.signed(
            DER.sequence(
                Self.version3,
                DER.integer(serialNumber), try issuer.key.signatureAlgorithm, issuer.name,
                DER.sequence(try DER.time(start), try DER.time(end)),
                try DistinguishedName.encoded(commonName: commonName), publicKeyInfo,
                DER.element(DER.Tag.constructed(3), extensions)))
        return IssuedDER(
            der: der,
            summary: CertificateSummary(
                subject: commonName, issuer: issuer.commonName,
                serialNumber: Hexadecimal.encode(serialNumber),
                fingerprint: PayloadHash(digest: Digest.sha256(der)),
                publicKeyHash: PayloadHash(digest: Digest.sha256(publicKeyInfo)), notBefore: start,
                notAfter: end))
    }

    /// 16 random bytes, positive, so that nobody can guess the next. Source: CA/Browser Forum Baseline Requirements 7.1.
    private static func serialNumber() throws(CredentialsError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 16)
        try Library.check(RAND_bytes(&bytes, 16), step)
        bytes[0] = bytes[0] & 0x7F | 0x40
        return bytes
    }
}

extension Timestamp {
    /// What a certificate can say of it.
    fileprivate var wholeSeconds: Timestamp { Timestamp(milliseconds: milliseconds / 1000 * 1000) }
}

/// A certificate that was just issued, as bytes and by what was written into it: reading it again takes longer than
/// issuing it.
package struct IssuedDER: Equatable, Sendable {
    package let der: [UInt8]
    package let summary: CertificateSummary

    package var pem: String { PEM.text("CERTIFICATE", der) }
}
