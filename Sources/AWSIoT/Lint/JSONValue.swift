import Model

/// Any JSON, for documents whose form is not fixed.
package enum JSONValue: Codable, Equatable, Sendable {
    case null
    case truth(Bool)
    case number(Double)
    case text(String)
    case list([JSONValue])
    case object([String: JSONValue])

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .truth(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .text(value)
        } else if let value = try? container.decode([JSONValue].self) {
            self = .list(value)
        } else {
            self = .object(try container.decode([String: JSONValue].self))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .truth(let value): try container.encode(value)
        case .number(let value): try container.encode(value)
        case .text(let value): try container.encode(value)
        case .list(let value): try container.encode(value)
        case .object(let value): try container.encode(value)
        }
    }

    /// `nil` for text that is no JSON.
    package init?(_ text: String) {
        guard !Self.hasTrailingComma(text),
            let value = try? CanonicalJSON.decode(JSONValue.self, from: Array(text.utf8))
        else { return nil }
        self = value
    }

    /// The decoder lets a comma before the end of a list or object pass, and AWS does not.
    private static func hasTrailingComma(_ text: String) -> Bool {
        var (isInText, isEscaped, last) = (false, false, UInt8(0))
        for byte in text.utf8 {
            if isInText {
                (isInText, isEscaped) = (isEscaped || byte != 0x22, !isEscaped && byte == 0x5C)
                continue
            }
            if byte == 0x22 { isInText = true }
            if byte == 0x5D || byte == 0x7D, last == 0x2C { return true }
            if ![0x20, 0x09, 0x0A, 0x0D].contains(byte) { last = byte }
        }
        return false
    }

    package subscript(_ name: String) -> JSONValue? {
        if case .object(let members) = self { members[name] } else { nil }
    }

    package var members: [String: JSONValue] {
        if case .object(let members) = self { members } else { [:] }
    }

    package var text: String? {
        if case .text(let text) = self { text } else { nil }
    }

    /// A list as it is, anything else as a list of one: policies write both.
    package var asList: [JSONValue] {
        if case .list(let items) = self { items } else { [self] }
    }
}
