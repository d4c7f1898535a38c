internal import COpenSSL

extension PrivateKey {
    /// A signature by this key: ECDSA with the curve's digest in DER, Ed25519, or RSA PKCS #1 1.5 with
    /// SHA-256.
    package func sign(_ bytes: [UInt8]) throws(CredentialsError) -> [UInt8] {
        let context = try Library.make(EVP_MD_CTX_new(), "Signing")
        defer { EVP_MD_CTX_free(context) }
        try Library.check(
            EVP_DigestSignInit(context, nil, handle.signatureDigest, nil, handle.pointer), "Signing")
        var count = 0
        try Library.check(EVP_DigestSign(context, nil, &count, bytes, bytes.count), "Signing")
        var signature = [UInt8](repeating: 0, count: count)
        try Library.check(EVP_DigestSign(context, &signature, &count, bytes, bytes.count), "Signing")
        return Array(signature.prefix(count))
    }
}

extension CertificateRequest {
    /// Whether the holder of the requested key signed the bytes.
    package func isSigned(_ bytes: [UInt8], by signature: [UInt8]) -> Bool {
        guard let key = try? key else { return false }
        return KeySignature.isValid(signature, over: bytes, by: key)
    }
}

extension Certificate {
    /// Whether the holder of the certified key signed the bytes.
    package func isSigned(_ bytes: [UInt8], by signature: [UInt8]) -> Bool {
        guard let key = X509_get0_pubkey(pointer) else { return false }
        return KeySignature.isValid(signature, over: bytes, by: key)
    }
}

/// Signatures with keys of any kind that devices have.
private enum KeySignature {
    /// The key is borrowed.
    static func isValid(_ signature: [UInt8], over bytes: [UInt8], by key: OpaquePointer) -> Bool {
        guard !signature.isEmpty, let context = EVP_MD_CTX_new() else { return false }
        defer {
            EVP_MD_CTX_free(context)
            ERR_clear_error()
        }
        EVP_PKEY_up_ref(key)
        let handle = KeyHandle(key)
        return EVP_DigestVerifyInit(context, nil, handle.signatureDigest, nil, handle.pointer) == 1
            && EVP_DigestVerify(context, signature, signature.count, bytes, bytes.count) == 1
    }
}
