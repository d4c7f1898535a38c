internal import COpenSSL

/// The block cipher alone, for constructions that other standards build on it. Source: FIPS 197.
package enum AES128 {
    /// One block of 16 bytes under a key of 16 bytes.
    @Sendable package static func encrypt(key: [UInt8], block: [UInt8]) -> [UInt8] {
        precondition(key.count == 16 && block.count == 16, "key and block have 16 bytes each")
        let context = EVP_CIPHER_CTX_new()
        defer { EVP_CIPHER_CTX_free(context) }
        var encrypted = [UInt8](repeating: 0, count: 16)
        var count: Int32 = 0
        let isDone =
            EVP_EncryptInit_ex(context, EVP_aes_128_ecb(), nil, key, nil) == 1
            && EVP_CIPHER_CTX_set_padding(context, 0) == 1
            && EVP_EncryptUpdate(context, &encrypted, &count, block, 16) == 1 && count == 16
        precondition(isDone, "AES-128 is part of every OpenSSL and one block cannot fail")
        return encrypted
    }
}
