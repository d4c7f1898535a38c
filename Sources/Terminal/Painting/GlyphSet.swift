/// Which characters a terminal shows.
package enum GlyphSet: Equatable, Sendable {
    case unicode
    /// Letters of all languages, but not Muster's signs: the Linux console's font.
    case lettersOnly
    case ascii

    static func fit(type: String, isUTF8: Bool, wantsASCII: Bool) -> GlyphSet {
        if wantsASCII || !isUTF8 { return .ascii }
        return type.hasPrefix("linux") ? .lettersOnly : .unicode
    }

    /// What is drawn for a grapheme that takes `width` cells: clusters of at most five scalars, one after
    /// the other.
    func clusters(of grapheme: Character, width: Int) -> [Cluster] {
        guard self == .unicode || !grapheme.isASCII else { return Cluster.unicode(grapheme, width: width) }
        if self != .unicode, let sign = Self.signs[grapheme] { return [Cluster([sign])] }
        if self != .ascii { return Cluster.unicode(grapheme, width: width) }
        let base = grapheme.unicodeScalars.first ?? "?"
        return Array(repeating: Cluster([base.isASCII ? base : "?"]), count: max(1, width))
    }

    /// Muster's own signs in ASCII, one cell each.
    private static let signs: [Character: Unicode.Scalar] = [
        "●": "*", "○": "o", "↑": "^", "↓": "v", "→": ">", "←": "<", "✓": "+", "✗": "x", "–": "-", "—": "-",
        "…": "~", "·": ".", "•": "*", "│": "|", "─": "-", "┌": "+", "┐": "+", "└": "+", "┘": "+", "├": "+",
        "┤": "+", "┬": "+", "┴": "+", "┼": "+", "█": "#", "▀": "\"", "▄": "_", "▌": "[", "▏": "|", "▐": "]",
        "░": ".", "▒": ":", "▓": "#", "‹": "<", "›": ">", "«": "<", "»": ">", "“": "\"", "”": "\"", "‘": "'",
        "’": "'", "×": "x", "▸": ">", "▶": ">", "◀": "<", "▲": "^", "▼": "v", "⚠": "!",
    ]
}
