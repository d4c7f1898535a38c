package import Model

/// The functions of cryptography that some labels are checked with, given by whoever has a library for them.
package struct LabelDigests: Sendable {
    /// 20 bytes.
    package var sha1: DigestFunction
    /// 32 bytes.
    package var sha256: DigestFunction
    /// AES-128 of one block: key and block have 16 bytes each.
    package var aes128: @Sendable (_ key: [UInt8], _ block: [UInt8]) -> [UInt8]

    package init(
        sha1: @escaping DigestFunction, sha256: @escaping DigestFunction,
        aes128: @escaping @Sendable (_ key: [UInt8], _ block: [UInt8]) -> [UInt8]
    ) {
        self.sha1 = sha1
        self.sha256 = sha256
        self.aes128 = aes128
    }
}
