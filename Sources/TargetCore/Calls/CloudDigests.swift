/// The hashes that signing needs; whoever owns the library gives them.
package struct CloudDigests: Sendable {
    package var sha256: @Sendable (_ bytes: [UInt8]) -> [UInt8]
    package var hmacSHA256: @Sendable (_ key: [UInt8], _ bytes: [UInt8]) -> [UInt8]

    package init(
        sha256: @escaping @Sendable ([UInt8]) -> [UInt8],
        hmacSHA256: @escaping @Sendable ([UInt8], [UInt8]) -> [UInt8]
    ) {
        self.sha256 = sha256
        self.hmacSHA256 = hmacSHA256
    }

    /// HMAC made of the digest, for whoever has no other. Source: RFC 2104, section 2.
    package init(sha256: @escaping @Sendable ([UInt8]) -> [UInt8]) {
        let blockBytes = 64
        self.init(sha256: sha256) { key, bytes in
            let short = key.count > blockBytes ? sha256(key) : key
            let block = short + [UInt8](repeating: 0, count: blockBytes - short.count)
            return sha256(block.map { $0 ^ 0x5C } + sha256(block.map { $0 ^ 0x36 } + bytes))
        }
    }
}
