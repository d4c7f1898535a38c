import Model

extension ApplicationIdentifier {
    /// Checks a value and adds it to fields under the identifier's name.
    ///
    /// `year` is the year now; a two-digit year means the one nearest to it.
    func add(_ value: Substring, to fields: inout LabelFields, year: Int) throws(LabelFault) {
        do throws(LabelFault) {
            try fields.add(field, try checked(value, year: year))
        } catch { throw error.of(field) }
    }

    private func checked(_ value: Substring, year: Int) throws(LabelFault) -> String {
        guard !value.isEmpty else { throw .emptyValue }
        try checkCharacters(value)
        guard length.contains(value.count) else {
            throw .badLength(value.count, expected: length)
        }
        var text = String(value)
        for check in checks {
            switch check {
            case .modulo10: try CheckDigits.proveGS1(value)
            case .modulo10OfFirst13:
                // A returnable asset has a zero before its thirteen digits.
                let start = digits == "8003" ? value.dropFirst() : value
                try CheckDigits.proveGS1(
                    start.prefix(13), skipped: start.startIndex == value.startIndex ? 0 : 1)
            case .modulo10OfFirst14:
                try CheckDigits.proveGS1(value.prefix(14))
            case .characterPair: guard GS1CharacterPair.verifies(value) else { throw .badCheckDigit }
            case .noLeadingZero: guard value.first != "0" else { throw .outOfRange }
            case .luhn: try CheckDigits.proveLuhn(value)
            case .modulo97: guard CheckDigits.isModulo97(value) else { throw .badCheckDigit }
            case .date: text = try GS1Date.text(value, year: year)
            }
        }
        return text
    }

    private func checkCharacters(_ value: Substring) throws(LabelFault) {
        for (index, byte) in value.utf8.enumerated() {
            let isDigit = (0x30...0x39).contains(byte)
            let isLetter = (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
            let fits: Bool
            switch charset {
            case .numeric: fits = isDigit
            case .alphanumeric:
                fits = index < numericPrefix ? isDigit : isDigit || isLetter || Self.signs.contains(byte)
            case .component:
                fits = isDigit || (0x41...0x5A).contains(byte) || [0x23, 0x2D, 0x2F].contains(byte)
            case .base64: fits = isDigit || isLetter || [0x2D, 0x5F, 0x3D].contains(byte)
            }
            guard fits else { throw LabelFault(.badCharset, position: index + 1) }
        }
    }

    /// The signs of the 82 characters.
    private static let signs = Set(#"!"%&'()*+,-./:;<=>?_"#.utf8)
}

/// Dates of six digits. Source: GS1 General Specifications, sections 3.4 and 7.12.
enum GS1Date {
    /// `YYMMDD` as `YYYY-MM-DD`; day 00 is the last of the month.
    static func text(_ digits: Substring, year: Int) throws(LabelFault) -> String {
        guard digits.utf8.count == 6, digits.isAllDigits, let number = Int(digits) else { throw .badDate }
        var full = year / 100 * 100 + number / 10_000
        if full > year + 50 { full -= 100 } else if full < year - 49 { full += 100 }
        let month = Int64(number / 100 % 100)
        let days: [Int64] = number % 100 == 0 ? [31, 30, 29, 28] : [Int64(number % 100)]
        for day in days {
            if let date = CivilDate(year: Int64(full), month: month, day: day) { return date.description }
        }
        throw .badDate
    }
}
