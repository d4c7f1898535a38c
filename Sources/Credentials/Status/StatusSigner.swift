internal import COpenSSL
package import Model

/// Answers for an authority when somebody asks for the status of its certificates. Source: RFC 6960, section 4.2.
package struct StatusSigner: Sendable {
    /// Issued by the authority for this purpose.
    package let certificate: Certificate
    private let key: PrivateKey
    static let step = "Making a status answer"

    /// Life of the certificate: it cannot be revoked, so it is short.
    private static let lifeSeconds: Int64 = 7 * 86_400

    /// A signer with a key of its own that is never written down.
    package static func make(
        for authority: CertificateAuthority, at now: Timestamp, backdateSeconds: Int64
    ) throws(CredentialsError) -> StatusSigner {
        let key = try PrivateKey.generate(.p256)
        let name = String("\(authority.certificate.summary.subject) status".prefix(64))
        return StatusSigner(
            certificate: try authority.issueResponder(
                key: key, name: name, notBefore: now.advanced(bySeconds: -backdateSeconds),
                notAfter: now.advanced(bySeconds: lifeSeconds)), key: key)
    }

    /// Whether it should be replaced: half its life is over, or the clock was set back before its start.
    package func isDue(at now: Timestamp) -> Bool {
        now.advanced(bySeconds: Self.lifeSeconds / 2) > certificate.summary.notAfter
            || now < certificate.summary.notBefore
    }

    /// The signed answer, with the nonce of the request: one status for each certificate that it asks about.
    package func answer(
        _ request: StatusRequest, with statuses: [CertificateStatus], at now: Timestamp, until end: Timestamp
    ) throws(CredentialsError) -> [UInt8] {
        let answer = try Library.make(OCSP_BASICRESP_new(), Self.step)
        defer { OCSP_BASICRESP_free(answer) }
        try request.fill(answer, with: statuses, from: now, until: end)
        try Library.check(
            cossl_sign_status(
                answer, certificate.pointer, key.handle.pointer, key.handle.signatureDigest,
                Int(now.milliseconds / 1000)), Self.step)
        return try Self.wrap(answer, OCSP_RESPONSE_STATUS_SUCCESSFUL)
    }

    /// Why there is no answer. Source: RFC 6960, section 2.3.
    package enum Refusal: Sendable {
        case malformedRequest, internalError
    }

    /// A refusal; those are not signed.
    package static func refusal(_ refusal: Refusal) throws(CredentialsError) -> [UInt8] {
        switch refusal {
        case .malformedRequest: try wrap(nil, OCSP_RESPONSE_STATUS_MALFORMEDREQUEST)
        case .internalError: try wrap(nil, OCSP_RESPONSE_STATUS_INTERNALERROR)
        }
    }

    private static func wrap(_ answer: OpaquePointer?, _ status: Int32) throws(CredentialsError) -> [UInt8] {
        let response = try Library.make(OCSP_response_create(status, answer), step)
        defer { OCSP_RESPONSE_free(response) }
        return try DER.bytes(step) { i2d_OCSP_RESPONSE(response, $0) }
    }
}
