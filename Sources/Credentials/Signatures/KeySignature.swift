internal import COpenSSL
import Model

extension PrivateKey {
    /// A signature by this key: ECDSA with the curve's digest in DER, Ed25519, or RSA PKCS #1 1.5 with
    /// SHA-256.
    ///
    /// - Throws: `keyNotReached` when the key is elsewhere and cannot be used, which may pass.
    package func sign(_ bytes: [UInt8]) throws(CredentialsError) -> [UInt8] {
        guard let holder else { return try signHere(bytes) }
        let signature = try holder.signature(over: bytes)
        // A token that was set up anew may have another key under the same name.
        guard handle.isValid(signature, over: bytes) else {
            throw .keyNotReached(ModuleError.otherKey.explanation)
        }
        return signature
    }

    private func signHere(_ bytes: [UInt8]) throws(CredentialsError) -> [UInt8] {
        if kind == .p256 { return try handle.signDigest(Digest.sha256(bytes)) }
        let context = try Library.make(EVP_MD_CTX_new(), KeyHandle.signing)
        defer { EVP_MD_CTX_free(context) }
        try Library.check(
            EVP_DigestSignInit(context, nil, handle.signatureDigest, nil, handle.pointer), KeyHandle.signing)
        var count = 0
        try Library.check(EVP_DigestSign(context, nil, &count, bytes, bytes.count), KeyHandle.signing)
        var signature = [UInt8](repeating: 0, count: count)
        try Library.check(EVP_DigestSign(context, &signature, &count, bytes, bytes.count), KeyHandle.signing)
        return Array(signature.prefix(count))
    }
}

extension CertificateRequest {
    /// Whether the holder of the requested key signed the bytes.
    package func isSigned(_ bytes: [UInt8], by signature: [UInt8]) -> Bool {
        key.isValid(signature, over: bytes)
    }
}

extension Certificate {
    /// Whether the holder of the certified key signed the bytes.
    package func isSigned(_ bytes: [UInt8], by signature: [UInt8]) -> Bool {
        guard let key = X509_get0_pubkey(pointer) else { return false }
        return KeyHandle(sharing: key).isValid(signature, over: bytes)
    }
}

/// Signatures with keys of any kind that devices have. With P-256 the digest is made apart from the signature, which
/// spares the library its search for both by their names.
extension KeyHandle {
    fileprivate static let signing = "Signing"

    /// ECDSA in DER, of a digest.
    fileprivate func signDigest(_ digest: [UInt8]) throws(CredentialsError) -> [UInt8] {
        let context = try Library.make(EVP_PKEY_CTX_new_from_pkey(nil, pointer, nil), Self.signing)
        defer { EVP_PKEY_CTX_free(context) }
        try Library.check(EVP_PKEY_sign_init(context), Self.signing)
        var signature = [UInt8](repeating: 0, count: 80)
        var count = signature.count
        try Library.check(
            EVP_PKEY_sign(context, &signature, &count, digest, digest.count), Self.signing)
        return Array(signature.prefix(count))
    }

    func isValid(_ signature: [UInt8], over bytes: [UInt8]) -> Bool {
        guard !signature.isEmpty else { return false }
        defer { ERR_clear_error() }
        if kind == .p256 { return isValid(signature, ofDigest: Digest.sha256(bytes)) }
        guard let context = EVP_MD_CTX_new() else { return false }
        defer { EVP_MD_CTX_free(context) }
        return EVP_DigestVerifyInit(context, nil, signatureDigest, nil, pointer) == 1
            && EVP_DigestVerify(context, signature, signature.count, bytes, bytes.count) == 1
    }

    private func isValid(_ signature: [UInt8], ofDigest digest: [UInt8]) -> Bool {
        guard let context = EVP_PKEY_CTX_new_from_pkey(nil, pointer, nil) else { return false }
        defer { EVP_PKEY_CTX_free(context) }
        return EVP_PKEY_verify_init(context) == 1
            && EVP_PKEY_verify(context, signature, signature.count, digest, digest.count) == 1
    }
}
