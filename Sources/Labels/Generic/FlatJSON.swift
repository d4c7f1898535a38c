import FoundationEssentials

/// The members of a JSON object in the order in which they are written; what is nested in it is left out.
struct FlatJSON {
    /// Text, numbers and truth values as text.
    private(set) var members: [(name: String, value: String)] = []

    /// Deepest nesting that is looked at.
    private static let limitDepth = 16

    /// `nil` for text that is not a JSON object, or is nested too deep.
    init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard Self.depth(bytes) <= Self.limitDepth, Self.decoded([String: Scalar].self, bytes[...]) != nil
        else { return nil }
        for (name, value) in Self.tokens(bytes) {
            guard let name = Self.decoded(String.self, name) else { return nil }
            if let value = Self.decoded(Scalar.self, value)?.text { members.append((name, value)) }
        }
    }

    /// The names and values of an object that is known to be one, as they are written.
    private static func tokens(
        _ bytes: [UInt8]
    ) -> [(name: ArraySlice<UInt8>, value: ArraySlice<UInt8>)] {
        var tokens: [(name: ArraySlice<UInt8>, value: ArraySlice<UInt8>)] = []
        var start = bytes.startIndex
        var colon: Int?
        scan(bytes) { index, byte, depth in
            switch byte {
            case UInt8(ascii: "{") where depth == 1: start = index + 1
            case UInt8(ascii: ":") where depth == 1: colon = colon ?? index
            case UInt8(ascii: ",") where depth == 1, UInt8(ascii: "}") where depth == 1:
                if let divider = colon {
                    tokens.append((bytes[start..<divider], bytes[(divider + 1)..<index]))
                }
                (start, colon) = (index + 1, nil)
            default: break
            }
        }
        return tokens
    }

    private static func depth(_ bytes: [UInt8]) -> Int {
        var deepest = 0
        scan(bytes) { _, _, depth in deepest = max(deepest, depth) }
        return deepest
    }

    /// Visits the bytes outside strings, each with the depth of what it belongs to.
    private static func scan(_ bytes: [UInt8], _ visit: (_ index: Int, _ byte: UInt8, _ depth: Int) -> Void) {
        var depth = 0
        var isString = false
        var isEscaped = false
        for (index, byte) in bytes.enumerated() {
            if isString {
                let isQuote = byte == UInt8(ascii: "\"") && !isEscaped
                isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
                if isQuote { isString = false }
                continue
            }
            switch byte {
            case UInt8(ascii: "\""): isString = true
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                depth += 1
                visit(index, byte, depth)
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                visit(index, byte, depth)
                depth -= 1
            default: visit(index, byte, depth)
            }
        }
    }

    private static func decoded<Value: Decodable>(_ type: Value.Type, _ json: ArraySlice<UInt8>) -> Value? {
        try? JSONDecoder().decode(type, from: Data(json))
    }

    private struct Scalar: Decodable {
        var text: String?

        init(from decoder: any Decoder) throws {
            guard let container = try? decoder.singleValueContainer() else { return }
            if let value = try? container.decode(String.self) {
                text = value
            } else if let value = try? container.decode(Bool.self) {
                text = String(value)
            } else if let value = try? container.decode(Int64.self) {
                text = String(value)
            }
        }
    }
}
