/// LoRaWAN device labels, with the two drafts that are still printed.
///
/// Source: LoRa Alliance TR005, "LoRaWAN Device Identification QR Codes for Automated Onboarding".
enum LoRaWANLabel {
    static let format = LabelFormat(name: "lorawan-tr005", fit: fit, read: read)

    private static let drafts = (third: "URN:DEV:LW:", second: "URN:LW:DP:")

    private static func fit(_ scan: Scan) -> LabelFormat.Fit {
        ["LW:", "URN:LW:", drafts.third].contains { scan.text.hasPrefixIgnoringCase($0) } ? .certain : .none
    }

    private static func read(_ scan: Scan) throws(LabelFault) -> Reading {
        let text = scan.text
        if text.hasPrefixIgnoringCase(drafts.third) {
            return try read(
                text.dropFirst(drafts.third.count).split(separator: "_", omittingEmptySubsequences: false)[
                    ...],
                scheme: "TR005-draft3", tokenLetter: "V")
        }
        if text.hasPrefixIgnoringCase(drafts.second) {
            return try readSecondDraft(text.dropFirst(drafts.second.count))
        }
        guard text.hasPrefixIgnoringCase("LW:") else { throw .badStructure }
        let parts = text.dropFirst(3).split(separator: ":", omittingEmptySubsequences: false)
        guard parts.first?.uppercased() == "D0" else {
            throw parts.first?.first?.uppercased() == "D" ? .unsupportedVersion : .badStructure
        }
        var reading = try read(parts.dropFirst(), scheme: "TR005", tokenLetter: "O")
        try check(text, parts, &reading)
        return reading
    }

    private static func readSecondDraft(_ text: Substring) throws(LabelFault) -> Reading {
        var parts = text.split(separator: ":", maxSplits: 3, omittingEmptySubsequences: false)
        if parts.count == 4 {
            // A percent sign divides; one that belongs to a value is written %25.
            let extensions = parts.removeLast().split(separator: "%").map { piece in
                piece.hasPrefix("25") ? "%" + piece.dropFirst(2) : piece
            }
            parts += extensions.map { Substring($0) }
        }
        return try read(parts[...], scheme: "TR005-draft2", tokenLetter: "V")
    }

    private static func read(
        _ parts: ArraySlice<Substring>, scheme: String, tokenLetter: Character
    ) throws(LabelFault) -> Reading {
        guard parts.count >= 3, let first = parts.indices.first else { throw .badStructure }
        var reading = Reading()
        let joinEUI = try hex(parts[first], 16, "joinEUI")
        let devEUI = try hex(parts[first + 1], 16, "devEUI")
        guard devEUI.contains(where: { $0 != "0" }) else { throw LabelFault.forbiddenValue.of("devEUI") }
        let profile = try hex(parts[first + 2], 8, "loraProfileID")
        for (name, value) in [
            ("joinEUI", joinEUI), ("devEUI", devEUI), ("loraProfileID", profile),
            ("loraVendorID", String(profile.prefix(4))), ("scheme", scheme),
        ] { try reading.fields.add(name, value) }
        for part in parts.dropFirst(3) {
            guard let letter = part.first else { continue }
            let value = String(part.dropFirst())
            guard !value.isEmpty else { continue }
            switch letter {
            case tokenLetter: try reading.fields.add("secret.claimCode", value)
            case "S": try reading.fields.add("serial", value)
            case "P": try reading.fields.add("proprietary", value)
            case "C" where scheme == "TR005": try reading.fields.add("checksum", value)
            default:
                try reading.fields.add("x.\(letter)", value)
                if !reading.warnings.contains(.unknownExtension) {
                    reading.warnings.append(.unknownExtension)
                }
            }
        }
        return reading
    }

    /// The checksum covers everything before `:C`.
    private static func check(
        _ text: String, _ parts: [Substring], _ reading: inout Reading
    ) throws(LabelFault) {
        guard let checksum = reading.fields["checksum"] else { return }
        guard checksum.count == 4, checksum.isAllHex, let part = parts.last(where: { $0.first == "C" }) else {
            reading.warnings.append(.checksumUnverifiable)
            return
        }
        let covered = text[..<text.index(before: part.startIndex)]
        guard UInt16(checksum, radix: 16) == CheckDigits.crc16(covered.utf8) else {
            throw LabelFault.badChecksum.of("checksum")
        }
    }

    private static func hex(
        _ text: Substring, _ count: Int, _ part: String
    ) throws(LabelFault) -> String {
        if let fault = LabelFault.badCharset(in: text, expected: "0-9, A-F", allowed: { String($0).isAllHex })
        {
            throw fault.of(part)
        }
        guard text.count == count else {
            throw LabelFault.badLength(text.count, expected: count...count).of(part)
        }
        return text.uppercased()
    }
}
