internal import COpenSSL
package import Model

extension Certificate {
    /// What it says, free of the library's types.
    package var facts: CertificateFacts {
        get throws(CredentialsError) {
            guard let key = X509_get0_pubkey(pointer) else {
                throw Library.unreadable("key of the certificate")
            }
            let handle = KeyHandle(sharing: key)
            let says = ExtensionReader(X509_get0_extensions(pointer))
            defer { ERR_clear_error() }
            return CertificateFacts(
                form: .certificate(
                    issuer: try DistinguishedName.text(of: X509_get_issuer_name(pointer)),
                    notBefore: summary.notBefore, notAfter: summary.notAfter),
                subject: try DistinguishedName.text(of: X509_get_subject_name(pointer)),
                commonName: DistinguishedName.commonName(of: X509_get_subject_name(pointer)),
                key: handle.kind, publicKeyHash: summary.publicKeyHash, fingerprint: summary.fingerprint,
                alternativeNames: names.facts, digest: Self.digest(of: pointer),
                isSignedByItsKey: X509_verify(pointer, key) == 1, authority: says.authority,
                keyUsages: says.keyUsages, purposes: says.purposes, addresses: addresses)
        }
    }

    /// Where it says that its status can be asked for.
    package var addresses: StatusAddresses { StatusAddresses(of: X509_get0_extensions(pointer)) }

    private static func digest(of certificate: OpaquePointer) -> String? {
        var digest: Int32 = 0
        guard X509_get_signature_info(certificate, &digest, nil, nil, nil) == 1, digest != NID_undef else {
            return nil
        }
        return OBJ_nid2sn(digest).map { String(cString: $0) }
    }

    /// Whether the key of the other certificate signed this one, and its name says so.
    package func isSigned(by issuer: Certificate) -> Bool {
        defer { ERR_clear_error() }
        return X509_NAME_cmp(X509_get_issuer_name(pointer), X509_get_subject_name(issuer.pointer)) == 0
            && X509_verify(pointer, X509_get0_pubkey(issuer.pointer)) == 1
    }
}

extension CertificateRequest {
    /// What it says, free of the library's types.
    package var facts: CertificateFacts {
        get throws(CredentialsError) {
            let pointer = try Self.read(der)
            let extensions = X509_REQ_get_extensions(pointer)
            defer {
                cossl_extensions_free(extensions)
                X509_REQ_free(pointer)
                ERR_clear_error()
            }
            let says = ExtensionReader(extensions)
            return CertificateFacts(
                form: .request,
                subject: try DistinguishedName.text(of: X509_REQ_get_subject_name(pointer)),
                commonName: commonName, key: keyKind, publicKeyHash: publicKeyHash,
                fingerprint: PayloadHash(digest: Digest.sha256(der)), alternativeNames: names.facts,
                digest: Self.digest(of: pointer), isSignedByItsKey: isSignedByItsKey,
                authority: says.authority, keyUsages: says.keyUsages, purposes: says.purposes)
        }
    }

    private static func digest(of request: OpaquePointer) -> String? {
        var digest: Int32 = 0
        guard OBJ_find_sigid_algs(X509_REQ_get_signature_nid(request), &digest, nil) == 1,
            digest != NID_undef
        else { return nil }
        return OBJ_nid2sn(digest).map { String(cString: $0) }
    }
}

extension AlternativeNames {
    fileprivate var facts: [AlternativeName] {
        uris.map { .uri($0) } + dnsNames.map { .dns($0) }
            + (0..<others).map { _ in .other("an address or another kind") }
    }
}

extension DistinguishedName {
    /// The whole name as RFC 4514 writes it; empty for a name without attributes.
    static func text(of name: OpaquePointer?) throws(CredentialsError) -> String {
        guard X509_NAME_entry_count(name) > 0 else { return "" }
        let bytes = try Memory.bytes("Reading a name") { cossl_print_name($0, name) }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// Reads what extensions say of the use of a key. Source: RFC 5280, sections 4.2.1.3, 4.2.1.9 and 4.2.1.12.
private struct ExtensionReader {
    private let extensions: OpaquePointer?

    init(_ extensions: OpaquePointer?) {
        self.extensions = extensions
    }

    private func value(_ nid: Int32) -> UnsafeMutableRawPointer? {
        X509V3_get_d2i(extensions, nid, nil, nil)
    }

    var authority: CertificateFacts.Authority {
        guard let raw = value(NID_basic_constraints) else { return .unsaid }
        let constraints = raw.assumingMemoryBound(to: BASIC_CONSTRAINTS.self)
        defer { BASIC_CONSTRAINTS_free(constraints) }
        guard constraints.pointee.ca != 0 else { return .no }
        return .yes(pathLength: constraints.pointee.pathlen.map { Int(ASN1_INTEGER_get($0)) })
    }

    /// The bits of KeyUsage in their order.
    private static let usages = [
        "digitalSignature", "nonRepudiation", "keyEncipherment", "dataEncipherment", "keyAgreement",
        "keyCertSign", "cRLSign", "encipherOnly", "decipherOnly",
    ]

    var keyUsages: Set<String>? {
        guard let raw = value(NID_key_usage) else { return nil }
        let bits = raw.assumingMemoryBound(to: ASN1_BIT_STRING.self)
        defer { ASN1_BIT_STRING_free(bits) }
        return Set(
            Self.usages.indices.filter { ASN1_BIT_STRING_get_bit(bits, Int32($0)) == 1 }.map {
                Self.usages[$0]
            })
    }

    var purposes: Set<String>? {
        guard let raw = value(NID_ext_key_usage) else { return nil }
        let purposes = OpaquePointer(raw)
        defer { EXTENDED_KEY_USAGE_free(purposes) }
        return Set(
            (0..<cossl_purposes_count(purposes)).map { Self.name(of: cossl_purposes_at(purposes, $0)) })
    }

    private static func name(of object: OpaquePointer?) -> String {
        let nid = OBJ_obj2nid(object)
        if nid != NID_undef, let name = OBJ_nid2sn(nid) { return String(cString: name) }
        var text = [CChar](repeating: 0, count: 128)
        let count = OBJ_obj2txt(&text, Int32(text.count), object, 1)
        return String(
            decoding: text.prefix(max(0, min(Int(count), text.count - 1))).map { UInt8(bitPattern: $0) },
            as: UTF8.self)
    }
}
