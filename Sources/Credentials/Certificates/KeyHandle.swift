internal import COpenSSL
package import Model

/// Owner of one EVP_PKEY. Immutable once made, and the library counts references with atomics, so it may be shared.
final class KeyHandle: @unchecked Sendable {
    let pointer: OpaquePointer
    /// The key file of a key that a TPM holds, and that the library cannot write; `nil` for all others.
    let fileOfTPM: String?

    /// Takes the pointer over.
    init(_ pointer: OpaquePointer, fileOfTPM: String? = nil) {
        self.pointer = pointer
        self.fileOfTPM = fileOfTPM
    }

    deinit { EVP_PKEY_free(pointer) }

    /// A new key; its private half lies in the secure heap.
    static func generate(_ kind: KeyKind) throws(CredentialsError) -> KeyHandle {
        _ = SecureHeap.isReady
        let made: OpaquePointer?
        switch kind {
        case .p256: made = cossl_generate_ec("P-256")
        case .p384: made = cossl_generate_ec("P-384")
        case .ed25519: made = cossl_generate("ED25519")
        case .x25519: made = cossl_generate("X25519")
        case .rsa(let bits):
            guard (2048...8192).contains(bits) else {
                throw .failed(step: "Making a key", reason: "an RSA key must have 2048 to 8192 bits")
            }
            made = cossl_generate_rsa(bits)
        case .other(let name): throw .failed(step: "Making a key", reason: "`\(name)` is not offered")
        }
        return KeyHandle(try Library.make(made, "Making a key"))
    }

    convenience init(pem: Redacted<String>) throws(CredentialsError) {
        // Without a callback the library would ask for a passphrase on the terminal.
        let read = Memory.read(Array(pem.unredacted.utf8)) {
            PEM_read_bio_PrivateKey($0, nil, { @Sendable _, _, _, _ in -1 }, nil)
        }
        guard let read else { throw Library.unreadable("private key") }
        self.init(read)
    }

    var kind: KeyKind {
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

    /// PKCS #8, not encrypted: for files of mode 0600 only. Of a TPM's key: what that TPM alone can use.
    var pem: Redacted<String> {
        get throws(CredentialsError) {
            if let fileOfTPM { return Redacted(fileOfTPM) }
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

    /// SHA-256 of the SubjectPublicKeyInfo in DER.
    var publicKeyHash: PayloadHash {
        get throws(CredentialsError) {
            let der = try DER.bytes("Writing a public key") { i2d_PUBKEY(pointer, $0) }
            return PayloadHash(digest: Digest.sha256(der))
        }
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

/// DER as the library writes it.
enum DER {
    /// Calls an `i2d` function twice: for the length, then for the bytes.
    static func bytes(
        _ step: String, _ encode: (UnsafeMutablePointer<UnsafeMutablePointer<UInt8>?>?) -> Int32
    ) throws(CredentialsError) -> [UInt8] {
        let count = encode(nil)
        guard count > 0 else { throw Library.failure(step) }
        var bytes = [UInt8](repeating: 0, count: Int(count))
        let written = bytes.withUnsafeMutableBufferPointer { buffer in
            var position = buffer.baseAddress
            return encode(&position)
        }
        guard written == count else { throw Library.failure(step) }
        return bytes
    }

    /// Reads with a `d2i` function; bytes left over are an error.
    static func read(
        _ bytes: [UInt8], _ decode: (UnsafeMutablePointer<UnsafePointer<UInt8>?>, Int) -> OpaquePointer?,
        free: (OpaquePointer) -> Void
    ) -> OpaquePointer? {
        bytes.withUnsafeBufferPointer { buffer in
            var position = buffer.baseAddress
            guard let start = position, let value = decode(&position, buffer.count) else { return nil }
            guard position == start + buffer.count else {
                free(value)
                return nil
            }
            return value
        }
    }
}

/// A key pair of a device, an authority or a server.
package struct PrivateKey: Sendable {
    let handle: KeyHandle

    package static func generate(_ kind: KeyKind) throws(CredentialsError) -> PrivateKey {
        PrivateKey(handle: try KeyHandle.generate(kind))
    }

    init(handle: KeyHandle) {
        self.handle = handle
    }

    /// Reads a PKCS #8 or traditional key in PEM; encrypted ones are refused.
    package init(pem: Redacted<String>) throws(CredentialsError) {
        handle = try KeyHandle(pem: pem)
    }

    package var kind: KeyKind { handle.kind }

    /// PKCS #8, not encrypted: for files of mode 0600 only. Of a TPM's key: what that TPM alone can use.
    package var pem: Redacted<String> {
        get throws(CredentialsError) { try handle.pem }
    }

    package var publicKeyHash: PayloadHash {
        get throws(CredentialsError) { try handle.publicKeyHash }
    }
}
