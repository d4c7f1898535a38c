import Model

/// Data identifiers and what their values become. Source: ANSI MH10.8.2.
enum DataIdentifiers {
    /// Which field a data identifier fills; those that are defined but mean nothing here keep their own name.
    private static let fields: [String: String] = [
        "P": "customerPart", "1P": "product", "2P": "revision", "30P": "product2", "31P": "product2",
        "8P": "gtin", "S": "serial", "18S": "cageSerial", "25S": "uii", "22S": "imei", "23S": "mac",
        "43S": "iccid", "16S": "softwareVersion", "V": "vendor", "1V": "vendor", "T": "lot", "1T": "lot",
        "Q": "quantity", "D": "dateCode", "9D": "dateCode", "10D": "dateCode", "6D": "productionDate",
        "16D": "productionDate", "12D": "di.12D", "14D": "expiryDate", "4L": "country", "33L": "di.33L",
    ]

    private static let known: Set<String> = [
        "3P", "7P", "11P", "3S", "4S", "5S", "96S", "97S", "10V", "12V", "17V", "18V", "K", "1K", "10K",
        "11K",
        "4K", "14K", "9N", "Z", "I",
    ]

    /// The field of an identifier; `nil` for one that is not defined.
    static func field(_ identifier: String) -> String? {
        if let field = fields[identifier] { return field }
        let isFreeText = identifier.last == "Z" && (11...20).contains(Int(identifier.dropLast()) ?? 0)
        return known.contains(identifier) || isFreeText ? "di.\(identifier)" : nil
    }

    /// `digits* letter` at the beginning; `nil` when there is none.
    static func leading(_ text: Substring) -> (identifier: String, value: Substring)? {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard digits.count <= 3, let letter = text.dropFirst(digits.count).first, letter.isASCII,
            letter.isUppercase
        else { return nil }
        return (String(digits) + String(letter), text.dropFirst(digits.count + 1))
    }

    /// Adds the value of an identifier under its field.
    static func add(
        _ identifier: String, _ value: Substring, to reading: inout Reading
    ) throws(LabelFault) {
        guard let field = field(identifier) else { throw .unknownIdentifier }
        guard !value.isEmpty else { throw .emptyValue }
        switch identifier {
        case "8P":
            guard value.isAllDigits else { throw .badCharset }
            guard value.count == 14 else { throw .badLength }
            guard CheckDigits.isGS1(value) else { throw .badCheckDigit }
            try reading.fields.add(field, String(value))
        case "6D", "16D", "14D":
            guard let date = date(value) else { throw .badDate }
            try reading.fields.add(field, date)
        default: try FieldRules.add(field, String(value), to: &reading)
        }
    }

    /// `YYYYMMDD`, whatever stands behind it.
    private static func date(_ value: Substring) -> String? {
        let digits = value.prefix(8)
        guard digits.count == 8, digits.isAllDigits else { return nil }
        return FieldRules.day(
            "\(digits.prefix(4))-\(digits.dropFirst(4).prefix(2))-\(digits.suffix(2))")
    }
}

/// One data identifier alone in a linear code, such as `1PEM500`.
enum BareDataIdentifier {
    static let format = LabelFormat(name: "di-bare", fit: fit, read: read)

    private static func fit(_ scan: Scan) -> LabelFormat.Fit {
        switch scan.symbology {
        case .code39, .code128, .code93, .datamatrix, .qr, .pdf417, nil: break
        case .microqr, .ean13, .ean8, .upca, .upce, .itf, .aztec, .codabar, .databar: return .none
        }
        guard let (identifier, value) = DataIdentifiers.leading(scan.text[...]), !value.isEmpty,
            // What has names in it is text of another kind.
            isNumbered(scan) || !value.contains(where: { ":;=|".contains($0) }),
            let field = DataIdentifiers.field(identifier), isNumbered(scan) || !field.hasPrefix("di.")
        else { return .none }
        return .possible
    }

    /// Whether the identifier starts with digits, which no serial does by chance alone.
    static func isNumbered(_ scan: Scan) -> Bool {
        guard let (identifier, value) = DataIdentifiers.leading(scan.text[...]) else { return false }
        return identifier.count > 1 && value.count > 2
            && DataIdentifiers.field(identifier)?.hasPrefix("di.") == false
    }

    private static func read(_ scan: Scan) throws(LabelFault) -> Reading {
        guard let (identifier, value) = DataIdentifiers.leading(scan.text[...]) else {
            throw .unknownIdentifier
        }
        var reading = Reading()
        try DataIdentifiers.add(identifier, value, to: &reading)
        if identifier.count == 1 { reading.warnings.append(.ambiguousPrefix) }
        return reading
    }
}
