/// The three codes of the calibration page, which a new scanner reads one after the other.
package enum CalibrationCode: CaseIterable, Sendable {
    /// GS1 data with one separator in it.
    case separator
    /// Small and capital letters and every sign that payloads use.
    case characters
    /// An envelope with all three of its separators.
    case envelope

    /// What the symbol holds; in a GS1 symbol the separator is FNC1 and one more FNC1 stands in first
    /// position.
    package var payload: String {
        switch self {
        case .separator: Self.separatorHead + "\u{1D}" + Self.separatorTail
        case .characters: "aA1:;/?=&-_$%+|{}[]"
        case .envelope: "[)>\u{1E}06\u{1D}1PMUSTER\u{1D}SCAL1\u{1E}\u{04}"
        }
    }

    /// Whether the code has to be printed as a GS1 symbol.
    package var isGS1: Bool { self == .separator }

    static let separatorHead = "010950110153000310CAL"
    static let separatorTail = "21A1"
}
