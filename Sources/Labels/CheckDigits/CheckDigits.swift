/// Check digits and checksums of identifiers. Every function takes ASCII digits and is false for anything
/// else.
enum CheckDigits {
    /// Modulo 10 with weights 1 and 3 from the right, the check digit included.
    ///
    /// Source: GS1 General Specifications, section 7.9.1.
    static func isGS1(_ text: some StringProtocol) -> Bool {
        guard let digits = digits(text) else { return false }
        let sum = digits.reversed().enumerated().reduce(0) {
            $0 + $1.element * ($1.offset.isMultiple(of: 2) ? 1 : 3)
        }
        return sum % 10 == 0
    }

    /// Luhn: every second digit from the right doubled. Source: ISO/IEC 7812-1, annex B.
    static func isLuhn(_ text: some StringProtocol) -> Bool {
        guard let digits = digits(text) else { return false }
        return luhnSum(digits) % 10 == 0
    }

    /// The digit that makes the text a Luhn number; `nil` for text that is not all digits.
    static func luhnDigit(for text: some StringProtocol) -> Int? {
        digits(text).map { (10 - luhnSum($0 + [0]) % 10) % 10 }
    }

    private static func luhnSum(_ digits: [Int]) -> Int {
        digits.reversed().enumerated().reduce(0) { sum, item in
            let value = item.offset.isMultiple(of: 2) ? item.element : item.element * 2
            return sum + (value > 9 ? value - 9 : value)
        }
    }

    /// Verhoeff over the dihedral group of order 10, the check digit last. Source: J. Verhoeff, 1969; Matter
    /// 5.1.4.1.
    static func isVerhoeff(_ text: some StringProtocol) -> Bool {
        guard let digits = digits(text) else { return false }
        var check = 0
        for (index, digit) in digits.reversed().enumerated() {
            check = product(check, permuted(digit, times: index % 8))
        }
        return check == 0
    }

    /// Multiplication in the dihedral group: 0-4 are turns, 5-9 are turns of the mirrored pentagon.
    private static func product(_ left: Int, _ right: Int) -> Int {
        switch (left < 5, right < 5) {
        case (true, true): (left + right) % 5
        case (true, false): 5 + (left + right) % 5
        case (false, true): 5 + (left - right + 5) % 5
        case (false, false): (left - right + 5) % 5
        }
    }

    private static func permuted(_ digit: Int, times: Int) -> Int {
        let permutation = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4]
        return (0..<times).reduce(digit) { value, _ in permutation[value] }
    }

    /// Damm: one walk through a quasigroup of order 10. Source: H. M. Damm, 2004.
    static func isDamm(_ text: some StringProtocol) -> Bool {
        guard let digits = digits(text) else { return false }
        return digits.reduce(0) { dammTable[$0][$1] } == 0
    }

    private static let dammTable = [
        "0317598642", "7092154863", "4206871359", "1750983426", "6123045978", "3674209581", "5869720134",
        "8945362017", "9438617205", "2581436790",
    ].map { $0.compactMap(\.wholeNumberValue) }

    /// The whole number is 1 modulo 97. Source: ISO/IEC 7064.
    static func isModulo97(_ text: some StringProtocol) -> Bool {
        guard let digits = digits(text) else { return false }
        return digits.reduce(0) { ($0 * 10 + $1) % 97 } == 1
    }

    /// CRC-16 with polynomial 0x8005 reflected and start value 0xFFFF (CRC-16/MODBUS).
    static func crc16(_ bytes: some Sequence<UInt8>) -> UInt16 {
        bytes.reduce(UInt16(0xFFFF)) { crc, byte in
            (0..<8).reduce(crc ^ UInt16(byte)) { value, _ in
                value & 1 == 1 ? value >> 1 ^ 0xA001 : value >> 1
            }
        }
    }

    private static func digits(_ text: some StringProtocol) -> [Int]? {
        var digits: [Int] = []
        for byte in text.utf8 {
            guard (0x30...0x39).contains(byte) else { return nil }
            digits.append(Int(byte) - 0x30)
        }
        return digits.isEmpty ? nil : digits
    }
}

extension CheckDigits {
    /// - Throws: `badCharset` with the place of the first character that is no digit.
    static func requireDigits(_ text: some StringProtocol) throws(LabelFault) {
        guard !text.isAllDigits else { return }
        throw .badCharset(in: text, expected: "0-9") { String($0).isAllDigits } ?? .badLength
    }

    /// Throws `badCheckDigit` with the digit that fits the others; `skipped` characters of the value stand before the text.
    static func proveGS1(_ text: some StringProtocol, skipped: Int = 0) throws(LabelFault) {
        guard !isGS1(text) else { return }
        throw LabelFault(
            .badCheckDigit, position: skipped + text.count, expected: gs1Digit(for: text.dropLast()))
    }

    /// - Throws: `badCheckDigit` with the digit that fits the others.
    static func proveLuhn(_ text: some StringProtocol) throws(LabelFault) {
        guard !isLuhn(text) else { return }
        throw .badCheckDigit(of: text, expected: luhnDigit(for: text.dropLast()).map(String.init))
    }

    /// The digit that makes the text a number of GS1; `nil` for text that is not all digits.
    static func gs1Digit(for text: some StringProtocol) -> String? {
        (0...9).map(String.init).first { isGS1(String(text) + $0) }
    }
}

extension StringProtocol {
    /// Whether the text is one or more ASCII digits.
    var isAllDigits: Bool { !isEmpty && utf8.allSatisfy { (0x30...0x39).contains($0) } }

    /// Whether the text is one or more hexadecimal digits of either case.
    var isAllHex: Bool {
        !isEmpty && utf8.allSatisfy { ($0 >= 0x30 && $0 <= 0x39) || ($0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x66) }
    }

    /// Without the blanks and line ends around it.
    var trimmed: String {
        var rest = self[...]
        while rest.first?.isWhitespace == true { rest = rest.dropFirst() }
        while rest.last?.isWhitespace == true { rest = rest.dropLast() }
        return String(rest)
    }

    /// Whether the text begins so, whatever the case of its ASCII letters.
    func hasPrefixIgnoringCase(_ prefix: String) -> Bool {
        self.prefix(prefix.count).lowercased() == prefix.lowercased()
    }
}
