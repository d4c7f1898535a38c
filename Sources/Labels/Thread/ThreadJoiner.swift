/// What a Thread device is joined with: its address and its joiner credential.
///
/// Source: Thread 1.1 Commissioning White Paper, appendix; OpenThread, "Joiner QR code".
enum ThreadJoiner {
    static let format = LabelFormat(name: "thread-joiner", fit: fit, read: read)

    private static func fit(_ scan: Scan) -> LabelFormat.Fit {
        scan.text.hasPrefix("v=") && scan.text.contains("&&") ? .certain : .none
    }

    private static func read(_ scan: Scan) throws(LabelFault) -> Reading {
        var values: [Substring: Substring] = [:]
        let text = scan.text.trimmed
        for item in text.split(separator: "&") {
            guard let sign = item.firstIndex(of: "=") else { throw .badStructure }
            let value = item[item.index(after: sign)...]
            guard values.updateValue(value, forKey: item[..<sign]) == nil else { throw .duplicate }
        }
        guard let version = values["v"] else { throw .badStructure }
        guard version == "1" else { throw .unsupportedVersion }
        guard let address = values["eui"], let credential = values["cc"] else { throw .missingField }
        guard address.isAllHex else { throw address.isEmpty ? .emptyValue : .badCharset }
        guard credential.allSatisfy(isCredential) else { throw .badCharset }
        guard (6...32).contains(credential.count) else { throw .badLength }
        var reading = Reading()
        try reading.fields.add("eui64", try HardwareAddress.eui64(address.uppercased()))
        try reading.fields.add("secret.joinerCredential", String(credential))
        return reading
    }

    private static func isCredential(_ character: Character) -> Bool {
        character.isASCII && (character.isNumber || ("A"..."Y").contains(character))
            && !"IOQZ".contains(character)
    }
}
