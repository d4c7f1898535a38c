internal import COpenSSL
import Model

/// Public keys of the curve P-256 in their usual form, without the library's general decoder and encoder: those look for
/// a format among all they know, and take as long as three signatures. Sources: RFC 5480, section 2; SEC 1, section 2.3.
enum P256 {
    /// Bytes of a point that is not compressed: 4, x and y.
    static let pointBytes = 65
    /// Everything of a SubjectPublicKeyInfo before the point.
    static let infoPrefix: [UInt8] = [
        0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01, 0x06, 0x08, 0x2A, 0x86,
        0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
    ]

    static func publicKeyInfo(_ point: [UInt8]) -> [UInt8] { infoPrefix + point }

    /// The point of a SubjectPublicKeyInfo; `nil` for another kind of key, and for other forms of this one.
    static func point(in info: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        guard info.count == infoPrefix.count + pointBytes, info.starts(with: infoPrefix) else { return nil }
        let point = info.dropFirst(infoPrefix.count)
        return point.first == 4 ? point : nil
    }

    /// The point of a key; `nil` when the library does not give it in this form, such as of a TPM's key.
    static func point(of key: OpaquePointer) -> [UInt8]? {
        var point = [UInt8](repeating: 0, count: pointBytes)
        var count = 0
        let status = EVP_PKEY_get_octet_string_param(
            key, OSSL_PKEY_PARAM_PUB_KEY, &point, point.count, &count)
        guard status == 1, count == pointBytes, point.first == 4 else {
            ERR_clear_error()
            return nil
        }
        return point
    }

    /// A public key from its point; `nil` when that is not on the curve.
    static func publicKey(_ point: ArraySlice<UInt8>) -> KeyHandle? {
        guard let curve, let key = EVP_PKEY_dup(curve.pointer) else { return nil }
        let status = Array(point).withUnsafeBufferPointer {
            EVP_PKEY_set1_encoded_public_key(key, $0.baseAddress, $0.count)
        }
        guard status == 1 else {
            EVP_PKEY_free(key)
            ERR_clear_error()
            return nil
        }
        return KeyHandle(key, kind: .p256)
    }

    /// A key of nothing but the curve, to be copied.
    private static let curve: KeyHandle? = {
        guard let whole = try? KeyHandle.generate(.p256), let empty = EVP_PKEY_new() else { return nil }
        guard EVP_PKEY_copy_parameters(empty, whole.pointer) == 1 else {
            EVP_PKEY_free(empty)
            return nil
        }
        return KeyHandle(empty, kind: .p256)
    }()
}

/// Public keys of the curve P-384, which are few: the library's decoder reads them.
enum P384 {
    static func publicKeyInfo(_ point: [UInt8]) -> [UInt8] {
        DER.sequence(
            DER.sequence(DER.object([1, 2, 840, 10045, 2, 1]), DER.object([1, 3, 132, 0, 34])),
            DER.bitString(point))
    }
}
