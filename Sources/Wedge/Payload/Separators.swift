/// What scanners send where a symbol holds a separator.
enum Separators {
    private static let escape: Unicode.Scalar = "\u{1B}"

    /// Turns `ALT+0 2 9` as a terminal delivers it, with ESC before the digits or before each, into the
    /// character meant.
    static func decoded(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        var text = String.UnicodeScalarView()
        var rest = scalars
        while let scalar = rest.first {
            if scalar == escape, let (meant, count) = altCode(rest) {
                text.append(meant)
                rest = rest.dropFirst(count)
            } else {
                text.append(scalar)
                rest = rest.dropFirst()
            }
        }
        return String(text)
    }

    /// The separator that an ALT code at the beginning means, and how many characters the code has.
    private static func altCode(_ rest: ArraySlice<Unicode.Scalar>) -> (Unicode.Scalar, count: Int)? {
        var digits = ""
        var count = 0
        for scalar in rest.prefix(6) {
            count += 1
            if scalar == escape { continue }
            guard (0x30...0x39).contains(scalar.value) else { return nil }
            digits.unicodeScalars.append(scalar)
            if digits.unicodeScalars.count == 3 { break }
        }
        switch digits {
        case "029": return ("\u{1D}", count)
        case "030": return ("\u{1E}", count)
        case "028": return ("\u{1C}", count)
        case "031": return ("\u{1F}", count)
        case "004": return ("\u{04}", count)
        default: return nil
        }
    }

    /// Whether a payload may hold separators at all: an address or a payload with signs of its own does not,
    /// and there the substitute is a character like any other.
    static func mayBeIn(_ text: String) -> Bool {
        let payload = AIMIdentifier.split(text)?.rest ?? text
        return payload.hasPrefix("[)>") || !KnownSchemes.isKnown(payload)
    }

    static func replacing(_ substitute: String, in text: String) -> String {
        guard !substitute.isEmpty else { return text }
        let (wanted, all) = (Array(substitute.unicodeScalars), Array(text.unicodeScalars))
        var replaced = String.UnicodeScalarView()
        var index = 0
        while index < all.count {
            if all[index...].starts(with: wanted) {
                replaced.append("\u{1D}")
                index += wanted.count
            } else {
                replaced.append(all[index])
                index += 1
            }
        }
        return String(replaced)
    }
}
