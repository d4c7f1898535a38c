internal import COpenSSL
package import Model

/// A PKCS #10 certificate request. Source: RFC 2986.
package final class CertificateRequest: @unchecked Sendable {
    // Immutable after `init`, where everything that reads lazily in the library is read once.
    let pointer: OpaquePointer
    package let der: [UInt8]
    /// The subject's CN; `nil` when there is none, or more than one.
    package let commonName: String?
    /// How many attributes the subject has in all.
    package let subjectAttributeCount: Int
    let names: AlternativeNames
    package let keyKind: KeyKind
    package let publicKeyHash: PayloadHash
    /// Whether the request was signed with the private half of the key it names: proof of possession.
    package let isSignedByItsKey: Bool

    package var dnsNames: [String] { names.dnsNames }
    package var uris: [String] { names.uris }
    /// How many alternative names are neither DNS names nor URIs.
    package var otherNames: Int { names.others }

    /// Larger requests are not looked at.
    package static let limitBytes = 64 << 10

    /// Reads PEM or DER.
    package convenience init(_ bytes: [UInt8]) throws(CredentialsError) {
        guard bytes.count <= Self.limitBytes else {
            throw .tooLarge(subject: "certificate request", limitBytes: Self.limitBytes)
        }
        let read =
            bytes.first == 0x30
            ? DER.read(bytes, { d2i_X509_REQ(nil, $0, $1) }, free: { X509_REQ_free($0) })
            : Memory.read(bytes) { PEM_read_bio_X509_REQ($0, nil, nil, nil) }
        guard let read else { throw Library.unreadable("certificate request") }
        try self.init(taking: read)
    }

    private init(taking pointer: OpaquePointer) throws(CredentialsError) {
        self.pointer = pointer
        der = try DER.bytes("Writing a certificate request") { i2d_X509_REQ(pointer, $0) }
        let subject = X509_REQ_get_subject_name(pointer)
        commonName = DistinguishedName.commonName(of: subject)
        subjectAttributeCount = Int(X509_NAME_entry_count(subject))
        names = Self.names(of: pointer)
        guard let key = X509_REQ_get0_pubkey(pointer) else { throw Library.unreadable("key of the request") }
        EVP_PKEY_up_ref(key)
        let handle = KeyHandle(key)
        keyKind = handle.kind
        publicKeyHash = try KeyHandle.publicKeyHash(X509_REQ_get_X509_PUBKEY(pointer))
        isSignedByItsKey = X509_REQ_verify(pointer, key) == 1
        ERR_clear_error()
    }

    deinit { X509_REQ_free(pointer) }

    private static func names(of request: OpaquePointer) -> AlternativeNames {
        guard let extensions = X509_REQ_get_extensions(request) else { return AlternativeNames() }
        defer { cossl_extensions_free(extensions) }
        let names = X509V3_get_d2i(extensions, NID_subject_alt_name, nil, nil).map { OpaquePointer($0) }
        defer { GENERAL_NAMES_free(names) }
        return AlternativeNames(names)
    }

    /// Makes a request for a key, signed with it.
    package static func create(
        key: PrivateKey, commonName: String, dnsNames: [String] = [], uris: [String] = []
    ) throws(CredentialsError) -> CertificateRequest {
        let step = "Making a certificate request"
        let request = try Library.make(X509_REQ_new(), step)
        do throws(CredentialsError) {
            try Library.check(X509_REQ_set_version(request, 0), step)
            try DistinguishedName.setCommonName(commonName, of: X509_REQ_get_subject_name(request))
            try Library.check(X509_REQ_set_pubkey(request, key.handle.pointer), step)
            let names = AlternativeNames(dnsNames: dnsNames, uris: uris)
            if !names.isEmpty { try add(names, to: request) }
            guard X509_REQ_sign(request, key.handle.pointer, key.handle.signatureDigest) > 0 else {
                throw Library.failure(step)
            }
        } catch {
            X509_REQ_free(request)
            throw error
        }
        return try CertificateRequest(taking: request)
    }

    private static func add(_ names: AlternativeNames, to request: OpaquePointer) throws(CredentialsError) {
        let extensions = try Library.make(cossl_extensions_new(), "Making a certificate request")
        defer { cossl_extensions_free(extensions) }
        _ = cossl_extensions_push(extensions, try names.makeExtension())
        try Library.check(X509_REQ_add_extensions(request, extensions), "Making a certificate request")
    }

    package var pem: String {
        get throws(CredentialsError) {
            let bytes = try Memory.bytes("Writing a certificate request") {
                PEM_write_bio_X509_REQ($0, pointer)
            }
            return String(decoding: bytes, as: UTF8.self)
        }
    }

    /// The requested key, owned by the request.
    var key: OpaquePointer {
        get throws(CredentialsError) {
            try Library.make(X509_REQ_get0_pubkey(pointer), "Reading the key of a request")
        }
    }
}

/// Names made of attributes, of which Muster writes the CN only.
enum DistinguishedName {
    static func commonName(of name: OpaquePointer?) -> String? { text(NID_commonName, of: name) }

    /// The text of the only attribute of its kind; `nil` for none or several, or for text that is not UTF-8.
    static func text(_ kind: Int32, of name: OpaquePointer?) -> String? {
        let first = X509_NAME_get_index_by_NID(name, kind, -1)
        guard first >= 0, X509_NAME_get_index_by_NID(name, kind, first) < 0 else { return nil }
        let value = X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, first))
        var start: UnsafeMutablePointer<UInt8>?
        let count = ASN1_STRING_to_UTF8(&start, value)
        guard count >= 0, let start else {
            ERR_clear_error()
            return nil
        }
        defer { CRYPTO_free(start, nil, 0) }
        return String(validating: UnsafeBufferPointer(start: start, count: Int(count)), as: UTF8.self)
    }

    /// - Throws: `failed` for text longer than the 64 characters that X.520 allows.
    static func setCommonName(_ text: String, of name: OpaquePointer?) throws(CredentialsError) {
        try Library.check(
            X509_NAME_add_entry_by_NID(
                name, NID_commonName, MBSTRING_UTF8, text, Int32(text.utf8.count), -1, 0),
            "Writing a name")
    }
}
