import Labels
import Model

/// Vendors' templates: patterns that a person wrote, on texts that nobody did.
enum TemplateChecks {
    private static let secrets: Set<String> = ["code"]

    /// A line with a pattern, then the text.
    static func check(_ bytes: [UInt8]) throws(Violation) {
        let parts = bytes.split(separator: UInt8(ascii: "\n"), maxSplits: 1, omittingEmptySubsequences: false)
        let pattern = String(decoding: parts.first ?? [], as: UTF8.self)
        let text = parts.count > 1 ? Array(parts[1]) : []
        try check(pattern, on: text)
        try checkLiteral(String(decoding: text, as: UTF8.self))
    }

    private static func template(_ pattern: String) -> Result<VendorTemplate, TemplateError> {
        do throws(TemplateError) {
            return .success(
                try VendorTemplate(
                    name: "fuzz", pattern: pattern, constants: ["vendor": "Nordlicht"],
                    validators: ["mac": "mac", "imei": "imei"], secretGroups: secrets))
        } catch { return .failure(error) }
    }

    private static func check(_ pattern: String, on text: [UInt8]) throws(Violation) {
        let template = template(pattern)
        try require(template == Self.template(pattern), "compiles differently the second time")
        guard case .success(let template) = template else { return }
        let reader = ReaderChecks.reader(templates: [template])
        let payload = Payload(bytes: text)
        let name = "vendor-template:fuzz"
        guard let reading = reader.read(payload, as: name) else {
            throw Violation("there is no format \(name)")
        }
        try require(reading == reader.read(payload, as: name), "matches differently the second time")
        guard case .success(let label) = reading else { return }
        try require(label.fields["code"] == nil, "a secret group is not secret")
        // Bytes that are no UTF-8 are read as Latin-1, in which the groups are not found again.
        guard let whole = String(validating: text, as: UTF8.self)?.unicodeScalars else { return }
        for (field, value) in label.fields.plain where !["vendor", "mac", "imei", "tac"].contains(field) {
            try require(whole.holds(value.unicodeScalars), "\(field) is \(value), which is not in the text")
        }
    }

    /// Any text written out as a pattern matches itself, and its group is all of it.
    private static func checkLiteral(_ text: String) throws(Violation) {
        guard !text.isEmpty, text.count <= VendorTemplate.limitCharacters, text.utf8.allSatisfy({ $0 < 0x80 })
        else { return }
        let escaped = text.map { $0.isLetter || $0.isNumber ? String($0) : "\\" + String($0) }.joined()
        guard case .success(let template) = template("(?<whole>\(escaped))") else {
            throw Violation("a text cannot be written as a pattern: \(escaped)")
        }
        let reader = ReaderChecks.reader(templates: [template])
        // What begins like an AIM identifier, or holds the switches of one, is not the same to a reader.
        guard text.first != "]" else { return }
        let label = try? reader.read(Payload(text: text), as: "vendor-template:fuzz")?.get()
        try require(label?.fields["whole"] == text, "a text does not match itself")
    }
}

extension Collection where Element: Equatable {
    fileprivate func holds(_ part: some Collection<Element>) -> Bool {
        guard !part.isEmpty else { return true }
        var rest = self[...]
        while !rest.isEmpty {
            if rest.starts(with: part) { return true }
            rest = rest.dropFirst()
        }
        return false
    }
}
