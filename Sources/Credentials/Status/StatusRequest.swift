internal import COpenSSL
import Model

/// What somebody asks an OCSP responder. Untrusted. Source: RFC 6960, section 4.1; nonces RFC 9654.
package final class StatusRequest: @unchecked Sendable {
    // Immutable after `init`.
    let pointer: OpaquePointer
    private let ids: [OpaquePointer]

    /// A question about one certificate has about 100 bytes.
    package static let limitBytes = 8 << 10
    /// Certificates that one request may ask about.
    package static let limitCertificates = 20
    /// Bytes of a nonce. Source: RFC 9654, section 2.1.
    static let nonceBytes = 1...128

    /// Reads a request in DER.
    ///
    /// - Throws: `unreadable` for what is no request, asks for nothing or for too much, has a nonce of a wrong length, or
    ///   an extension that must be understood and is not.
    package init(_ der: [UInt8]) throws(CredentialsError) {
        guard der.count <= Self.limitBytes else {
            throw .tooLarge(subject: "status request", limitBytes: Self.limitBytes)
        }
        guard let read = DER.read(der, { d2i_OCSP_REQUEST(nil, $0, $1) }, free: { OCSP_REQUEST_free($0) })
        else { throw Library.unreadable("status request") }
        var ids: [OpaquePointer] = []
        let count = OCSP_request_onereq_count(read)
        for index in 0..<max(0, min(count, Int32(Self.limitCertificates))) {
            guard let one = OCSP_request_onereq_get0(read, index), let id = OCSP_onereq_get0_id(one) else {
                break
            }
            ids.append(id)
        }
        (pointer, self.ids) = (read, ids)
        guard (1...Self.limitCertificates).contains(Int(count)), ids.count == Int(count) else {
            throw .unreadable(
                subject: "status request",
                reason: "it must ask about 1 to \(Self.limitCertificates) certificates")
        }
        guard OCSP_REQUEST_get_ext_by_critical(read, 1, -1) < 0 else {
            throw .unreadable(subject: "status request", reason: "it has an extension that is not known here")
        }
        guard try Self.nonce(of: read).map({ Self.nonceBytes.contains($0.count) }) ?? true else {
            throw .unreadable(
                subject: "status request",
                reason: "its nonce must have 1 to \(Self.nonceBytes.upperBound) bytes")
        }
    }

    deinit { OCSP_REQUEST_free(pointer) }

    private static func nonce(of request: OpaquePointer) throws(CredentialsError) -> [UInt8]? {
        let place = OCSP_REQUEST_get_ext_by_NID(request, NID_id_pkix_OCSP_Nonce, -1)
        guard place >= 0 else { return nil }
        guard let raw = OCSP_REQUEST_get1_ext_d2i(request, NID_id_pkix_OCSP_Nonce, nil, nil) else {
            throw Library.unreadable("nonce of the status request")
        }
        let text = raw.assumingMemoryBound(to: ASN1_OCTET_STRING.self)
        defer { ASN1_OCTET_STRING_free(text) }
        // The library gives the bytes of the extension as they are: an octet string of their own.
        let wrapped = Array(
            UnsafeBufferPointer(start: ASN1_STRING_get0_data(text), count: Int(ASN1_STRING_length(text))))
        guard let header = wrapped.first == 0x04 ? Self.headerBytes(wrapped) : nil else {
            throw .unreadable(subject: "nonce of the status request", reason: "it is no octet string")
        }
        return Array(wrapped.dropFirst(header))
    }

    /// Bytes before the contents of an octet string that has at most 255; `nil` when its length is wrong.
    private static func headerBytes(_ wrapped: [UInt8]) -> Int? {
        switch wrapped.count {
        case 2..<130 where Int(wrapped[1]) == wrapped.count - 2: 2
        case 131...258 where wrapped[1] == 0x81 && Int(wrapped[2]) == wrapped.count - 3: 3
        default: nil
        }
    }

    /// The serial numbers that are asked about, in their order; `nil` for a certificate of another issuer.
    package func serialNumbers(of issuer: Certificate) -> [String?] {
        ids.map { id in
            defer { ERR_clear_error() }
            var serial: UnsafeMutablePointer<ASN1_INTEGER>?
            var method: OpaquePointer?
            guard OCSP_id_get0_info(nil, &method, nil, &serial, id) == 1, let serial,
                let digest = Self.digest(method)
            else { return nil }
            let own = OCSP_cert_id_new(
                digest, X509_get_subject_name(issuer.pointer), X509_get0_pubkey_bitstr(issuer.pointer), serial
            )
            defer { OCSP_CERTID_free(own) }
            guard own != nil, OCSP_id_issuer_cmp(own, id) == 0 else { return nil }
            return SerialNumber.text(of: serial)
        }
    }

    /// The digest by which an issuer is named. SHA-1 is one: it names, it proves nothing.
    private static func digest(_ method: OpaquePointer?) -> OpaquePointer? {
        switch OBJ_obj2nid(method) {
        case NID_sha1: EVP_sha1()
        case NID_sha256: EVP_sha256()
        case NID_sha384: EVP_sha384()
        case NID_sha512: EVP_sha512()
        default: nil
        }
    }

    /// Adds one answer for each certificate asked about, and the nonce.
    func fill(
        _ answer: OpaquePointer, with statuses: [CertificateStatus], from start: Timestamp,
        until end: Timestamp
    ) throws(CredentialsError) {
        precondition(statuses.count == ids.count, "there is one status for each certificate")
        let (start, end) = (try LibraryTime(start), try LibraryTime(end))
        for (id, status) in zip(ids, statuses) {
            let (word, reason, time) = try Self.words(of: status)
            let added = OCSP_basic_add1_status(
                answer, id, word, reason, time?.pointer, start.pointer, end.pointer)
            guard added != nil else { throw Library.failure(StatusSigner.step) }
        }
        // 2: there is no nonce to be echoed.
        guard OCSP_copy_nonce(answer, pointer) > 0 else { throw Library.failure(StatusSigner.step) }
    }

    private static func words(
        of status: CertificateStatus
    ) throws(CredentialsError) -> (Int32, Int32, LibraryTime?) {
        switch status {
        case .good: (V_OCSP_CERTSTATUS_GOOD, OCSP_REVOKED_STATUS_NOSTATUS, nil)
        case .unknown: (V_OCSP_CERTSTATUS_UNKNOWN, OCSP_REVOKED_STATUS_NOSTATUS, nil)
        case .revoked(let code, let time):
            // An unspecified reason is to be left out, as in a list.
            (
                V_OCSP_CERTSTATUS_REVOKED, code == 0 ? OCSP_REVOKED_STATUS_NOSTATUS : Int32(code),
                try LibraryTime(time)
            )
        }
    }
}

/// A time in the library's form.
final class LibraryTime {
    let pointer: UnsafeMutablePointer<ASN1_TIME>

    init(_ time: Timestamp) throws(CredentialsError) {
        pointer = try Library.make(ASN1_TIME_set(nil, Int(time.milliseconds / 1000)), "Writing a time")
    }

    deinit { ASN1_TIME_free(pointer) }
}
