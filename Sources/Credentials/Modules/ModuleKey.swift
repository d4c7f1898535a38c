internal import CPKCS11
internal import COpenSSL
package import Model

/// A key of the curve P-256 or P-384 in a token that a PKCS #11 module reaches: a smart card, a USB token, a network HSM, SoftHSM.
///
/// The module is loaded when the key is first used, and asked anew for each signature: a token may come and go. Source:
/// PKCS #11 Cryptographic Token Interface Base Specification 2.40.
package struct ModuleKey: Sendable {
    private let uri: ModuleKeyURI
    private let readPIN: ModuleKeyURI.PINReader

    package init(_ uri: ModuleKeyURI, readPIN: @escaping ModuleKeyURI.PINReader) {
        self.uri = uri
        self.readPIN = readPIN
    }

    /// The key of the address; it is made when there is none.
    ///
    /// - Parameters:
    ///   - kind: what it must be, P-256 or P-384; without it one that is there may be either, and a new one is P-256.
    ///   - id: tells a new key from others of its name; 16 random bytes will do.
    /// - Returns: the key, which signs in the token.
    /// - Throws: why the token cannot be used; `otherKey` when the one of that name is of neither curve, `otherKind` when it is
    ///   not what it must be, or no token is asked for that.
    package func findOrMake(_ kind: KeyKind? = nil, id: [UInt8]) throws(ModuleError) -> PrivateKey {
        let curve =
            switch kind {
            case nil, .p256: CPKCS11_P256
            case .p384: CPKCS11_P384
            case .ed25519, .x25519, .rsa, .other: throw .otherKey
            }
        var point = cpkcs11_point()
        do throws(ModuleError) {
            try use { cpkcs11_read_point($0, &point) }
        } catch {
            guard error == .noKey, uri.object != nil else { throw error }
            try use(newID: id) { cpkcs11_make_key($0, curve, &point) }
        }
        let key = try Self.publicKey(point)
        if let kind, key.kind != kind { throw .otherKind(key.kind) }
        return try privateKey(key)
    }

    private static func publicKey(_ point: cpkcs11_point) throws(ModuleError) -> KeyHandle {
        let bytes = withUnsafeBytes(of: point.bytes) { Array($0.prefix(point.count)) }
        guard point.curve != CPKCS11_P256 else {
            guard let key = P256.publicKey(bytes[...]) else { throw .otherKey }
            return key
        }
        return try read(PEM.text(label, P384.publicKeyInfo(bytes)))
    }

    /// The key whose public half was kept, without asking the token.
    func key(publicKey pem: String) throws(ModuleError) -> PrivateKey {
        try privateKey(Self.read(pem))
    }

    private static func read(_ pem: String) throws(ModuleError) -> KeyHandle {
        let read = Memory.read(Array(pem.utf8)) { PEM_read_bio_PUBKEY($0, nil, nil, nil) }
        ERR_clear_error()
        guard let read else { throw .otherKey }
        let key = KeyHandle(read)
        guard [.p256, .p384].contains(key.kind) else { throw .otherKey }
        return key
    }

    private static let label = "PUBLIC KEY"

    private func privateKey(_ key: KeyHandle) throws(ModuleError) -> PrivateKey {
        guard let info = try? key.publicKeyInfo else { throw .otherKey }
        let held = Held(uri: uri, key: self, kind: key.kind, reference: PEM.text(Self.label, info))
        return PrivateKey(handle: key, holder: held)
    }

    private struct Held: KeyHolder {
        let uri: ModuleKeyURI
        let key: ModuleKey
        let kind: KeyKind
        let reference: String

        var place: KeyPlace { .module(uri) }

        func signature(over bytes: [UInt8]) throws(CredentialsError) -> [UInt8] {
            var signature = cpkcs11_signature()
            let digest = kind == .p384 ? Digest.sha384(bytes) : Digest.sha256(bytes)
            do throws(ModuleError) {
                try key.use { cpkcs11_sign($0, digest, digest.count, &signature) }
            } catch { throw .keyNotReached(error.explanation) }
            let made = withUnsafeBytes(of: signature.bytes) { Array($0.prefix(signature.count)) }
            return DER.sequence(
                DER.integer(Array(made.prefix(digest.count))), DER.integer(Array(made.suffix(digest.count))))
        }
    }

    /// Calls the module with all that says which key is meant; a PIN lies in protected memory only, but for the copy that
    /// the module makes of it for itself.
    private func use(
        newID: [UInt8] = [], _ call: (UnsafePointer<cpkcs11_key>) -> cpkcs11_result
    ) throws(ModuleError) {
        let pin: SecretBytes? = if let path = uri.pinSource { try readPIN(path) } else { nil }
        let id = uri.id.isEmpty ? newID : uri.id
        let texts = [uri.modulePath, uri.token, uri.serial, uri.manufacturer, uri.model, uri.object]
        let result = CStrings(texts).withPointers { texts in
            id.withUnsafeBufferPointer { id in
                SecretBytes.withBytes(of: pin) { pin in
                    var key = cpkcs11_key(
                        module: texts[0], token: texts[1], serial: texts[2], manufacturer: texts[3],
                        model: texts[4], object: texts[5], id: id.baseAddress, id_count: id.count,
                        pin: pin?.baseAddress?.assumingMemoryBound(to: UInt8.self),
                        pin_count: pin?.count ?? 0)
                    return call(&key)
                }
            }
        }
        try check(result)
    }

    private func check(_ result: cpkcs11_result) throws(ModuleError) {
        switch result.outcome {
        case CPKCS11_DONE: return
        case CPKCS11_NO_MODULE:
            throw .noModule(path: uri.modulePath, reason: String(cString: cpkcs11_load_failure()))
        case CPKCS11_NO_TOKEN: throw .noToken
        case CPKCS11_TWO_TOKENS: throw .severalTokens
        case CPKCS11_WRONG_PIN: throw .wrongPIN
        case CPKCS11_LOCKED_OUT: throw .lockedOut
        case CPKCS11_NO_KEY: throw .noKey
        case CPKCS11_TWO_KEYS: throw .severalKeys
        case CPKCS11_OTHER_KEY: throw .otherKey
        default: throw .refused(code: result.code)
        }
    }
}

/// Texts for C, some of which may be missing.
private struct CStrings {
    private let texts: [[CChar]?]

    init(_ texts: [String?]) {
        self.texts = texts.map { $0.map { Array($0.utf8CString) } }
    }

    func withPointers<Result>(_ body: ([UnsafePointer<CChar>?]) -> Result) -> Result {
        func next(_ index: Int, _ pointers: [UnsafePointer<CChar>?]) -> Result {
            guard index < texts.count else { return body(pointers) }
            guard let text = texts[index] else { return next(index + 1, pointers + [nil]) }
            return text.withUnsafeBufferPointer { next(index + 1, pointers + [$0.baseAddress]) }
        }
        return next(0, [])
    }
}
