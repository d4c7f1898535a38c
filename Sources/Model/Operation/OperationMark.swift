/// What becomes of an operation, as the person with the device sees it: a sign with a word beside it.
package enum OperationMark: String, Codable, CaseIterable, Sendable {
    case saved, sent, confirmed
    case needsYou = "needs_you"
    case closed

    /// One character, one cell wide.
    package var symbol: String {
        switch self {
        case .saved: "●"
        case .sent: "↑"
        case .confirmed: "✓"
        case .needsYou: "!"
        case .closed: "–"
        }
    }

    /// The word that always stands beside the symbol.
    package var word: String {
        switch self {
        case .saved: "saved"
        case .sent: "sent"
        case .confirmed: "confirmed"
        case .needsYou: "needs you"
        case .closed: "closed"
        }
    }
}
