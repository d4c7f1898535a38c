internal import COpenSSL
package import Model

/// A PKCS #10 certificate request. Source: RFC 2986.
package final class CertificateRequest: Sendable {
    package let der: [UInt8]
    /// The subject's CN; `nil` when there is none, or more than one.
    package let commonName: String?
    /// How many attributes the subject has in all.
    package let subjectAttributeCount: Int
    let names: AlternativeNames
    /// The requested key.
    let key: KeyHandle
    /// Its SubjectPublicKeyInfo, as it stands in the request.
    let publicKeyInfo: [UInt8]
    package let publicKeyHash: PayloadHash
    /// Whether the request was signed with the private half of the key it names: proof of possession.
    package let isSignedByItsKey: Bool

    package var keyKind: KeyKind { key.kind }
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
        if let contents = UsualRequest(bytes), let key = P256.publicKey(contents.point) {
            self.init(contents, key, of: bytes)
        } else {
            try self.init(byLibrary: bytes)
        }
    }

    private init(_ contents: UsualRequest, _ key: KeyHandle, of der: [UInt8]) {
        self.der = der
        self.key = key
        commonName = contents.commonName
        subjectAttributeCount = contents.subjectAttributeCount
        names = contents.names
        publicKeyInfo = Array(contents.publicKeyInfo)
        publicKeyHash = PayloadHash(digest: Digest.sha256(publicKeyInfo))
        isSignedByItsKey = key.isValid(Array(contents.signature), over: Array(contents.signedPart))
    }

    /// Reads a request of any form that the library knows; slower than `init(_:)`, and to the same result.
    package init(byLibrary bytes: [UInt8]) throws(CredentialsError) {
        let pointer = try Self.read(bytes)
        defer {
            X509_REQ_free(pointer)
            ERR_clear_error()
        }
        der = try DER.bytes("Writing a certificate request") { i2d_X509_REQ(pointer, $0) }
        let subject = X509_REQ_get_subject_name(pointer)
        commonName = DistinguishedName.commonName(of: subject)
        subjectAttributeCount = Int(X509_NAME_entry_count(subject))
        names = Self.names(of: pointer)
        guard let key = X509_REQ_get0_pubkey(pointer) else { throw Library.unreadable("key of the request") }
        self.key = KeyHandle(sharing: key)
        publicKeyInfo = try DER.bytes("Writing a public key") {
            i2d_X509_PUBKEY(X509_REQ_get_X509_PUBKEY(pointer), $0)
        }
        publicKeyHash = PayloadHash(digest: Digest.sha256(publicKeyInfo))
        isSignedByItsKey = X509_REQ_verify(pointer, key) == 1
    }

    /// The library's request, to be freed by the caller.
    static func read(_ bytes: [UInt8]) throws(CredentialsError) -> OpaquePointer {
        let read =
            bytes.first == 0x30
            ? DER.read(bytes, { d2i_X509_REQ(nil, $0, $1) }, free: { X509_REQ_free($0) })
            : Memory.read(bytes) { PEM_read_bio_X509_REQ($0, nil, nil, nil) }
        guard let read else { throw Library.unreadable("certificate request") }
        return read
    }

    private static func names(of request: OpaquePointer) -> AlternativeNames {
        guard let extensions = X509_REQ_get_extensions(request) else { return AlternativeNames() }
        defer { cossl_extensions_free(extensions) }
        let names = X509V3_get_d2i(extensions, NID_subject_alt_name, nil, nil).map { OpaquePointer($0) }
        defer { GENERAL_NAMES_free(names) }
        return AlternativeNames(names)
    }

    /// What was just made here, and is known without reading it.
    private init(
        made der: [UInt8], key: KeyHandle, publicKeyInfo: [UInt8], commonName: String,
        names: AlternativeNames
    ) {
        self.der = der
        self.key = key
        self.publicKeyInfo = publicKeyInfo
        self.commonName = commonName
        self.names = names
        subjectAttributeCount = 1
        publicKeyHash = PayloadHash(digest: Digest.sha256(publicKeyInfo))
        isSignedByItsKey = true
    }

    /// Makes a request for a key, signed with it.
    package static func create(
        key: PrivateKey, commonName: String, dnsNames: [String] = [], uris: [String] = []
    ) throws(CredentialsError) -> CertificateRequest {
        let names = AlternativeNames(dnsNames: dnsNames, uris: uris)
        let info = try key.handle.publicKeyInfo
        let body = DER.sequence(
            DER.integer([0]), try DistinguishedName.encoded(commonName: commonName), info,
            DER.element(DER.Tag.constructed(0), try attributes(names)))
        return CertificateRequest(
            made: try key.signed(body), key: key.handle, publicKeyInfo: info, commonName: commonName,
            names: names)
    }

    private static func attributes(_ names: AlternativeNames) throws(CredentialsError) -> [UInt8] {
        guard !names.isEmpty else { return [] }
        let extensions = DER.sequence(try CertificateExtension.alternativeNames(names))
        return DER.sequence(
            DER.element(DER.Tag.object, UsualRequest.extensionRequest), DER.element(DER.Tag.set, extensions))
    }

    package var pem: String {
        get throws(CredentialsError) { PEM.text("CERTIFICATE REQUEST", der) }
    }
}
