/// The identity of one operation and its idempotency key: a UUID of version 7, lower-case with dashes.
///
/// Made and committed before anything is sent. It is not a secret.
/// Source: RFC 9562, section 5.7.
package struct OperationID: Identifier {
    package let rawValue: String
    package init(trusted rawValue: String) { self.rawValue = rawValue }

    package static var rule: String { "a version 7 UUID, lower-case with dashes" }

    package static func accepts(_ text: String) -> Bool {
        let characters = Array(text.utf8)
        guard characters.count == 36, characters[14] == UInt8(ascii: "7") else { return false }
        return characters.indices.allSatisfy { index in
            if [8, 13, 18, 23].contains(index) { return characters[index] == UInt8(ascii: "-") }
            return Hexadecimal.value(of: characters[index]) != nil
                && !(0x41...0x46).contains(characters[index])
        }
    }

    /// - Parameters:
    ///   - milliseconds: Unix time; the low 48 bits are used.
    ///   - random: 10 random bytes; six bits of them give way to version and variant.
    package init(milliseconds: Int64, random: [UInt8]) {
        precondition(random.count == 10, "a UUIDv7 takes 10 random bytes")
        var bytes: [UInt8] = (0..<6).map { UInt8(truncatingIfNeeded: milliseconds >> (40 - 8 * $0)) } + random
        bytes[6] = bytes[6] & 0x0F | 0x70
        bytes[8] = bytes[8] & 0x3F | 0x80
        let digits = Array(Hexadecimal.encode(bytes))
        self.rawValue = [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(digits[$0]) }
            .joined(separator: "-")
    }
}
