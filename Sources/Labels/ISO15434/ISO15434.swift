/// The envelope of ISO/IEC 15434 with its formats 05 (GS1), 06 (data identifiers) and 12, DD (text elements).
///
/// Source: ISO/IEC 15434:2019, sections 5 and 6.
enum ISO15434 {
    static let format = LabelFormat(name: "iso15434", fit: fit, read: read)

    private static let (rs, gs, eot): (Character, Character, Character) = ("\u{1E}", "\u{1D}", "\u{04}")
    private static let head = "[)>"

    private static func fit(_ scan: Scan) -> LabelFormat.Fit {
        scan.text.hasPrefix(head) || scan.text.hasPrefix(">" + head) ? .certain : .none
    }

    private static func read(_ scan: Scan) throws(LabelFault) -> Reading {
        var rest = scan.text[...]
        var reading = Reading()
        if rest.hasPrefix(">" + head) {
            reading.warnings.append(.oldMouserPrefix)
            rest = rest.dropFirst()
        }
        guard rest.hasPrefix(head) else { throw .badStructure }
        rest = rest.dropFirst(head.count)
        if rest.first == rs { rest = rest.dropFirst() } else { reading.warnings.append(.missingRS) }
        if rest.last == eot { rest = rest.dropLast() } else { reading.warnings.append(.missingEOT) }
        let records = rest.split(separator: rs)
        guard !records.isEmpty else { throw .missingField }
        for record in records { try read(record, into: &reading, year: scan.year) }
        guard !reading.fields.isEmpty else { throw .missingField }
        return reading
    }

    private static func read(
        _ record: Substring, into reading: inout Reading, year: Int
    ) throws(LabelFault) {
        let (header, content) = (record.prefix(2), record.dropFirst(2))
        guard header.count == 2 else { throw .badStructure }
        guard content.first == gs else {
            throw ["05", "06", "12", "DD"].contains(header) ? .badStructure : .unsupportedVersion
        }
        let elements = content.dropFirst().split(separator: gs)
        switch header {
        case "05":
            try reading.fields.merge(try GS1ElementString.read(String(content.dropFirst()), year: year))
        case "06":
            for element in elements {
                guard let (identifier, value) = DataIdentifiers.leading(element) else {
                    throw .unknownIdentifier
                }
                try DataIdentifiers.add(identifier, value, to: &reading)
            }
        case "12", "DD":
            for element in elements { try TextElements.add(element, to: &reading) }
        default: throw .unsupportedVersion
        }
    }
}

/// Text element identifiers, such as `SER AB12`. Source: ATA SPEC 2000, chapter 9.
enum TextElements {
    private static let fields = [
        "MFR": "vendor", "SPL": "vendor", "CAG": "vendor", "PNO": "product", "PNR": "product",
        "SER": "serial",
        "SEQ": "serial", "UCN": "serial", "LOT": "lot", "DMF": "dateCode", "UID": "uii",
    ]

    static func add(_ element: Substring, to reading: inout Reading) throws(LabelFault) {
        let name = element.prefix(3)
        let value = element.dropFirst(3).drop { $0 == " " }
        guard name.count == 3, name.allSatisfy({ $0.isASCII && $0.isLetter }) else {
            throw .unknownIdentifier
        }
        guard !value.isEmpty else { throw .emptyValue }
        try FieldRules.add(fields[String(name)] ?? "di.\(name)", String(value), to: &reading)
    }
}
