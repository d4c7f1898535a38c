internal import COpenSSL
package import Model

/// Issues certificates: its own certificate and the key behind it.
package struct CertificateAuthority: Sendable {
    package let certificate: Certificate
    package let key: PrivateKey

    package init(certificate: Certificate, key: PrivateKey) throws(CredentialsError) {
        guard X509_check_private_key(certificate.pointer, key.handle.pointer) == 1 else {
            throw .notGenuine(subject: "authority", reason: "its key is not that of its certificate")
        }
        self.certificate = certificate
        self.key = key
    }

    /// A root authority, which may have one authority below it.
    package static func makeRoot(
        name: String, notBefore: Timestamp, notAfter: Timestamp
    ) throws(CredentialsError) -> CertificateAuthority {
        let key = try PrivateKey.generate(.p256)
        let draft = try CertificateDraft(subject: name, key: key.handle.pointer, notBefore, notAfter)
        try draft.addAuthority(pathLength: 1)
        return try CertificateAuthority(certificate: try draft.sign(by: nil, key), key: key)
    }

    /// An authority below this one, which issues to devices and servers only.
    package func makeIssuing(
        name: String, notBefore: Timestamp, notAfter: Timestamp
    ) throws(CredentialsError) -> CertificateAuthority {
        let key = try PrivateKey.generate(.p256)
        let draft = try CertificateDraft(subject: name, key: key.handle.pointer, notBefore, notAfter)
        try draft.addAuthority(pathLength: 0)
        return try CertificateAuthority(certificate: try draft.sign(by: certificate, self.key), key: key)
    }

    /// A device certificate for the key of a request. Nothing else of the request is taken over: the names are the caller's.
    package func issueDevice(
        for request: CertificateRequest, commonName: String, uris: [String] = [], dnsNames: [String] = [],
        addresses: StatusAddresses = StatusAddresses(), notBefore: Timestamp, notAfter: Timestamp
    ) throws(CredentialsError) -> Certificate {
        guard request.isSignedByItsKey else {
            throw .notGenuine(subject: "certificate request", reason: "it is not signed with its own key")
        }
        let draft = try CertificateDraft(subject: commonName, key: try request.key, notBefore, notAfter)
        try draft.addEndEntity(
            usage: "clientAuth", names: AlternativeNames(dnsNames: dnsNames, uris: uris))
        try draft.add(addresses)
        return try draft.sign(by: certificate, key)
    }

    /// A certificate for a key that answers for this authority when somebody asks for the status of a certificate.
    ///
    /// Nobody asks for its own status, so it is to live for days only. Source: RFC 6960, sections 4.2.2.2 and 4.2.2.2.1.
    package func issueResponder(
        key responderKey: PrivateKey, name: String, notBefore: Timestamp, notAfter: Timestamp
    ) throws(CredentialsError) -> Certificate {
        let draft = try CertificateDraft(
            subject: name, key: responderKey.handle.pointer, notBefore, notAfter)
        try draft.addEndEntity(usage: "OCSPSigning", names: AlternativeNames())
        draft.addNoCheck()
        return try draft.sign(by: certificate, key)
    }

    /// A TLS server certificate for names or numeric addresses.
    package func issueServer(
        key serverKey: PrivateKey, hostNames: [String], notBefore: Timestamp, notAfter: Timestamp
    ) throws(CredentialsError) -> Certificate {
        var names = AlternativeNames()
        for name in hostNames {
            if let octets = a2i_IPADDRESS(name) {
                ASN1_OCTET_STRING_free(octets)
                names.addresses.append(name)
            } else {
                names.dnsNames.append(name)
            }
        }
        ERR_clear_error()
        let draft = try CertificateDraft(
            subject: hostNames.first ?? "registrar", key: serverKey.handle.pointer, notBefore, notAfter)
        try draft.addEndEntity(usage: "serverAuth", names: names)
        return try draft.sign(by: certificate, key)
    }
}

/// A certificate before it is signed.
private final class CertificateDraft {
    private let pointer: OpaquePointer
    private var extensions: [(nid: Int32, value: String)] = []
    private var names = AlternativeNames()
    private static let step = "Making a certificate"

