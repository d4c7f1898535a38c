import FoundationEssentials
import Model

/// JSON objects, `key=value` text and web addresses whose names say what they hold.
enum GenericLabel {
    static let format = LabelFormat(name: "generic-label", fit: fit, read: read)

    private static func fit(_ scan: Scan) -> LabelFormat.Fit {
        let text = scan.text.trimmed
        if text.first == "{" || text.first == "[" || WebLink(text) != nil { return .certain }
        return pairs(text).contains { FieldAliases.field($0.name) != nil } ? .possible : .none
    }

    private static func read(_ scan: Scan) throws(LabelError) -> Reading {
        let text = scan.text.trimmed
        if let link = WebLink(text) { return try read(link) }
        if text.first == "{" || text.first == "[" { return try mapped(try objectPairs(text)) }
        return try mapped(pairs(text))
    }

    /// Names and values become fields; what has no field is kept as `x.name`.
    private static func mapped(_ pairs: [(name: String, value: String)]) throws(LabelError) -> Reading {
        var reading = Reading()
        var isKnown = false
        for (name, value) in pairs {
            if let field = FieldAliases.field(name) {
                isKnown = true
                // An empty secret is left out by some vendors' convention.
                if value.isEmpty, field.hasPrefix("secret.") { continue }
                try FieldRules.add(field, value, to: &reading)
            } else if !value.isEmpty, name.count <= 32, reading.fields["x.\(name)"] == nil {
                try reading.fields.add("x.\(name)", value)
            }
        }
        guard isKnown else { throw .unrecognised }
        return reading
    }

    private static func read(_ link: WebLink) throws(LabelError) -> Reading {
        var pairs: [(name: String, value: String)] = []
        for (name, value) in link.query {
            guard let name = PercentEncoding.decode(name), let value = PercentEncoding.decode(value) else {
                throw .badCharset
            }
            pairs.append((name, value))
        }
        var reading = try mapped(pairs)
        try reading.fields.add("linkDomain", link.host)
        if link.scheme.lowercased() == "http" { reading.warnings.append(.insecureScheme) }
        return reading
    }

    // MARK: JSON

    /// The members of an object that are text, numbers or truth values; nested ones are left out.
    private static func objectPairs(_ text: String) throws(LabelError) -> [(name: String, value: String)] {
        let data = Data(text.utf8)
        if let object = try? JSONDecoder().decode([String: Member].self, from: data) {
            return object.sorted { $0.key < $1.key }.compactMap { name, member in
                member.text.map { (name, $0) }
            }
        }
        // Some vendors print braces without quotes.
        guard text.first == "{", text.last == "}", !text.contains("\"") else { throw .badStructure }
        return pairs(String(text.dropFirst().dropLast()))
    }

    private struct Member: Decodable {
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

    // MARK: Key and value

    /// `key:value` and `key=value`, divided by `;`, `,`, `|` or line ends, or by blanks before the next key.
    private static func pairs(_ text: String) -> [(name: String, value: String)] {
        var pieces = text.split { ";,|".contains($0) || $0.isNewline }
        if pieces.count == 1 { pieces = blankSeparated(text) }
        return pieces.compactMap { piece in
            guard let divider = piece.firstIndex(where: { $0 == ":" || $0 == "=" }) else { return nil }
            let name = piece[..<divider].trimmed
            let value = piece[piece.index(after: divider)...].trimmed
            guard (1...32).contains(name.count) else { return nil }
            return (name, value)
        }
    }

    /// Words, each of which starts a piece when it has a divider behind a name; others belong to the piece before.
    private static func blankSeparated(_ text: String) -> [Substring] {
        var pieces: [Substring] = []
        for word in text.split(separator: " ") {
            let name = word.prefix { $0 != ":" && $0 != "=" }
            let startsPiece =
                name.count < word.count && !name.isEmpty && !word.dropFirst(name.count).hasPrefix("://")
            if startsPiece || pieces.isEmpty {
                pieces.append(word)
            } else if let last = pieces.indices.last {
                let isFresh = pieces[last].last == ":" || pieces[last].last == "="
                // A value of several words ends where free text could begin: only an empty value takes the next word.
                if isFresh { pieces[last] = pieces[last] + word }
            }
        }
        return pieces
    }
}
