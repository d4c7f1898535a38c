import Model

/// MAC addresses and EUI-64 in every notation that labels use.
///
/// Source: IEEE 802-2014, section 8; RFC 9542.
enum HardwareAddress {
    static let format = LabelFormat(name: "mac-eui", fit: fit, read: read)

    private static func fit(_ scan: Scan) -> LabelFormat.Fit {
        if scan.text.hasPrefixIgnoringCase("MAC") { return .possible }
        let pairs = scan.text.split(separator: ":", omittingEmptySubsequences: false)
        if (5...9).contains(pairs.count), pairs.allSatisfy({ (1...2).contains($0.count) }) {
            return .possible
        }
        // Digits alone are rather a serial.
        guard !scan.text.isAllDigits, let hex = try? hex(scan.text) else { return .none }
        return hex.count == 12 || hex.count == 16 ? .possible : .none
    }

    private static func read(_ scan: Scan) throws(LabelFault) -> Reading {
        let hex = try hex(scan.text)
        var reading = Reading()
        switch hex.count {
        case 12: try FieldRules.add("mac", hex, to: &reading)
        case 16:
            try reading.fields.add("eui64", try eui64(hex))
            if hex.dropFirst(6).prefix(4) == "FFFE" {
                try reading.fields.add("derivedMac", colons(hex.prefix(6) + hex.suffix(6)))
            }
        default: throw .badLength
        }
        try reading.fields.add("oui", String(hex.prefix(6)))
        reading.warnings += warnings(hex).filter { !reading.warnings.contains($0) }
        return reading
    }

    /// The hex digits of an address, upper-case, without the notation around them.
    static func hex(_ text: String) throws(LabelFault) -> String {
        var rest = text.trimmed[...]
        if rest.hasPrefixIgnoringCase("MAC") {
            rest = rest.dropFirst(3).drop { $0 == ":" || $0 == "=" || $0 == " " || $0 == "#" }
        }
        if rest.hasPrefixIgnoringCase("0x") { rest = rest.dropFirst(2) }
        let groups = rest.split(omittingEmptySubsequences: false) { ":-. ".contains($0) }
        guard groups.allSatisfy(\.isAllHex) else {
            guard !groups.contains(where: \.isEmpty) else { throw .badStructure }
            throw .badCharset(in: text.trimmed, expected: "0-9, A-F") {
                String($0).isAllHex || ":-. ".contains($0)
            } ?? .badCharset
        }
        if groups.count == 1 { return rest.uppercased() }
        // Octets may lose a leading zero; longer groups may not.
        let width = groups.map(\.count).max() ?? 0
        guard width == 4 ? groups.allSatisfy({ $0.count == 4 }) : width <= 2 else { throw .badLength }
        return groups.map { String(repeating: "0", count: max(0, (width == 4 ? 4 : 2) - $0.count)) + $0 }
            .joined().uppercased()
    }

    /// `AA:BB:CC:DD:EE:FF` of twelve hex digits.
    static func mac(_ hex: String) throws(LabelFault) -> String {
        guard hex.count == 12 else { throw .badLength(hex.count, expected: "12") }
        try refuseEmpty(hex)
        return colons(hex)
    }

    /// Sixteen hex digits of an EUI-64.
    static func eui64(_ hex: String) throws(LabelFault) -> String {
        guard hex.count == 16 else { throw .badLength(hex.count, expected: "16") }
        try refuseEmpty(hex)
        return hex
    }

    private static func refuseEmpty(_ hex: String) throws(LabelFault) {
        guard hex.contains(where: { $0 != "0" }), hex.contains(where: { $0 != "F" }) else {
            throw .forbiddenValue
        }
    }

    static func colons(_ hex: some StringProtocol) -> String {
        stride(from: 0, to: hex.count, by: 2).map { String(hex.dropFirst($0).prefix(2)) }
            .joined(separator: ":")
    }

    static func warnings(_ hex: String) -> [LabelWarning] {
        guard let first = UInt8(hex.prefix(2), radix: 16) else { return [] }
        if first & 1 == 1 { return [.multicast] }
        return first & 2 == 2 ? [.locallyAdministered] : []
    }
}
