import Model

/// GS1 element strings, as symbols carry them and as they are printed below.
///
/// Source: GS1 General Specifications, section 7.8; https://ref.gs1.org/standards/genspecs/
enum GS1ElementString {
    static let format = LabelFormat(name: "gs1-element-string", fit: fit, read: read)

    /// FNC1 within a symbol, as readers deliver it.
    static let separator: Character = "\u{1D}"

    private static func fit(_ scan: Scan) -> LabelFormat.Fit {
        switch scan.isMarkedGS1 {
        case true: return .certain
        case false: return bracketed(scan.text) ? .certain : .none
        case nil:
            if bracketed(scan.text) || scan.text.first == separator { return .certain }
            // Typed or delivered without an identifier: a GTIN that verifies, perhaps with more behind it, or
            // the number of a parcel that verifies.
            let text = scan.text.prefix(16)
            let isParcel =
                scan.text.count == 20 && text.hasPrefix("00") && CheckDigits.isGS1(scan.text.dropFirst(2))
            let looksRight =
                text.count == 16 && text.hasPrefix("01") && CheckDigits.isGS1(text.dropFirst(2)) || isParcel
            return looksRight && !scan.isRetailSymbol ? .possible : .none
        }
    }

    /// Whether the text is written for people: `(01)…`.
    private static func bracketed(_ text: String) -> Bool {
        var rest = text[...]
        return openingBracket(&rest) != nil
    }

    private static func read(_ scan: Scan) throws(LabelFault) -> Reading {
        if bracketed(scan.text) { return Reading(try readBracketed(scan.text, year: scan.year)) }
        if scan.isMarkedGS1 == false { throw .notGS1 }
        return Reading(try read(scan.text, year: scan.year))
    }

    /// Reads `AI value [GS]` until the end.
    static func read(_ text: String, year: Int) throws(LabelFault) -> LabelFields {
        var fields = LabelFields()
        var rest = text[...]
        while true {
            while rest.first == separator { rest.removeFirst() }
            if rest.isEmpty { break }
            guard let identifier = ApplicationIdentifier.leading(rest) else { throw .unknownIdentifier }
            rest = rest.dropFirst(identifier.digits.count)
            let value: Substring
            if identifier.isPredefined {
                value = rest.prefix(identifier.length.upperBound)
                guard !value.contains(separator) else {
                    let count = value.prefix { $0 != separator }.count
                    throw LabelFault.badLength(count, expected: identifier.length)
                        .of(identifier.field)
                }
            } else {
                value = rest.prefix { $0 != separator }
            }
            try identifier.add(value, to: &fields, year: year)
            rest = rest.dropFirst(value.count)
        }
        guard !fields.isEmpty else { throw .empty }
        return fields
    }

    private static func readBracketed(_ text: String, year: Int) throws(LabelFault) -> LabelFields {
        var fields = LabelFields()
        var rest = text[...]
        while !rest.isEmpty {
            guard let identifier = openingBracket(&rest) else { throw .badStructure }
            var value = ""
            while let character = rest.first {
                var ahead = rest
                if openingBracket(&ahead) != nil { break }
                value.append(character)
                rest.removeFirst()
            }
            try identifier.add(value[...], to: &fields, year: year)
        }
        return fields
    }

    /// Takes `(AI)` off the text; brackets with anything but a known identifier in them are part of a value.
    private static func openingBracket(_ rest: inout Substring) -> ApplicationIdentifier? {
        guard rest.first == "(", let end = rest.prefix(6).firstIndex(of: ")") else { return nil }
        let digits = rest[rest.index(after: rest.startIndex)..<end]
        guard let identifier = ApplicationIdentifier.exactly(digits) else { return nil }
        rest = rest[rest.index(after: end)...]
        return identifier
    }
}
