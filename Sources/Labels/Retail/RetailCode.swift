import Model

/// EAN, UPC and ITF-14: the number of a product, never of one device.
///
/// Source: GS1 General Specifications, sections 5.2 and 7.9.
enum RetailCode {
    static let format = LabelFormat(name: "ean-upc", fit: fit, read: read)

    private static func fit(_ scan: Scan) -> LabelFormat.Fit {
        if scan.isRetailSymbol || scan.symbology == .itf { return .certain }
        return looksValid(scan) ? .possible : .none
    }

    /// Whether the text is a number of a product that verifies.
    static func looksValid(_ scan: Scan) -> Bool {
        guard [8, 12, 13, 14].contains(scan.text.count), let number = try? gtin(scan) else { return false }
        return !number.gtin.isEmpty
    }

    private static func read(_ scan: Scan) throws(LabelFault) -> Reading {
        let (gtin, isAmbiguous) = try gtin(scan)
        var reading = Reading()
        try reading.fields.add("gtin", gtin)
        if isAmbiguous { reading.warnings.append(.gtin8OrUpcE) }
        let thirteen = gtin.dropFirst()
        if thirteen.hasPrefix("2") { reading.warnings.append(.restrictedCirculation) }
        if thirteen.hasPrefix("978") || thirteen.hasPrefix("979") { reading.warnings.append(.isbn) }
        return reading
    }

    /// The number in 14 digits, and whether eight digits could be an EAN-8 or an UPC-E.
    private static func gtin(_ scan: Scan) throws(LabelFault) -> (gtin: String, isAmbiguous: Bool) {
        // An add-on of two or five digits behind the number is not part of it.
        let text = scan.aim == "E3" ? String(scan.text.prefix(13)) : scan.text
        try CheckDigits.requireDigits(text)
        // Interleaved 2 of 5 reads short when it is cut off; only the full length with its check digit is
        // safe.
        guard scan.symbology != .itf || text.count == 14 else {
            throw .badLength(text.count, expected: "14")
        }
        switch text.count {
        case 12, 13, 14:
            try CheckDigits.proveGS1(text)
            return (padded(text), false)
        case 8:
            let expanded = expandUPCE(text).flatMap { CheckDigits.isGS1($0) ? $0 : nil }
            if scan.symbology == .upce {
                guard let expanded else { throw .badCheckDigit }
                return (padded(expanded), false)
            }
            if CheckDigits.isGS1(text) {
                return (padded(text), expanded != nil && scan.symbology != .ean8)
            }
            guard let expanded, scan.symbology != .ean8 else {
                throw .badCheckDigit(of: text, expected: CheckDigits.gs1Digit(for: text.dropLast()))
            }
            return (padded(expanded), false)
        default: throw .badLength
        }
    }

    private static func padded(_ digits: String) -> String {
        String(repeating: "0", count: 14 - digits.count) + digits
    }

    /// The twelve digits that an UPC-E of eight, number system and check digit included, stands for.
    private static func expandUPCE(_ text: String) -> String? {
        let digits = Array(text)
        guard digits[0] == "0" || digits[0] == "1" else { return nil }
        let (system, check) = (String(digits[0]), String(digits[7]))
        let body = String(digits[1...6])
        let (first, last) = (body.dropLast(), body.suffix(1))
        switch last {
        case "0", "1", "2": return system + first.prefix(2) + last + "0000" + first.suffix(3) + check
        case "3": return system + first.prefix(3) + "00000" + first.suffix(2) + check
        case "4": return system + first.prefix(4) + "00000" + first.suffix(1) + check
        default: return system + first + "0000" + last + check
        }
    }
}
