internal import COpenSSL

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

    /// The contents of the object identifier of CN.
    static let commonNameType: [UInt8] = [0x55, 0x04, 0x03]
    private static let commonNameID = DER.element(DER.Tag.object, commonNameType)

    /// A name of one CN, in DER.
    ///
    /// - Throws: `failed` for text without characters, or longer than the 64 that X.520 allows.
    static func encoded(commonName: String) throws(CredentialsError) -> [UInt8] {
        guard (1...64).contains(commonName.unicodeScalars.count) else {
            throw .failed(step: "Writing a name", reason: "a common name must have 1 to 64 characters")
        }
        let attribute = DER.sequence(
            commonNameID,
            DER.element(DER.Tag.utf8String, Array(commonName.utf8)))
        return DER.sequence(DER.element(DER.Tag.set, attribute))
    }

    /// A name of the library's in DER.
    static func encoded(_ name: OpaquePointer?) throws(CredentialsError) -> [UInt8] {
        try DER.bytes("Writing a name") { i2d_X509_NAME(name, $0) }
    }
}
