import Model

/// Matter's manual pairing code: 11 digits, or 21 with vendor and product.
///
/// Source: Matter Core Specification 1.3, section 5.1.4.
enum MatterManualCode {
    static let format = LabelFormat(name: "matter-manual", fit: fit, read: read)

    private static func fit(_ scan: Scan) -> LabelFormat.Fit {
        let digits = digits(scan.text)
        return [11, 21].contains(digits.count) && CheckDigits.isVerhoeff(digits) ? .possible : .none
    }

    private static func digits(_ text: String) -> String {
        text.filter { !$0.isWhitespace && $0 != "-" && $0 != "." }
    }

    private static func read(_ scan: Scan) throws(LabelFault) -> Reading {
        let digits = digits(scan.text)
        try CheckDigits.requireDigits(digits)
        guard digits.count == 11 || digits.count == 21 else {
            throw .badLength(digits.count, expected: "11/21")
        }
        let first = number(digits, 0..<1)
        guard first <= 7 else { throw .outOfRange }
        guard (first & 4 != 0) == (digits.count == 21) else { throw .badLength }
        guard CheckDigits.isVerhoeff(digits) else { throw .badCheckDigit(of: digits, expected: nil) }
        let (low, high) = (number(digits, 1..<6), number(digits, 6..<10))
        guard low <= 0xFFFF, high <= 0x1FFF else { throw .outOfRange }
        var fields = LabelFields()
        try fields.add("matter.shortDiscriminator", String((first & 3) << 2 | low >> 14))
        try fields.add("secret.setupPin", try SetupPasscode.text(high << 14 | low & 0x3FFF))
        if digits.count == 21 {
            for (name, range) in [("vendorID", 10..<15), ("productID", 15..<20)] {
                let value = number(digits, range)
                guard value <= 0xFFFF else { throw .outOfRange }
                try fields.add(
                    name, Hexadecimal.encode([UInt8(value >> 8), UInt8(value & 0xFF)], uppercase: true))
            }
        }
        return Reading(fields)
    }

    private static func number(_ digits: String, _ range: Range<Int>) -> Int {
        Int(digits.dropFirst(range.lowerBound).prefix(range.count)) ?? 0
    }
}
