/// A piece of text that names one thing, checked once where it enters and trusted afterwards.
///
/// Each conforming type says which characters it accepts; decoding from JSON applies the same check.
package protocol Identifier: RawRepresentable<String>, Codable, Hashable, Comparable, Sendable,
    CustomStringConvertible
{
    /// Makes an identifier from text that is already known to be acceptable.
    init(trusted rawValue: String)
    /// Whether the text has the shape of this identifier.
    static func accepts(_ text: String) -> Bool
    /// What must hold, for messages: "1 to 63 of a-z, 0-9, dot, dash and underscore …".
    static var rule: String { get }
}

extension Identifier {
    package init?(rawValue: String) {
        guard Self.accepts(rawValue) else { return nil }
        self.init(trusted: rawValue)
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard Self.accepts(text) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "\(Self.self) must be \(Self.rule)")
        }
        self.init(trusted: text)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }

    package var description: String { rawValue }

    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// A name that people choose and type: `a-z`, `0-9`, dot, dash, underscore; 1 to 63, the first a letter or digit.
package protocol NameIdentifier: Identifier {}

extension NameIdentifier {
    package static var rule: String {
        "1 to 63 of a-z, 0-9, dot, dash and underscore, starting with a letter or digit"
    }

    package static func accepts(_ text: String) -> Bool {
        guard let first = text.utf8.first, (1...63).contains(text.utf8.count) else { return false }
        return isLetterOrDigit(first)
            && text.utf8.allSatisfy { isLetterOrDigit($0) || [0x2D, 0x2E, 0x5F].contains($0) }
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte)
    }
}
