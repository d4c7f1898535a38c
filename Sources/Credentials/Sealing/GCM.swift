internal import COpenSSL

/// AES in Galois/Counter Mode with a 16-byte tag behind the ciphertext. Source: NIST SP 800-38D.
enum GCM {
    static let tagBytes = 16

    /// `key` of 16 or 32 bytes, `nonce` of 12.
    static func seal(
        _ plaintext: [UInt8], key: [UInt8], nonce: [UInt8], associatedData: [UInt8]
    ) throws(CredentialsError) -> [UInt8] {
        try key.withRawBytes { key throws(CredentialsError) in
            try plaintext.withRawBytes { plaintext throws(CredentialsError) in
                try seal(plaintext, key: key, nonce: nonce, associatedData: associatedData)
            }
        }
    }

    static func seal(
        _ plaintext: UnsafeRawBufferPointer, key: UnsafeRawBufferPointer, nonce: [UInt8],
        associatedData: [UInt8]
    ) throws(CredentialsError) -> [UInt8] {
        let step = "Sealing"
        let context = try Library.make(EVP_CIPHER_CTX_new(), step)
        defer { EVP_CIPHER_CTX_free(context) }
        var count: Int32 = 0
        try Library.check(EVP_EncryptInit_ex(context, cipher(key.count), nil, start(key), nonce), step)
        try Library.check(
            EVP_EncryptUpdate(context, nil, &count, associatedData, Int32(associatedData.count)), step)
        var output = [UInt8](repeating: 0, count: plaintext.count + tagBytes)
        try Library.check(
            EVP_EncryptUpdate(context, &output, &count, start(plaintext), Int32(plaintext.count)), step)
        var last: Int32 = 0
        var end = [UInt8](repeating: 0, count: 16)
        try Library.check(EVP_EncryptFinal_ex(context, &end, &last), step)
        var tag = [UInt8](repeating: 0, count: tagBytes)
        try Library.check(cossl_gcm_tag(context, 0, &tag), step)
        return Array(output[..<plaintext.count]) + tag
    }

    /// - Throws: `notGenuine` when the tag does not fit.
    static func open(
        _ sealed: [UInt8], key: [UInt8], nonce: [UInt8], associatedData: [UInt8]
    ) throws(CredentialsError) -> [UInt8] {
        try key.withRawBytes { key throws(CredentialsError) in
            try open(sealed, key: key, nonce: nonce, associatedData: associatedData)
        }
    }

    static func open(
        _ sealed: [UInt8], key: UnsafeRawBufferPointer, nonce: [UInt8], associatedData: [UInt8]
    ) throws(CredentialsError) -> [UInt8] {
        var output = [UInt8](repeating: 0, count: max(0, sealed.count - tagBytes))
        let result: Result<Void, CredentialsError> = output.withUnsafeMutableBytes { room in
            Result { () throws(CredentialsError) in
                try open(sealed, into: room, key: key, nonce: nonce, associatedData: associatedData)
            }
        }
        try result.get()
        return output
    }

    /// `room` has as many bytes as the plaintext.
    static func open(
        _ sealed: [UInt8], into room: UnsafeMutableRawBufferPointer, key: UnsafeRawBufferPointer,
        nonce: [UInt8], associatedData: [UInt8]
    ) throws(CredentialsError) {
        let forged = CredentialsError.notGenuine(
            subject: "sealed box", reason: "it was changed, or is not for this key")
        guard sealed.count >= tagBytes else { throw forged }
        var tag = Array(sealed.suffix(tagBytes))
        let step = "Opening a sealed box"
        let context = try Library.make(EVP_CIPHER_CTX_new(), step)
        defer { EVP_CIPHER_CTX_free(context) }
        var count: Int32 = 0
        try Library.check(EVP_DecryptInit_ex(context, cipher(key.count), nil, start(key), nonce), step)
        try Library.check(
            EVP_DecryptUpdate(context, nil, &count, associatedData, Int32(associatedData.count)), step)
        // An empty plaintext has no address, and the library would take that for associated data.
        if let output = room.baseAddress?.assumingMemoryBound(to: UInt8.self), !room.isEmpty {
            try Library.check(EVP_DecryptUpdate(context, output, &count, sealed, Int32(room.count)), step)
        }
        try Library.check(cossl_gcm_tag(context, 1, &tag), step)
        var end = [UInt8](repeating: 0, count: 16)
        guard EVP_DecryptFinal_ex(context, &end, &count) == 1 else {
            ERR_clear_error()
            room.initializeMemory(as: UInt8.self, repeating: 0)
            throw forged
        }
    }

    private static func cipher(_ keyBytes: Int) -> OpaquePointer? {
        keyBytes == 16 ? EVP_aes_128_gcm() : EVP_aes_256_gcm()
    }

    private static func start(_ bytes: UnsafeRawBufferPointer) -> UnsafePointer<UInt8>? {
        bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
    }
}

extension [UInt8] {
    /// The bytes in place, for a body that throws the module's errors.
    func withRawBytes<Value>(
        _ body: (UnsafeRawBufferPointer) throws(CredentialsError) -> Value
    ) throws(CredentialsError) -> Value {
        let result: Result<Value, CredentialsError> = withUnsafeBytes { bytes in
            do throws(CredentialsError) { return .success(try body(bytes)) } catch { return .failure(error) }
        }
        return try result.get()
    }
}