    init(
        subject: String, key: OpaquePointer, _ notBefore: Timestamp, _ notAfter: Timestamp
    ) throws(CredentialsError) {
        pointer = try Library.make(X509_new(), Self.step)
        try Library.check(X509_set_version(pointer, 2), Self.step)
        try DistinguishedName.setCommonName(subject, of: X509_get_subject_name(pointer))
        try Library.check(X509_set_pubkey(pointer, key), Self.step)
        try Self.set(notBefore, X509_getm_notBefore(pointer))
        try Self.set(notAfter, X509_getm_notAfter(pointer))
        try setSerialNumber()
    }

    deinit { X509_free(pointer) }

    private static func set(_ time: Timestamp, _ field: UnsafeMutablePointer<ASN1_TIME>?)
        throws(CredentialsError)
    {
        guard ASN1_TIME_set(field, Int(time.milliseconds / 1000)) != nil else { throw Library.failure(step) }
    }

    /// 16 random bytes, positive, so that nobody can guess the next. Source: CA/Browser Forum Baseline Requirements 7.1.
    private func setSerialNumber() throws(CredentialsError) {
        var bytes = [UInt8](repeating: 0, count: 16)
        try Library.check(RAND_bytes(&bytes, 16), Self.step)
        bytes[0] = bytes[0] & 0x7F | 0x40
        let number = try Library.make(BN_bin2bn(bytes, 16, nil), Self.step)
        defer { BN_free(number) }
        guard BN_to_ASN1_INTEGER(number, X509_get_serialNumber(pointer)) != nil else {
            throw Library.failure(Self.step)
        }
    }

    func addAuthority(pathLength: Int) throws(CredentialsError) {
        extensions += [
            (NID_basic_constraints, "critical,CA:TRUE,pathlen:\(pathLength)"),
            (NID_key_usage, "critical,keyCertSign,cRLSign"),
        ]
    }

    func addEndEntity(usage: String, names: AlternativeNames) throws(CredentialsError) {
        extensions += [
            (NID_basic_constraints, "critical,CA:FALSE"), (NID_key_usage, "critical,digitalSignature"),
            (NID_ext_key_usage, usage),
        ]
        self.names = names
    }

    /// Points at where the status is told. Only addresses that are no text of the library's configuration language are taken.
    func add(_ addresses: StatusAddresses) throws(CredentialsError) {
        guard addresses.all.allSatisfy(PublicURL.accepts) else {
            throw .failed(step: Self.step, reason: "an address must be \(PublicURL.rule)")
        }
        if !addresses.revocationLists.isEmpty {
            let points = addresses.revocationLists.map { "URI:" + $0 }
            extensions.append((NID_crl_distribution_points, points.joined(separator: ",")))
        }
        let accesses =
            addresses.responders.map { "OCSP;URI:" + $0 } + addresses.issuers.map { "caIssuers;URI:" + $0 }
        if !accesses.isEmpty {
            extensions.append((NID_info_access, accesses.joined(separator: ",")))
        }
    }

    func addNoCheck() {
        extensions.append((NID_id_pkix_OCSP_noCheck, "yes"))
    }

    /// Signs with the issuer's key; without an issuer, the certificate is its own.
    func sign(by issuer: Certificate?, _ key: PrivateKey) throws(CredentialsError) -> Certificate {
        let issuing = issuer?.pointer ?? pointer
        try Library.check(X509_set_issuer_name(pointer, X509_get_subject_name(issuing)), Self.step)
        var context = X509V3_CTX()
        X509V3_set_ctx(&context, issuing, pointer, nil, nil, 0)
        // The values are ours alone, so the library's configuration syntax is safe here.
        let all =
            extensions + [
                (NID_subject_key_identifier, "hash"), (NID_authority_key_identifier, "keyid:always"),
            ]
        for (nid, value) in all {
            try add(try Library.make(X509V3_EXT_conf_nid(nil, &context, nid, value), Self.step))
        }
        if !names.isEmpty { try add(try names.makeExtension()) }
        guard X509_sign(pointer, key.handle.pointer, key.handle.signatureDigest) > 0 else {
            throw Library.failure(Self.step)
        }
        X509_up_ref(pointer)
        return try Certificate(taking: pointer)
    }

    private func add(_ made: OpaquePointer) throws(CredentialsError) {
        defer { X509_EXTENSION_free(made) }
        try Library.check(X509_add_ext(pointer, made, -1), Self.step)
    }
}
