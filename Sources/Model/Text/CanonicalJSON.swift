import FoundationEssentials

/// JSON with sorted keys, no blanks and no escaped slashes: the same value always gives the same bytes.
///
/// What is hashed, signed, stored or printed by Muster goes through here. Dates never do: instants are
/// whole milliseconds (`Timestamp`).
package enum CanonicalJSON {
    /// - Throws: `EncodingError` when the value holds something that JSON cannot say, such as a NaN.
    package static func encode(_ value: some Encodable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return [UInt8](try encoder.encode(value))
    }

    /// The same as text, for one line of `--json` output.
    package static func text(_ value: some Encodable) throws -> String {
        String(decoding: try encode(value), as: UTF8.self)
    }

    /// - Throws: `DecodingError`, naming the key that is missing or of the wrong kind.
    package static func decode<Value: Decodable>(_ type: Value.Type, from bytes: [UInt8]) throws -> Value {
        try JSONDecoder().decode(type, from: Data(bytes))
    }
}
