/// How payloads begin that say themselves what they are; by these, garbled text is told from a plain serial.
package enum KnownSchemes {
    private static let exact = [
        "MT:", "DPP:", "X-HM://", "HUE:", "RB01SG", "G$M:", "[)>", "v=1&&", "http://", "https://",
        "HTTP://", "HTTPS://", "{\"",
    ]
    private static let anyCase = ["lw:d", "urn:", "wifi:"]

    /// Whether a text begins like a payload of a known kind.
    package static func isKnown(_ text: String) -> Bool {
        exact.contains { text.hasPrefix($0) }
            || anyCase.contains { text.prefix($0.count).lowercased() == $0 }
            || beginsWithBrackets(text)
    }

    /// `(01)`: a GS1 identifier of two to four digits in brackets.
    private static func beginsWithBrackets(_ text: String) -> Bool {
        guard text.first == "(" else { return false }
        let digits = text.dropFirst().prefix { $0.isASCII && $0.isNumber }
        return (2...4).contains(digits.count) && text.dropFirst(1 + digits.count).first == ")"
    }
}
