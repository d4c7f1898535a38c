internal import COpenSSL
package import Model

extension CertificateAuthority {
    private static let step = "Making a revocation list"

    /// The list that a draft describes, signed, in DER. Source: RFC 5280, section 5.
    package func revocationList(_ draft: RevocationListDraft) throws(CredentialsError) -> [UInt8] {
        let list = try Library.make(X509_CRL_new(), Self.step)
        defer { X509_CRL_free(list) }
        try Library.check(X509_CRL_set_version(list, 1), Self.step)
        try Library.check(
            X509_CRL_set_issuer_name(list, X509_get_subject_name(certificate.pointer)), Self.step)
        try Self.withTime(draft.thisUpdate) { X509_CRL_set1_lastUpdate(list, $0) }
        try Self.withTime(draft.nextUpdate) { X509_CRL_set1_nextUpdate(list, $0) }
        for revoked in draft.revoked { try Self.add(revoked, to: list) }
        try Library.check(X509_CRL_sort(list), Self.step)
        try addExtensions(to: list, number: draft.number)
        guard X509_CRL_sign(list, key.handle.pointer, key.handle.signatureDigest) > 0 else {
            throw Library.failure(Self.step)
        }
        return try DER.bytes(Self.step) { i2d_X509_CRL(list, $0) }
    }

    private static func withTime(
        _ time: Timestamp, _ set: (UnsafePointer<ASN1_TIME>) -> Int32
    ) throws(CredentialsError) {
        let made = try Library.make(ASN1_TIME_set(nil, Int(time.milliseconds / 1000)), step)
        defer { ASN1_TIME_free(made) }
        try Library.check(set(made), step)
    }

    private static func add(
        _ revoked: RevokedCertificate, to list: OpaquePointer
    ) throws(CredentialsError) {
        let entry = try Library.make(X509_REVOKED_new(), step)
        do throws(CredentialsError) {
            try setSerialNumber(revoked.serialNumber, of: entry)
            try withTime(revoked.at) { time in
                // It is copied, though the parameter is not const.
                X509_REVOKED_set_revocationDate(entry, UnsafeMutablePointer(mutating: time))
            }
            // An unspecified reason is to be left out. Source: RFC 5280, section 5.3.1.
            if revoked.reason != .unspecified { try setReason(revoked.reason, of: entry) }
            try Library.check(X509_CRL_add0_revoked(list, entry), step)
        } catch {
            X509_REVOKED_free(entry)
            throw error
        }
    }

    private static func setSerialNumber(
        _ digits: String, of entry: OpaquePointer
    ) throws(CredentialsError) {
        guard let bytes = Hexadecimal.decode(digits) else {
            throw .failed(step: step, reason: "`\(digits)` is no serial number")
        }
        let number = try Library.make(BN_bin2bn(bytes, Int32(bytes.count), nil), step)
        defer { BN_free(number) }
        let serial = try Library.make(BN_to_ASN1_INTEGER(number, nil), step)
        defer { ASN1_INTEGER_free(serial) }
        try Library.check(X509_REVOKED_set_serialNumber(entry, serial), step)
    }

    private static func setReason(
        _ reason: RevocationReason, of entry: OpaquePointer
    ) throws(CredentialsError) {
        let code = try Library.make(ASN1_ENUMERATED_new(), step)
        defer { ASN1_ENUMERATED_free(code) }
        try Library.check(ASN1_ENUMERATED_set(code, reason.code), step)
        try Library.check(X509_REVOKED_add1_ext_i2d(entry, NID_crl_reason, code, 0, 0), step)
    }

    private func addExtensions(to list: OpaquePointer, number: Int) throws(CredentialsError) {
        var context = X509V3_CTX()
        X509V3_set_ctx(&context, certificate.pointer, nil, nil, list, 0)
        let issuer = try Library.make(
            X509V3_EXT_conf_nid(nil, &context, NID_authority_key_identifier, "keyid:always"), Self.step)
        defer { X509_EXTENSION_free(issuer) }
        try Library.check(X509_CRL_add_ext(list, issuer, -1), Self.step)
        let value = try Library.make(ASN1_INTEGER_new(), Self.step)
        defer { ASN1_INTEGER_free(value) }
        try Library.check(ASN1_INTEGER_set(value, number), Self.step)
        try Library.check(X509_CRL_add1_ext_i2d(list, NID_crl_number, value, 0, 0), Self.step)
    }
}
