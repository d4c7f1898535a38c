/// The one way by which text from outside reaches a terminal: what would steer the terminal or deceive the eye is shown
/// as a visible sign instead.
package enum VisibleText {
    /// Control characters become their pictures (`␛`), other format, bidi, zero-width and unassigned characters become
    /// `‹U+202E›`, and of a run of combining marks the first four stay. Line breaks and tabs are control characters too.
    package static func of(_ text: String) -> String {
        var visible = String.UnicodeScalarView()
        var marks = 0
        for scalar in text.unicodeScalars {
            marks = scalar.properties.canonicalCombiningClass == .notReordered ? 0 : marks + 1
            switch scalar.value {
            case 0..<0x20: visible.append(contentsOf: picture(0x2400 + scalar.value))
            case 0x7F: visible.append(contentsOf: picture(0x2421))
            default:
                if isSteering(scalar) {
                    visible.append(contentsOf: "‹U+\(digits(scalar))›".unicodeScalars)
                } else if marks <= 4 {
                    visible.append(scalar)
                }
            }
        }
        return String(visible)
    }

    /// JSON text in which every such character inside a string is written `\uXXXX`: the same value, safe to show.
    package static func json(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isSteering) else { return text }
        var safe = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if isSteering(scalar) {
                for unit in String(scalar).utf16 {
                    safe.append(
                        contentsOf: "\\u\(Hexadecimal.encode([UInt8(unit >> 8), UInt8(unit & 0xFF)]))"
                            .unicodeScalars)
                }
            } else {
                safe.append(scalar)
            }
        }
        return String(safe)
    }

    /// C0, DEL, C1, format characters (bidi, zero-width, tags), line and paragraph separators, private use, unassigned.
    private static func isSteering(_ scalar: Unicode.Scalar) -> Bool {
        if (0x20..<0x7F).contains(scalar.value) { return false }
        if scalar.value < 0xA0 { return true }
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned:
            return true
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
            .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber, .letterNumber, .otherNumber,
            .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
            .finalPunctuation, .otherPunctuation, .mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol,
            .spaceSeparator:
            return false
        @unknown default: return true
        }
    }

    private static func picture(_ value: UInt32) -> String.UnicodeScalarView {
        String(Unicode.Scalar(value).map(Character.init) ?? "?").unicodeScalars
    }

    private static func digits(_ scalar: Unicode.Scalar) -> String {
        let text = String(scalar.value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, 4 - text.count)) + text
    }
}
