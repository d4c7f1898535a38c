import Model

/// The bootstrapping address of a device that is brought into a Wi-Fi network by its public key.
///
/// Source: Wi-Fi Easy Connect Specification 3.0, section 5.2.
enum DPPLabel {
    static let format = LabelFormat(name: "wifi-dpp", fit: fit, read: read)

    private static let prefix = "DPP:"

    private static func fit(_ scan: Scan) -> LabelFormat.Fit {
        scan.text.hasPrefix(prefix) ? .certain : .none
    }

    private static func read(_ scan: Scan) throws(LabelFault) -> Reading {
        let text = scan.text.trimmed
        guard text.hasPrefix(prefix), text.hasSuffix(";;") else { throw .badStructure }
        var reading = Reading()
        var seen: Set<Character> = []
        for field in text.dropFirst(prefix.count).dropLast(2).split(
            separator: ";", omittingEmptySubsequences: false)
        {
            guard let letter = field.first, field.dropFirst().first == ":" else { throw .badStructure }
            guard seen.insert(letter).inserted else { throw .duplicate }
            try add(letter, String(field.dropFirst(2)), to: &reading, scan.digests)
        }
        guard reading.fields["dpp.publicKey"] != nil else { throw .missingField }
        return reading
    }

    private static func add(
        _ letter: Character, _ value: String, to reading: inout Reading, _ digests: LabelDigests
    ) throws(LabelFault) {
        if letter == "C" {
            try reading.fields.add("dpp.channels", try channels(value).joined(separator: ","))
            return
        }
        if value.isEmpty { return }
        switch letter {
        case "M":
            guard value.isAllHex else { throw .badCharset }
            try FieldRules.add("mac", value, to: &reading)
        case "I": try addInformation(value, to: &reading)
        case "V":
            guard value.isAllHex else { throw .badCharset }
            guard let version = Int(value, radix: 16), (1...255).contains(version) else { throw .outOfRange }
            try reading.fields.add("dpp.version", String(version))
        case "B":
            guard value.isAllHex else { throw .badCharset }
            try reading.fields.add("dpp.curves", value)
        case "H": try reading.fields.add("dpp.host", try host(value))
        case "K": try addKey(value, to: &reading, digests)
        default: break
        }
    }

    /// `class/channel`, where further channels of the same class may leave it out.
    private static func channels(_ text: String) throws(LabelFault) -> [String] {
        guard !text.isEmpty else { return [] }
        var channels: [String] = []
        var operatingClass: Int?
        for item in text.split(separator: ",", omittingEmptySubsequences: false) {
            let numbers = item.split(separator: "/", omittingEmptySubsequences: false)
            guard numbers.allSatisfy(\.isAllDigits), numbers.count <= 2 else { throw .badStructure }
            let values = numbers.map { Int($0) ?? 0 }
            guard values.allSatisfy((1...255).contains) else { throw .outOfRange }
            if values.count == 2 { operatingClass = values[0] }
            guard let operatingClass, let channel = values.last else { throw .badStructure }
            channels.append("\(operatingClass)/\(channel)")
        }
        return channels
    }

    /// Free text, in which makers write the serial as `SN=…`.
    private static func addInformation(_ text: String, to reading: inout Reading) throws(LabelFault) {
        guard text.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else { throw .badCharset }
        try reading.fields.add("dpp.info", text)
        let words = text.split { $0 == " " || $0 == "," }
        if let serial = words.first(where: { $0.hasPrefixIgnoringCase("SN=") })?.dropFirst(3), !serial.isEmpty
        {
            try reading.fields.add("serial", String(serial))
        }
    }

    /// `host` or `host:port`; an address of IPv6 stands in brackets when a port follows.
    private static func host(_ text: String) throws(LabelFault) -> String {
        let isBareIPv6 = text.first != "[" && text.filter { $0 == ":" }.count > 1
        guard !isBareIPv6, let colon = text.lastIndex(of: ":"), !text[colon...].contains("]") else {
            return text
        }
        let port = text[text.index(after: colon)...]
        guard colon > text.startIndex, port.isAllDigits else { throw .badStructure }
        guard let number = Int(port), (1...65_535).contains(number) else { throw .outOfRange }
        return text
    }

    private static func addKey(
        _ text: String, to reading: inout Reading, _ digests: LabelDigests
    ) throws(LabelFault) {
        let signs = Set("+/=".utf8)
        guard text.utf8.allSatisfy({ isLetterOrDigit($0) || signs.contains($0) }) else { throw .badCharset }
        guard let der = Base64.decode(text) else { throw .badStructure }
        try reading.fields.add("dpp.curve", try BootstrappingKey.curve(of: der))
        try reading.fields.add("dpp.publicKey", text)
        try reading.fields.add("dpp.keyHash", Hexadecimal.encode(digests.sha256(der)))
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }
}
