import Model

/// Labels with a Zigbee install code, in the layouts of their makers.
///
/// Source: Zigbee Base Device Behavior 3.0.1, section 10; the layouts as makers print them.
enum ZigbeeLabel {
    static let format = LabelFormat(name: "zigbee-install-code", fit: fit, read: read)

    private static let bosch = "RB01SG"

    private static func fit(_ scan: Scan) -> LabelFormat.Fit {
        let text = scan.text.trimmed
        if text.hasPrefix("HUE:") || text.hasPrefix(bosch) || text.hasPrefix("G$M:") || isMarked(text) {
            return .certain
        }
        if let (address, code) = barred(text) {
            return address.count == 16 && address.isAllHex && code.isAllHex ? .certain : .none
        }
        // Nothing but the CRC tells a bare code from other digits.
        guard let code = try? InstallCode(grouped(text)), !code.isCompleted else { return .none }
        return .possible
    }

    /// Whether `Z:` with sixteen hex digits and `$I:` stand in the text.
    private static func isMarked(_ text: String) -> Bool {
        if text.hasPrefix("Z:"), text.contains("$I:") { return true }
        return text.split(separator: "%").contains { part in
            part.split(separator: "$").contains {
                $0.hasPrefix("Z:") && $0.count == 18 && $0.dropFirst(2).isAllHex
            }
                && part.contains("$I:")
        }
    }

    private static func read(_ scan: Scan) throws(LabelFault) -> Reading {
        let text = scan.text.trimmed
        if text.hasPrefix("HUE:") { return try readHue(text, scan.digests) }
        if text.hasPrefix(bosch) { return try readBosch(text.dropFirst(bosch.count), scan.digests) }
        if text.contains("$") || text.hasPrefix("Z:") { return try readMarked(text, scan.digests) }
        if let (address, code) = barred(text) {
            return try reading(address: address, code: code, scan.digests)
        }
        return try reading(address: nil, code: grouped(text), scan.digests)
    }

    // MARK: Layouts

    /// `G$M:model$S:serial$D:…%Z$A:address$I:code`, or `Z:address$I:code` amid other parts.
    private static func readMarked(
        _ text: String, _ digests: LabelDigests
    ) throws(LabelFault) -> Reading {
        var values: [Character: String] = [:]
        for part in text.split(whereSeparator: { $0 == "$" || $0 == "%" }) {
            guard let letter = part.first, part.dropFirst().first == ":", values[letter] == nil else {
                continue
            }
            values[letter] = String(part.dropFirst(2))
        }
        let hasModel = text.hasPrefix("G$M:")
        guard let address = hasModel ? values["A"] : values["Z"], let code = values["I"] else {
            throw .badStructure
        }
        var reading = try reading(address: address, code: code, digests)
        guard hasModel else { return reading }
        if let model = values["M"], !model.isEmpty { try reading.fields.add("product", model) }
        if let serial = values["S"], !serial.isEmpty { try reading.fields.add("serial", serial) }
        return reading
    }

    /// `HUE:Z:code M:address D:… A:…`.
    private static func readHue(_ text: String, _ digests: LabelDigests) throws(LabelFault) -> Reading {
        let words = text.dropFirst("HUE:".count).split(separator: " ")
        func value(_ letter: String) -> String? {
            words.first { $0.hasPrefix(letter + ":") }.map { String($0.dropFirst(2)) }
        }
        guard let code = value("Z"), let address = value("M") else { throw .badStructure }
        return try reading(address: address, code: code, digests)
    }

    /// 34 digits of the maker's, the address, `DLK`, then a code with CRC or a key without; which of the two
    /// the shorter one is, makers of software disagree on.
    private static func readBosch(
        _ text: Substring, _ digests: LabelDigests
    ) throws(LabelFault) -> Reading {
        let (head, tail) = (text.prefix(34), text.dropFirst(34))
        let (address, key) = (String(tail.prefix(16)), String(tail.dropFirst(16 + 3)))
        guard head.count == 34, head.isAllHex, tail.dropFirst(16).hasPrefix("DLK"), key.isAllHex else {
            throw .badStructure
        }
        guard key.count == 32 else { return try reading(address: address, code: key, digests) }
        var reading = Reading(LabelFields(), warnings: [.ambiguousKey])
        try reading.fields.add("eui64", try self.address(address))
        try reading.fields.add("secret.linkKey", key.uppercased())
        return reading
    }

    /// `address|code`, also with bars around it.
    private static func barred(_ text: String) -> (address: String, code: String)? {
        let parts = text.split(separator: "|").map(String.init)
        return text.contains("|") && parts.count == 2 ? (parts[0], parts[1]) : nil
    }

    /// Printed in groups, with dashes, colons or blanks between them.
    private static func grouped(_ text: String) -> String {
        text.filter { $0 != "-" && $0 != " " && $0 != ":" }
    }

    // MARK: Values

    private static func reading(
        address: String?, code: String, _ digests: LabelDigests
    ) throws(LabelFault) -> Reading {
        var reading = Reading()
        if let address { try reading.fields.add("eui64", try self.address(address)) }
        let code = try InstallCode(code)
        if code.isCompleted { reading.warnings.append(.crcMissing) }
        try reading.fields.add("secret.installCode", code.text)
        try reading.fields.add("secret.linkKey", code.linkKey(digests))
        return reading
    }

    private static func address(_ text: String) throws(LabelFault) -> String {
        guard text.count == 16, text.isAllHex else { throw .badStructure }
        return try HardwareAddress.eui64(text.uppercased())
    }
}
