internal import COpenSSL
import Model

/// Owner of one EVP_PKEY. Immutable once made, and the library counts references with atomics, so it may be shared.
final class KeyHandle: @unchecked Sendable {
    let pointer: OpaquePointer
    let kind: KeyKind

    /// Takes the pointer over. The kind is read when it is not known, which takes a quarter of a signature's time.
    init(_ pointer: OpaquePointer, kind: KeyKind? = nil) {
        self.pointer = pointer
        self.kind = kind ?? Self.kind(of: pointer)
    }

    /// Shares a key that something else of the library owns.
    convenience init(sharing pointer: OpaquePointer) {
        EVP_PKEY_up_ref(pointer)
        self.init(pointer)
    }

    deinit { EVP_PKEY_free(pointer) }

    convenience init(pem: Redacted<String>) throws(CredentialsError) {
        // Without a callback the library would ask for a passphrase on the terminal.
        let read = Memory.read(Array(pem.unredacted.utf8)) {
            PEM_read_bio_PrivateKey($0, nil, { @Sendable _, _, _, _ in -1 }, nil)
        }
        guard let read else { throw Library.unreadable("private key") }
        self.init(read)
    }

    private static func kind(of pointer: OpaquePointer) -> KeyKind {
        switch EVP_PKEY_get_base_id(pointer) {
        case EVP_PKEY_ED25519: return .ed25519
        case EVP_PKEY_X25519: return .x25519
        case EVP_PKEY_RSA: return .rsa(bits: Int(EVP_PKEY_get_bits(pointer)))
        case EVP_PKEY_EC:
            var name = [CChar](repeating: 0, count: 64)
            var count = 0
            guard EVP_PKEY_get_group_name(pointer, &name, name.count, &count) == 1 else {
                ERR_clear_error()
                return .other("EC with explicit parameters")
            }
            let curve = String(decoding: name.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
            return curve == "prime256v1" ? .p256 : curve == "secp384r1" ? .p384 : .other(curve)
        default:
            return .other(EVP_PKEY_get0_type_name(pointer).map { String(cString: $0) } ?? "unknown")
        }
    }

    /// PKCS #8, not encrypted: for files of mode 0600 only.
    var pem: Redacted<String> {
        get throws(CredentialsError) {
            let bytes = try Memory.bytes("Writing a key") {
                PEM_write_bio_PKCS8PrivateKey($0, pointer, nil, nil, 0, nil, nil)
            }
            return Redacted(String(decoding: bytes, as: UTF8.self))
        }
    }

    /// The 32 bytes of an Ed25519 or X25519 public key.
    var rawPublic: [UInt8] {
        get throws(CredentialsError) {
            var raw = [UInt8](repeating: 0, count: 32)
            var count = 32
            try Library.check(EVP_PKEY_get_raw_public_key(pointer, &raw, &count), "Reading a public key")
            return raw
        }
    }

    /// The 32 bytes of an Ed25519 or X25519 private key.
    var rawPrivate: [UInt8] {
        get throws(CredentialsError) {
            var raw = [UInt8](repeating: 0, count: 32)
            var count = 32
            try Library.check(EVP_PKEY_get_raw_private_key(pointer, &raw, &count), "Reading a private key")
            return raw
        }
    }

    /// SubjectPublicKeyInfo in DER.
    var publicKeyInfo: [UInt8] {
        get throws(CredentialsError) {
            if kind == .p256, let point = P256.point(of: pointer) { return P256.publicKeyInfo(point) }
            return try DER.bytes("Writing a public key") { i2d_PUBKEY(pointer, $0) }
        }
    }

    /// SHA-256 of the SubjectPublicKeyInfo in DER.
    var publicKeyHash: PayloadHash {
        get throws(CredentialsError) { PayloadHash(digest: Digest.sha256(try publicKeyInfo)) }
    }

    /// The same of a key that lies encoded in a certificate or request: a hundredth of the time that encoding takes.
    static func publicKeyHash(_ encoded: OpaquePointer?) throws(CredentialsError) -> PayloadHash {
        let der = try DER.bytes("Writing a public key") { i2d_X509_PUBKEY(encoded, $0) }
        return PayloadHash(digest: Digest.sha256(der))
    }

    /// The digest that signatures with this key take; Ed25519 brings its own.
    var signatureDigest: OpaquePointer? {
        switch kind {
        case .ed25519: nil
        case .p384: EVP_sha384()
        case .p256, .x25519, .rsa, .other: EVP_sha256()
        }
    }
}
