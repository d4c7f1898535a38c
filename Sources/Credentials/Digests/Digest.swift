internal import COpenSSL

/// Hashes. Source: FIPS 180-4, RFC 2104.
package enum Digest {
    /// Fetched once: the library's own `EVP_sha256` is looked up anew at each use, under a lock. Never freed or changed.
    nonisolated(unsafe) private static let fetchedSHA256 = EVP_MD_fetch(nil, "SHA256", nil)
    nonisolated(unsafe) private static let fetchedSHA1 = EVP_MD_fetch(nil, "SHA1", nil)

    /// 32 bytes.
    @Sendable package static func sha256(_ bytes: [UInt8]) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: 32)
        let status = EVP_Digest(bytes, bytes.count, &digest, nil, fetchedSHA256, nil)
        precondition(status == 1, "SHA-256 is part of every OpenSSL and cannot fail")
        return digest
    }

    /// 32 bytes, from and into memory of the caller's.
    static func sha256(_ bytes: UnsafeRawBufferPointer, into room: UnsafeMutableRawBufferPointer) {
        let start = room.baseAddress?.assumingMemoryBound(to: UInt8.self)
        let status = EVP_Digest(bytes.baseAddress, bytes.count, start, nil, fetchedSHA256, nil)
        precondition(status == 1 && room.count >= 32, "SHA-256 is part of every OpenSSL and cannot fail")
    }

    /// 48 bytes.
    static func sha384(_ bytes: [UInt8]) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: 48)
        let status = EVP_Digest(bytes, bytes.count, &digest, nil, EVP_sha384(), nil)
        precondition(status == 1, "SHA-384 is part of every OpenSSL and cannot fail")
        return digest
    }

    /// 20 bytes. Only for checksums that other standards define so; it proves nothing.
    @Sendable package static func sha1(_ bytes: [UInt8]) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: 20)
        let status = EVP_Digest(bytes, bytes.count, &digest, nil, fetchedSHA1, nil)
        precondition(status == 1, "SHA-1 is part of OpenSSL's default provider")
        return digest
    }

    /// 32 bytes.
    package static func hmacSHA256(key: [UInt8], _ bytes: [UInt8]) -> [UInt8] {
        var code = [UInt8](repeating: 0, count: 32)
        var count: UInt32 = 32
        // A null key means "the key of the last call" to the library, so an empty key gets an address of its own.
        let key = key.isEmpty ? [0] : key
        let length = key.count
        let result = HMAC(EVP_sha256(), key, Int32(length), bytes, bytes.count, &code, &count)
        precondition(result != nil, "HMAC over SHA-256 cannot fail")
        return code
    }

    /// Compares without telling by its time where two values differ.
    package static func equal(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        left.count == right.count && CRYPTO_memcmp(left, right, left.count) == 0
    }
}
