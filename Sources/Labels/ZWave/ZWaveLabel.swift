import Model

/// The digits by which a Z-Wave device is added securely: S2 and SmartStart.
///
/// Source: Z-Wave Alliance, "Node Provisioning QR Code Format" (SDS13937).
enum ZWaveLabel {
    static let format = LabelFormat(name: "zwave-smartstart", fit: fit, read: read)

    /// Lead-in, version, checksum, keys and the key of the device.
    private static let fixedCount = 2 + 2 + 5 + 3 + 40

    private static func fit(_ scan: Scan) -> LabelFormat.Fit {
        let text = scan.text.trimmed
        return text.hasPrefix("90") && text.utf8.count >= fixedCount && text.isAllDigits ? .certain : .none
    }

    private static func read(_ scan: Scan) throws(LabelFault) -> Reading {
        let text = scan.text.trimmed
        guard text.isAllDigits else { throw .badCharset }
        var digits = DigitReader(text)
        guard try digits.take(2) == 90 else { throw .badStructure }
        guard text.count >= fixedCount else { throw .badLength }
        let version = try digits.take(2)
        guard version <= 1 else { throw .unsupportedVersion }
        let checksum = try digits.take(5)
        let digest = scan.digests.sha1(Array(digits.rest.utf8))
        guard checksum == Int(digest[0]) << 8 | Int(digest[1]) else { throw .badChecksum }
        var reading = Reading()
        try reading.fields.add("zwave.version", String(version))
        let keys = try digits.take(3)
        guard keys <= 255 else { throw .outOfRange }
        try reading.fields.add("zwave.keys", String(keys))
        try addKey(&digits, to: &reading)
        try ZWaveElements.read(&digits, into: &reading)
        return reading
    }

    /// The device specific key; its first group is the PIN, so all of it is a secret.
    private static func addKey(_ digits: inout DigitReader, to reading: inout Reading) throws(LabelFault) {
        var groups: [String] = []
        for _ in 0..<8 {
            let group = String(digits.rest.prefix(5))
            _ = try digits.word()
            groups.append(group)
        }
        try reading.fields.add("secret.dsk", groups.joined(separator: "-"))
        try reading.fields.add("secret.setupPin", groups[0])
    }
}

/// Takes decimal numbers of fixed width off a text of digits.
struct DigitReader {
    private(set) var rest: Substring

    init(_ digits: String) {
        rest = digits[...]
    }

    /// The number that the next digits are.
    ///
    /// - Throws: `badLength` when fewer are left.
    mutating func take(_ count: Int) throws(LabelFault) -> Int {
        let part = rest.prefix(count)
        guard part.count == count, let number = Int(part) else { throw .badLength }
        rest = rest.dropFirst(count)
        return number
    }

    /// Sixteen bits in five digits.
    mutating func word() throws(LabelFault) -> Int {
        let number = try take(5)
        guard number <= 0xFFFF else { throw .outOfRange }
        return number
    }

    /// The next digits as a reader of their own.
    mutating func part(_ count: Int) throws(LabelFault) -> DigitReader {
        guard rest.count >= count else { throw .badLength }
        defer { rest = rest.dropFirst(count) }
        return DigitReader(String(rest.prefix(count)))
    }
}
