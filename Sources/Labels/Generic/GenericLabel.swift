import Model

/// JSON objects, `key=value` text and web addresses whose names say what they hold.
enum GenericLabel {
    static let format = LabelFormat(name: "generic-label", fit: fit, read: read)

    private static func fit(_ scan: Scan) -> LabelFormat.Fit {
        let text = scan.text.trimmed
        if let link = WebLink(text) {
            return link.query.contains { FieldAliases.field($0.name) != nil } ? .possible : .none
        }
        if text.first == "{" || text.first == "[" { return .certain }
        // Two names that are known are no chance: a value among them that does not verify is a misread label.
        switch KeyValueText.pairs(text).count(where: { FieldAliases.field($0.name) != nil }) {
        case 0: return .none
        case 1: return .possible
        default: return .certain
        }
    }

    private static func read(_ scan: Scan) throws(LabelFault) -> Reading {
        let text = scan.text.trimmed
        if let link = WebLink(text) { return try read(link) }
        if text.first == "{" || text.first == "[" { return try mapped(try objectPairs(text)) }
        return try mapped(KeyValueText.pairs(text))
    }

    /// Names and values become fields; what has no field is kept as `x.name`. Of two values for a field the
    /// first counts.
    private static func mapped(_ pairs: [(name: String, value: String)]) throws(LabelFault) -> Reading {
        var reading = Reading()
        var seen: Set<String> = []
        for (name, value) in pairs {
            if let field = FieldAliases.field(name) {
                // An empty secret is left out by some vendors' convention.
                if value.isEmpty, field.hasPrefix("secret.") {
                    seen.insert(field)
                    continue
                }
                guard seen.insert(field).inserted else {
                    if !reading.warnings.contains(.duplicateKey) { reading.warnings.append(.duplicateKey) }
                    continue
                }
                try FieldRules.add(field, value, to: &reading)
            } else if !value.isEmpty, name.count <= 32, reading.fields["x.\(name)"] == nil {
                try reading.fields.add("x.\(name)", value)
            }
        }
        guard !seen.isEmpty else { throw .unrecognised }
        return reading
    }

    private static func read(_ link: WebLink) throws(LabelFault) -> Reading {
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

    /// The members of an object that are text, numbers or truth values; nested ones are left out.
    private static func objectPairs(_ text: String) throws(LabelFault) -> [(name: String, value: String)] {
        if let object = FlatJSON(text) { return object.members }
        // Some vendors print braces without quotes.
        guard text.first == "{", text.last == "}", !text.contains("\"") else { throw .badStructure }
        return KeyValueText.pairs(String(text.dropFirst().dropLast()))
    }
}
