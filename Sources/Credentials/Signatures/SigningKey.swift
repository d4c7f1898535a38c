internal import COpenSSL
package import Model

/// An Ed25519 key that signs. Source: RFC 8032.
package struct SigningKey: Sendable {
    private let key: KeyHandle

    package static func generate() throws(CredentialsError) -> SigningKey {
        SigningKey(key: try KeyHandle.generate(.ed25519))
    }

    private init(key: KeyHandle) {
        self.key = key
    }

    /// Reads a PKCS #8 key in PEM.
    package init(pem: Redacted<String>) throws(CredentialsError) {
        key = try KeyHandle(pem: pem)
        guard key.kind == .ed25519 else {
            throw .unreadable(subject: "signing key", reason: "it must be an Ed25519 key")
        }
    }

    package var pem: Redacted<String> {
        get throws(CredentialsError) { try key.pem }
    }

    /// 32 bytes.
    package var publicKey: [UInt8] {
        get throws(CredentialsError) { try key.rawPublic }
    }

    /// 64 bytes.
    package func sign(_ bytes: [UInt8]) throws(CredentialsError) -> [UInt8] {
        let context = try Library.make(EVP_MD_CTX_new(), "Signing")
        defer { EVP_MD_CTX_free(context) }
        try Library.check(EVP_DigestSignInit(context, nil, nil, nil, key.pointer), "Signing")
        var signature = [UInt8](repeating: 0, count: 64)
        var count = 64
        try Library.check(EVP_DigestSign(context, &signature, &count, bytes, bytes.count), "Signing")
        return signature
    }
}

/// The public half of an Ed25519 key.
package struct VerifyingKey: Sendable {
    private let key: KeyHandle

    /// 32 bytes, as RFC 8032 encodes them.
    package init(raw: [UInt8]) throws(CredentialsError) {
        guard raw.count == 32 else {
            throw .unreadable(subject: "public key", reason: "an Ed25519 key has 32 bytes, not \(raw.count)")
        }
        key = KeyHandle(
            try Library.make(
                EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nil, raw, 32), "Reading a public key"))
    }

    package func isValid(signature: [UInt8], for bytes: [UInt8]) -> Bool {
        guard signature.count == 64, let context = EVP_MD_CTX_new() else { return false }
        defer {
            EVP_MD_CTX_free(context)
            ERR_clear_error()
        }
        return EVP_DigestVerifyInit(context, nil, nil, nil, key.pointer) == 1
            && EVP_DigestVerify(context, signature, signature.count, bytes, bytes.count) == 1
    }
}
