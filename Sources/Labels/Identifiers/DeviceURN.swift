/// Names of devices as URNs, and the URNs by which LwM2M endpoints call themselves.
///
/// Source: RFC 9039; RFC 7254 for IMEI.
enum DeviceURN {
    static let format = LabelFormat(name: "dev-urn", fit: fit, read: read)

    private static func fit(_ scan: Scan) -> LabelFormat.Fit {
        ["urn:dev:", "urn:imei:", "urn:gsma:imei:"].contains { scan.text.hasPrefixIgnoringCase($0) }
            ? .certain : .none
    }

    private static func read(_ scan: Scan) throws(LabelFault) -> Reading {
        let text = scan.text.trimmed
        for name in ["urn:imei:", "urn:gsma:imei:"] where text.hasPrefixIgnoringCase(name) {
            return try readIMEI(text.dropFirst(name.count))
        }
        if text.hasPrefixIgnoringCase("urn:uuid:") {
            var reading = Reading()
            try reading.fields.add("uuid", try UUIDLabel.canonical(text))
            return reading
        }
        let parts = text.split(separator: ":", maxSplits: 3, omittingEmptySubsequences: false)
        guard parts.count == 4, parts[0].lowercased() == "urn", parts[1].lowercased() == "dev",
            !parts[3].isEmpty
        else { throw .badStructure }
        let kind = parts[2].lowercased()
        var reading = Reading()
        let body = parts[3].prefix { $0 != "_" }
        let component = parts[3].dropFirst(body.count + 1)
        try add(kind, body, to: &reading)
        if body.count < parts[3].count {
            guard !component.isEmpty else { throw .badStructure }
            try reading.fields.add("component", String(component))
        }
        try reading.fields.add("devUrn", "urn:dev:\(kind):\(parts[3])")
        return reading
    }

    private static func add(
        _ kind: String, _ body: Substring, to reading: inout Reading
    ) throws(LabelFault) {
        switch kind {
        case "mac":
            let digits = try hex(body)
            try reading.fields.add("eui64", try HardwareAddress.eui64(digits))
        case "ow": try reading.fields.add("oneWire", try hex(body))
        case "org": try addOwned(body, ["deviceId"], to: &reading)
        case "os": try addOwned(body, ["serial"], to: &reading)
        case "ops": try addOwned(body, ["product", "serial"], to: &reading)
        default: throw .unknownIdentifier
        }
    }

    /// `number-value`, or `number-value-value`, where the last value may have dashes of its own. The number
    /// is the enterprise number of the maker.
    private static func addOwned(
        _ body: Substring, _ names: [String], to reading: inout Reading
    ) throws(LabelFault) {
        let parts = body.split(separator: "-", maxSplits: names.count, omittingEmptySubsequences: false)
        guard parts.count == names.count + 1, parts[0].isAllDigits, let number = UInt32(parts[0]),
            parts.allSatisfy({ !$0.isEmpty })
        else { throw .badStructure }
        let signs = Set("-.%~".utf8)
        guard body.utf8.allSatisfy({ isLetterOrDigit($0) || signs.contains($0) }) else { throw .badCharset }
        try reading.fields.add("pen", String(number))
        for (name, value) in zip(names, parts.dropFirst()) { try reading.fields.add(name, String(value)) }
    }

    private static func readIMEI(_ digits: Substring) throws(LabelFault) -> Reading {
        var reading = Reading()
        // The form of RFC 7254 may carry further parameters behind a semicolon.
        try IMEI.add(String(digits.prefix { $0 != ";" }), to: &reading)
        if let imei = reading.fields["imei"] { try reading.fields.add("tac", String(imei.prefix(8))) }
        return reading
    }

    private static func hex(_ text: Substring) throws(LabelFault) -> String {
        guard text.isAllHex else { throw .badCharset }
        guard text.count == 16 else { throw .badLength }
        return text.uppercased()
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }
}
