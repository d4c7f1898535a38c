/// Names an operator's signing key: the first 32 hex digits, lower-case, of the SHA-256 of its public half.
package struct OperatorKeyID: Identifier {
    package let rawValue: String
    package init(trusted rawValue: String) { self.rawValue = rawValue }

    package static var rule: String { "32 hex digits, lower-case" }

    package static func accepts(_ text: String) -> Bool {
        text.utf8.count == 32
            && text.utf8.allSatisfy { Hexadecimal.value(of: $0) != nil && !(0x41...0x46).contains($0) }
    }

    /// `publicKey` has 32 bytes.
    package init(publicKey: [UInt8], digest: DigestFunction) {
        rawValue = Hexadecimal.encode(digest(publicKey).prefix(16))
    }
}
