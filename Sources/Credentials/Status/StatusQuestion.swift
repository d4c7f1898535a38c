internal import COpenSSL
package import Model

/// A question to an OCSP responder about one certificate, and the judge of its answer. Source: RFC 6960.
package final class StatusQuestion: @unchecked Sendable {
    // Immutable after `init`.
    private let request: OpaquePointer
    private let id: OpaquePointer
    private let issuer: Certificate
    /// The request in DER.
    package let der: [UInt8]

    /// Larger answers are not looked at.
    package static let answerLimitBytes = 64 << 10
    /// How far two clocks may differ.
    private static let skewSeconds: Int64 = 300

    /// The nonce is 32 random bytes. Source: RFC 9654, section 2.1.
    package init(
        about certificate: Certificate, issuer: Certificate, nonce: [UInt8]
    ) throws(CredentialsError) {
        let step = "Making a status request"
        let request = try Library.make(OCSP_REQUEST_new(), step)
        do throws(CredentialsError) {
            // SHA-1 names the issuer here, as every responder must know it. Source: RFC 5019, section 2.1.1.
            let id = try Library.make(OCSP_cert_to_id(EVP_sha1(), certificate.pointer, issuer.pointer), step)
            guard OCSP_request_add0_id(request, id) != nil else {
                OCSP_CERTID_free(id)
                throw Library.failure(step)
            }
            var nonce = nonce
            try Library.check(OCSP_request_add1_nonce(request, &nonce, Int32(nonce.count)), step)
            der = try DER.bytes(step) { i2d_OCSP_REQUEST(request, $0) }
            (self.request, self.id) = (request, id)
        } catch {
            OCSP_REQUEST_free(request)
            throw error
        }
        self.issuer = issuer
    }

    deinit { OCSP_REQUEST_free(request) }

    /// What an answer says, and until when. It must be signed by the issuer or by whoever the issuer named for this, be of
    /// now, and not be an answer to somebody else.
    package func status(
        in answer: [UInt8], at now: Timestamp
    ) throws(CredentialsError) -> (status: CertificateStatus, until: Timestamp?) {
        guard answer.count <= Self.answerLimitBytes else {
            throw .tooLarge(subject: "status answer", limitBytes: Self.answerLimitBytes)
        }
        let read = DER.read(answer, { d2i_OCSP_RESPONSE(nil, $0, $1) }, free: { OCSP_RESPONSE_free($0) })
        guard let read else { throw Library.unreadable("status answer") }
        defer { OCSP_RESPONSE_free(read) }
        let code = OCSP_response_status(read)
        guard code == OCSP_RESPONSE_STATUS_SUCCESSFUL else {
            let word = OCSP_response_status_str(Int(code)).map { String(cString: $0) } ?? "code \(code)"
            throw .unreadable(subject: "status answer", reason: "the responder refused (\(word))")
        }
        guard let basic = OCSP_response_get1_basic(read) else { throw Library.unreadable("status answer") }
        defer { OCSP_BASICRESP_free(basic) }
        try checkSignature(of: basic, at: now)
        // 0: another nonce than asked with. -1: none, which makes the answer no worse than a list.
        guard OCSP_check_nonce(request, basic) != 0 else {
            throw .notGenuine(subject: "status answer", reason: "it answers another question (nonce)")
        }
        return try find(in: basic, at: now)
    }

    private func checkSignature(of basic: OpaquePointer, at now: Timestamp) throws(CredentialsError) {
        let step = "Verifying a status answer"
        let store = try Library.make(X509_STORE_new(), step)
        defer { X509_STORE_free(store) }
        try Library.check(X509_STORE_add_cert(store, issuer.pointer), step)
        // The issuer's word is what counts here; who vouches for the issuer is asked elsewhere.
        try Library.check(X509_STORE_set_flags(store, UInt(X509_V_FLAG_PARTIAL_CHAIN)), step)
        X509_VERIFY_PARAM_set_time(X509_STORE_get0_param(store), Int(now.milliseconds / 1000))
        let known = try Library.make(cossl_certificates_new(), step)
        defer { cossl_certificates_free(known) }
        _ = cossl_certificates_push(known, issuer.pointer)
        guard OCSP_basic_verify(basic, known, store, 0) == 1 else {
            throw .notGenuine(subject: "status answer", reason: Library.reason())
        }
    }

    private func find(
        in basic: OpaquePointer, at now: Timestamp
    ) throws(CredentialsError) -> (status: CertificateStatus, until: Timestamp?) {
        var (word, reason): (Int32, Int32) = (0, 0)
        var revokedAt: UnsafeMutablePointer<ASN1_GENERALIZEDTIME>?
        var start: UnsafeMutablePointer<ASN1_GENERALIZEDTIME>?
        var end: UnsafeMutablePointer<ASN1_GENERALIZEDTIME>?
        guard OCSP_resp_find_status(basic, id, &word, &reason, &revokedAt, &start, &end) == 1 else {
            ERR_clear_error()
            throw .notGenuine(subject: "status answer", reason: "it is about another certificate")
        }
        let until = try end.map { (end) throws(CredentialsError) in try Certificate.moment(end) }
        guard try Certificate.moment(start) <= now.advanced(bySeconds: Self.skewSeconds),
            until.map({ now <= $0.advanced(bySeconds: Self.skewSeconds) }) ?? true
        else {
            throw .notGenuine(subject: "status answer", reason: "it is not of now")
        }
        switch word {
        case V_OCSP_CERTSTATUS_GOOD: return (.good, until)
        case V_OCSP_CERTSTATUS_REVOKED:
            return (
                .revoked(reasonCode: max(0, Int(reason)), at: try Certificate.moment(revokedAt)), until
            )
        default: return (.unknown, until)
        }
    }
}
