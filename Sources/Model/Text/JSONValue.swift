/// Any JSON, where the form is left open: tags, documents, payloads.
package enum JSONValue: Equatable, Sendable {
    case null
    case boolean(Bool)
    case integer(Int64)
    case number(Double)
    case text(String)
    case list([JSONValue])
    case object([String: JSONValue])

    /// The member of that name; `nil` for anything but an object that has it.
    package subscript(_ name: String) -> JSONValue? {
        if case .object(let members) = self { members[name] } else { nil }
    }

    package var text: String? {
        if case .text(let text) = self { text } else { nil }
    }

    /// A number of either kind.
    package var number: Double? {
        switch self {
        case .integer(let integer): Double(integer)
        case .number(let number): number
        case .null, .boolean, .text, .list, .object: nil
        }
    }

    /// Empty for anything but an object.
    package var members: [String: JSONValue] {
        if case .object(let members) = self { members } else { [:] }
    }

    /// A list as it is, anything else as a list of one: some documents write both.
    package var asList: [JSONValue] {
        if case .list(let items) = self { items } else { [self] }
    }
}

extension JSONValue {
    /// Reads a whole document strictly; `nil` for text that is no JSON.
    package init?(_ text: String) {
        guard !Self.hasTrailingComma(text),
            let value = try? CanonicalJSON.decode(JSONValue.self, from: Array(text.utf8))
        else { return nil }
        self = value
    }

    /// The decoder lets a comma before the end of a list or object pass, and nobody else does.
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
}

extension JSONValue: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        // In the order of how often they are met: each try that fails costs an error.
        if let text = try? container.decode(String.self) {
            self = .text(text)
        } else if container.decodeNil() {
            self = .null
        } else if let members = try? container.decode([String: JSONValue].self) {
            self = .object(members)
        } else if let boolean = try? container.decode(Bool.self) {
            self = .boolean(boolean)
        } else if let integer = try? container.decode(Int64.self) {
            self = .integer(integer)
        } else if let number = try? container.decode(Double.self) {
            self = .number(number)
        } else {
            self = .list(try container.decode([JSONValue].self))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .boolean(let boolean): try container.encode(boolean)
        case .integer(let integer): try container.encode(integer)
        case .number(let number): try container.encode(number)
        case .text(let text): try container.encode(text)
        case .list(let list): try container.encode(list)
        case .object(let members): try container.encode(members)
        }
    }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByDictionaryLiteral {
    package init(stringLiteral text: String) { self = .text(text) }

    package init(dictionaryLiteral members: (String, JSONValue)...) {
        self = .object(Dictionary(members) { _, last in last })
    }
}
