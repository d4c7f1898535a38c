internal import COpenSSL
package import Model

/// Issues certificates: its own certificate and the key behind it.
package struct CertificateAuthority: Sendable {
    package let certificate: Certificate
    package let key: PrivateKey
    let issuer: CertificateDraft.Issuer

    package init(certificate: Certificate, key: PrivateKey) throws(CredentialsError) {
        guard X509_check_private_key(certificate.pointer, key.handle.pointer) == 1 else {
            ERR_clear_error()
            throw .notGenuine(subject: "authority", reason: "its key is not that of its certificate")
        }
        self.certificate = certificate
        self.key = key
        issuer = try CertificateDraft.Issuer(certificate, key)
    }

    private static func draft(
        authority name: String, _ key: PrivateKey, pathLength: UInt8, _ notBefore: Timestamp,
        _ notAfter: Timestamp
    ) throws(CredentialsError) -> CertificateDraft {
        CertificateDraft(
            name, publicKeyInfo: try key.handle.publicKeyInfo, notBefore, notAfter,
            [
                CertificateExtension.authority(pathLength: pathLength),
                CertificateExtension.signsCertificatesAndLists,
            ])
    }

    /// A root authority, which may have one authority below it.
    package static func makeRoot(
        name: String, notBefore: Timestamp, notAfter: Timestamp
    ) throws(CredentialsError) -> CertificateAuthority {
        let key = try PrivateKey.generate(.p256)
        let draft = try draft(authority: name, key, pathLength: 1, notBefore, notAfter)
        let made = try draft.signed(by: CertificateDraft.Issuer(itself: draft, key))
        return try CertificateAuthority(certificate: try Certificate(made.der), key: key)
    }

    /// An authority below this one, which issues to devices and servers only; its key is made here unless one is given.
    package func makeIssuing(
        name: String, key given: PrivateKey? = nil, notBefore: Timestamp, notAfter: Timestamp
    ) throws(CredentialsError) -> CertificateAuthority {
        let key = if let given { given } else { try PrivateKey.generate(.p256) }
        let draft = try Self.draft(authority: name, key, pathLength: 0, notBefore, notAfter)
        return try CertificateAuthority(
            certificate: try Certificate(try draft.signed(by: issuer).der), key: key)
    }

    /// A device certificate for the key of a request. Nothing else of the request is taken over: the names are the caller's.
    package func issueDevice(
        for request: CertificateRequest, commonName: String, uris: [String] = [], dnsNames: [String] = [],
        addresses: StatusAddresses = StatusAddresses(), notBefore: Timestamp, notAfter: Timestamp
    ) throws(CredentialsError) -> Certificate {
        try Certificate(
            try certify(
                request, commonName: commonName, uris: uris, dnsNames: dnsNames, addresses: addresses,
                notBefore: notBefore, notAfter: notAfter
            ).der)
    }

    /// The same for whoever needs its bytes and its summary only.
    package func certify(
        _ request: CertificateRequest, commonName: String, uris: [String] = [], dnsNames: [String] = [],
        addresses: StatusAddresses = StatusAddresses(), notBefore: Timestamp, notAfter: Timestamp
    ) throws(CredentialsError) -> IssuedDER {
        guard request.isSignedByItsKey else {
            throw .notGenuine(subject: "certificate request", reason: "it is not signed with its own key")
        }
        let extensions =
            Self.endEntity(CertificateExtension.authenticatesClients)
            + (try CertificateExtension.status(addresses))
        let draft = CertificateDraft(
            commonName, publicKeyInfo: request.publicKeyInfo, notBefore, notAfter, extensions,
            names: AlternativeNames(dnsNames: dnsNames, uris: uris))
        return try draft.signed(by: issuer)
    }

    private static func endEntity(_ purpose: [UInt8]) -> [[UInt8]] {
        [CertificateExtension.noAuthority, CertificateExtension.signsDigitally, purpose]
    }

    /// A certificate for a key that answers for this authority when somebody asks for the status of a certificate.
    ///
    /// Nobody asks for its own status, so it is to live for days only. Source: RFC 6960, sections 4.2.2.2 and 4.2.2.2.1.
    package func issueResponder(
        key responderKey: PrivateKey, name: String, notBefore: Timestamp, notAfter: Timestamp
    ) throws(CredentialsError) -> Certificate {
        let draft = CertificateDraft(
            name, publicKeyInfo: try responderKey.handle.publicKeyInfo, notBefore, notAfter,
            Self.endEntity(CertificateExtension.signsStatusAnswers) + [CertificateExtension.noCheck])
        return try Certificate(try draft.signed(by: issuer).der)
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
        let draft = CertificateDraft(
            hostNames.first ?? "registrar", publicKeyInfo: try serverKey.handle.publicKeyInfo, notBefore,
            notAfter, Self.endEntity(CertificateExtension.authenticatesServers), names: names)
        return try Certificate(try draft.signed(by: issuer).der)
    }
}
