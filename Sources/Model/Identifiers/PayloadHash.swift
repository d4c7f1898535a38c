/// The SHA-256 of exact bytes: 32 bytes, in text 64 lower-case hex digits.
package struct PayloadHash: Identifier {
    package let rawValue: String
    package init(trusted rawValue: String) { self.rawValue = rawValue }

    package static var rule: String { "64 lower-case hex digits" }

    package static func accepts(_ text: String) -> Bool {
        text.utf8.count == 64
            && text.utf8.allSatisfy { Hexadecimal.value(of: $0) != nil && !(0x41...0x46).contains($0) }
    }

    /// - Parameter digest: 32 bytes, as a digest function returns them.
    package init(digest: [UInt8]) {
        precondition(digest.count == 32, "a SHA-256 digest has 32 bytes")
        rawValue = Hexadecimal.encode(digest)
    }

    /// What the first link of a hash chain points at.
    package static let zero = PayloadHash(digest: [UInt8](repeating: 0, count: 32))
}

/// SHA-256 as a value, so that pure modules can chain hashes without knowing a library.
package typealias DigestFunction = @Sendable ([UInt8]) -> [UInt8]
