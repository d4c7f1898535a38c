/// A UUID in its usual notations. Source: RFC 9562, section 4.
enum UUIDLabel {
    static let format = LabelFormat(name: "uuid", fit: fit, read: read)

    private static func fit(_ scan: Scan) -> LabelFormat.Fit {
        if scan.text.hasPrefixIgnoringCase("urn:uuid:") { return .certain }
        do throws(LabelFault) {
            _ = try canonical(scan.text)
            // Digits alone are a number of another kind.
            return scan.text.trimmed.isAllDigits ? .none : .possible
        } catch {
            // In its shape and yet none: no other reading of that is right.
            return error == LabelFault.forbiddenValue && scan.text.contains("-") ? .certain : .none
        }
    }

    private static func read(_ scan: Scan) throws(LabelFault) -> Reading {
        var reading = Reading()
        try reading.fields.add("uuid", try canonical(scan.text))
        return reading
    }

    /// Lower-case with dashes.
    static func canonical(_ text: String) throws(LabelFault) -> String {
        var rest = text.trimmed.lowercased()[...]
        if rest.hasPrefix("urn:uuid:") { rest = rest.dropFirst("urn:uuid:".count) }
        if rest.first == "{", rest.last == "}" { rest = rest.dropFirst().dropLast() }
        let groups = rest.split(separator: "-", omittingEmptySubsequences: false)
        let lengths = groups.map(\.count)
        guard lengths == [32] || lengths == [8, 4, 4, 4, 12], groups.allSatisfy(\.isAllHex) else {
            throw .badStructure
        }
        let hex = groups.joined()
        guard Set(hex) != ["0"], Set(hex) != ["f"] else { throw .forbiddenValue }
        var rebuilt = ""
        for (index, character) in hex.enumerated() {
            if [8, 12, 16, 20].contains(index) { rebuilt.append("-") }
            rebuilt.append(character)
        }
        return rebuilt
    }
}
