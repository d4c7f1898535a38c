internal import COpenSSL
package import Model

/// An X.509 certificate. Source: RFC 5280.
package final class Certificate: @unchecked Sendable {
    // Immutable after `init`; the library locks what it caches inside.
    let pointer: OpaquePointer
    package let der: [UInt8]
    package let summary: CertificateSummary
    let names: AlternativeNames

    /// The device's serial number in the subject, as IEEE 802.1AR has it; `nil` when there is none or more than one.
    package var subjectSerialNumber: String? {
        DistinguishedName.text(NID_serialNumber, of: X509_get_subject_name(pointer))
    }

    package var dnsNames: [String] { names.dnsNames }
    package var uris: [String] { names.uris }

    /// Larger certificates are not looked at.
    package static let limitBytes = 64 << 10

    /// Reads one certificate, PEM or DER.
    package convenience init(_ bytes: [UInt8]) throws(CredentialsError) {
        guard bytes.count <= Self.limitBytes else {
            throw .tooLarge(subject: "certificate", limitBytes: Self.limitBytes)
        }
        let read =
            bytes.first == 0x30
            ? DER.read(bytes, { d2i_X509(nil, $0, $1) }, free: { X509_free($0) })
            : Memory.read(bytes) { PEM_read_bio_X509($0, nil, nil, nil) }
        guard let read else { throw Library.unreadable("certificate") }
        try self.init(taking: read)
    }

    /// Reads PEM text of several certificates, in its order.
    ///
    /// - Throws: `unreadable` when one of them is no certificate, or when there is none.
    package static func chain(pem: String) throws(CredentialsError) -> [Certificate] {
        let end = "-----END CERTIFICATE-----"
        var certificates: [Certificate] = []
        var block: [Substring] = []
        for line in pem.split(separator: "\n") {
            block.append(line)
            guard line.hasPrefix(end) else { continue }
            certificates.append(try Certificate(Array(block.joined(separator: "\n").utf8)))
            block = []
        }
        guard !certificates.isEmpty else {
            throw .unreadable(subject: "certificate chain", reason: "it has no certificate")
        }
        return certificates
    }

    /// Takes the pointer over.
    init(taking pointer: OpaquePointer) throws(CredentialsError) {
        self.pointer = pointer
        der = try DER.bytes("Writing a certificate") { i2d_X509(pointer, $0) }
        let names = X509_get_ext_d2i(pointer, NID_subject_alt_name, nil, nil).map { OpaquePointer($0) }
        self.names = AlternativeNames(names)
        GENERAL_NAMES_free(names)
        guard X509_get0_pubkey(pointer) != nil else { throw Library.unreadable("key of the certificate") }
        summary = CertificateSummary(
            subject: DistinguishedName.commonName(of: X509_get_subject_name(pointer)) ?? "",
            issuer: DistinguishedName.commonName(of: X509_get_issuer_name(pointer)) ?? "",
            serialNumber: SerialNumber.text(of: X509_get0_serialNumber(pointer)) ?? "",
            fingerprint: PayloadHash(digest: Digest.sha256(der)),
            publicKeyHash: try KeyHandle.publicKeyHash(X509_get_X509_PUBKEY(pointer)),
            notBefore: try Self.moment(X509_get0_notBefore(pointer)),
            notAfter: try Self.moment(X509_get0_notAfter(pointer)))
    }

    deinit { X509_free(pointer) }

    package var pem: String {
        get throws(CredentialsError) { PEM.text("CERTIFICATE", der) }
    }

    /// Whether it is for a server of that name or numeric address.
    package func holds(for name: String) -> Bool {
        defer { ERR_clear_error() }
        return X509_check_ip_asc(pointer, name, 0) == 1 || X509_check_host(pointer, name, 0, 0, nil) == 1
    }

    static func moment(_ time: UnsafePointer<ASN1_TIME>?) throws(CredentialsError) -> Timestamp {
        var parts = tm()
        guard ASN1_TIME_to_tm(time, &parts) == 1,
            let date = CivilDate(
                year: Int64(parts.tm_year) + 1900, month: Int64(parts.tm_mon) + 1, day: Int64(parts.tm_mday))
        else { throw Library.unreadable("time of the certificate") }
        let seconds = Int64(parts.tm_hour) * 3600 + Int64(parts.tm_min) * 60 + Int64(parts.tm_sec)
        return Timestamp(milliseconds: (date.daysSinceEpoch * 86_400 + seconds) * 1000)
    }

    /// Whether `leaf` leads through the intermediates to one of the roots, all valid at the given time.
    ///
    /// - Throws: `notGenuine`, with the library's reason.
    package static func verifyChain(
        leaf: Certificate, intermediates: [Certificate] = [], roots: [Certificate], at time: Timestamp
    ) throws(CredentialsError) {
        let step = "Verifying a certificate chain"
        let store = try Library.make(X509_STORE_new(), step)
        defer { X509_STORE_free(store) }
        for root in roots { try Library.check(X509_STORE_add_cert(store, root.pointer), step) }
        let chain = try Library.make(cossl_certificates_new(), step)
        defer { cossl_certificates_free(chain) }
        for certificate in intermediates { _ = cossl_certificates_push(chain, certificate.pointer) }
        let context = try Library.make(X509_STORE_CTX_new(), step)
        defer { X509_STORE_CTX_free(context) }
        try Library.check(X509_STORE_CTX_init(context, store, leaf.pointer, chain), step)
        X509_STORE_CTX_set_time(context, 0, Int(time.milliseconds / 1000))
        guard X509_verify_cert(context) == 1 else {
            let code = X509_STORE_CTX_get_error(context)
            ERR_clear_error()
            let reason =
                X509_verify_cert_error_string(Int(code)).map { String(cString: $0) } ?? "code \(code)"
            throw .notGenuine(subject: "certificate", reason: reason)
        }
    }
}
