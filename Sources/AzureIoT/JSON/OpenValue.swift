/// JSON whose form Azure leaves open: tags, desired properties, notes, payloads.
package enum OpenValue: Equatable, Sendable {
    case null
    case boolean(Bool)
    case integer(Int64)
    case number(Double)
    case text(String)
    case list([OpenValue])
    case object([String: OpenValue])

    /// The member of that name; `nil` for anything but an object that has it.
    package subscript(_ name: String) -> OpenValue? {
        if case .object(let members) = self { members[name] } else { nil }
    }

    package var textValue: String? {
        if case .text(let text) = self { text } else { nil }
    }
}

extension OpenValue: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        // In the order of how often they are met: each try that fails costs an error.
        if let text = try? container.decode(String.self) {
            self = .text(text)
        } else if container.decodeNil() {
            self = .null
        } else if let members = try? container.decode([String: OpenValue].self) {
            self = .object(members)
        } else if let boolean = try? container.decode(Bool.self) {
            self = .boolean(boolean)
        } else if let integer = try? container.decode(Int64.self) {
            self = .integer(integer)
        } else if let number = try? container.decode(Double.self) {
            self = .number(number)
        } else {
            self = .list(try container.decode([OpenValue].self))
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

extension OpenValue: ExpressibleByStringLiteral, ExpressibleByDictionaryLiteral {
    package init(stringLiteral text: String) { self = .text(text) }

    package init(dictionaryLiteral members: (String, OpenValue)...) {
        self = .object(Dictionary(members) { _, last in last })
    }
}
