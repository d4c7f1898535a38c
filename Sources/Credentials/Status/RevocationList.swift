internal import COpenSSL
package import Model

/// A revocation list of somebody. Source: RFC 5280, section 5.
package final class RevocationList: @unchecked Sendable {
    // Immutable after `init`.
    private let pointer: OpaquePointer

    /// A list of a million certificates has about 40 MB.
    package static let limitBytes = 64 << 20
    private static let skewSeconds: Int64 = 300

    /// Reads one list, PEM or DER.
    package init(_ bytes: [UInt8]) throws(CredentialsError) {
        guard bytes.count <= Self.limitBytes else {
            throw .tooLarge(subject: "revocation list", limitBytes: Self.limitBytes)
        }
        let read =
            bytes.first == 0x30
            ? DER.read(bytes, { d2i_X509_CRL(nil, $0, $1) }, free: { X509_CRL_free($0) })
            : Memory.read(bytes) { PEM_read_bio_X509_CRL($0, nil, nil, nil) }
        guard let read else { throw Library.unreadable("revocation list") }
        pointer = read
    }

    deinit { X509_CRL_free(pointer) }

    /// Whether the key of an authority signed it, and its name says so.
    package func isSigned(by issuer: Certificate) -> Bool {
        defer { ERR_clear_error() }
        return X509_NAME_cmp(X509_CRL_get_issuer(pointer), X509_get_subject_name(issuer.pointer)) == 0
            && X509_CRL_verify(pointer, X509_get0_pubkey(issuer.pointer)) == 1
    }

    /// What the list says of a certificate, and until when. It must be signed by the certificate's issuer and be of now.
    package func status(
        of certificate: Certificate, issuer: Certificate, at now: Timestamp
    ) throws(CredentialsError) -> (status: CertificateStatus, until: Timestamp?) {
        defer { ERR_clear_error() }
        guard isSigned(by: issuer) else {
            throw .notGenuine(
                subject: "revocation list", reason: "it is not signed by the certificate's issuer")
        }
        // One that covers only some certificates, or only what is new, cannot say that one is good.
        guard X509_CRL_get_ext_by_critical(pointer, 1, -1) < 0 else {
            throw .unreadable(subject: "revocation list", reason: "it covers only a part of the certificates")
        }
        let until = try X509_CRL_get0_nextUpdate(pointer).map { (end) throws(CredentialsError) in
            try Certificate.moment(end)
        }
        guard
            try Certificate.moment(X509_CRL_get0_lastUpdate(pointer))
                <= now.advanced(bySeconds: Self.skewSeconds),
            until.map({ now <= $0.advanced(bySeconds: Self.skewSeconds) }) ?? true
        else { throw .notGenuine(subject: "revocation list", reason: "it is not of now") }
        var entry: OpaquePointer?
        guard X509_CRL_get0_by_cert(pointer, &entry, certificate.pointer) == 1, let entry else {
            return (.good, until)
        }
        return (
            .revoked(
                reasonCode: Self.reason(of: entry),
                at: try Certificate.moment(X509_REVOKED_get0_revocationDate(entry))), until
        )
    }

    private static func reason(of entry: OpaquePointer) -> Int {
        guard let raw = X509_REVOKED_get_ext_d2i(entry, NID_crl_reason, nil, nil) else { return 0 }
        let code = raw.assumingMemoryBound(to: ASN1_ENUMERATED.self)
        defer { ASN1_ENUMERATED_free(code) }
        return ASN1_ENUMERATED_get(code)
    }
}
