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
}
