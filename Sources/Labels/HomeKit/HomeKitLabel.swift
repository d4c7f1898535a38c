/// The setup payload of a HomeKit accessory, and the bare code of older ones.
///
/// Source: HomeKit Accessory Protocol Specification (non-commercial) R2, section 4.2.1.
enum HomeKitLabel {
    static let format = LabelFormat(name: "homekit", fit: fit, read: read)

    private static let prefix = "X-HM://"

    private static func fit(_ scan: Scan) -> LabelFormat.Fit {
        if scan.text.hasPrefixIgnoringCase("X-HM:") { return .certain }
        return bareCode(scan.text.trimmed) == nil ? .none : .possible
    }

    private static func read(_ scan: Scan) throws(LabelFault) -> Reading {
        let text = scan.text.trimmed
        if let digits = bareCode(text) {
            var reading = Reading()
            try addCode(digits, to: &reading)
            return reading
        }
        let characters = text.dropFirst(prefix.count)
        guard text.hasPrefix(prefix), characters.count == 13,
            characters.allSatisfy({ $0.isASCII && ($0.isNumber || $0.isUppercase) })
        else { throw .badStructure }
        // 46 bits, the code lowest.
        guard let value = UInt64(characters.prefix(9), radix: 36), value >> 46 == 0 else { throw .outOfRange }
        let code = value & 0x7FF_FFFF
        guard code <= 99_999_999, value >> 39 & 0xF == 0 else { throw .outOfRange }
        var reading = Reading()
        let digits = String(code)
        try addCode(String(repeating: "0", count: 8 - digits.count) + digits, to: &reading)
        try reading.fields.add("homekit.flags", String(value >> 27 & 0xF))
        try reading.fields.add("homekit.category", String(value >> 31 & 0xFF))
        try reading.fields.add("homekit.version", String(value >> 43))
        try reading.fields.add("homekit.setupID", String(characters.suffix(4)))
        return reading
    }

    private static func addCode(_ digits: String, to reading: inout Reading) throws(LabelFault) {
        let grouped = "\(digits.prefix(3))-\(digits.dropFirst(3).prefix(2))-\(digits.suffix(3))"
        try reading.fields.add("secret.setupPin", grouped)
        if SetupPasscode.isTrivial(digits) { reading.warnings.append(.trivialSetupCode) }
    }

    /// The eight digits of `XXX-XX-XXX`; `nil` for any other text.
    private static func bareCode(_ text: String) -> String? {
        let groups = text.split(separator: "-", omittingEmptySubsequences: false)
        guard groups.map(\.count) == [3, 2, 3], groups.allSatisfy(\.isAllDigits) else { return nil }
        return groups.joined()
    }
}
