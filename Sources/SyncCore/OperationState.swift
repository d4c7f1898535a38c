package import Model

/// Where an operation stands between the tablet and its receipt.
///
/// Stored by its raw value. `Sources/OperationStates.md` draws the states; a test holds drawing and code together.
package enum OperationState: String, Codable, CaseIterable, Sendable {
    /// Being entered; nothing is promised yet and nothing of it is stored.
    case draft
    /// Accepted: its bytes are frozen and durable. First open operation of its lane.
    case queued
    /// Set aside until a condition holds that sending again cannot bring about: signed out, paused, too old a program.
    case held
    /// Behind an earlier open operation of its lane. Every open operation of a lane but the first is blocked.
    case blocked
    /// May be sent now.
    case ready
    /// Handed to the network; the answer is awaited.
    case inFlight = "in_flight"
    /// Sent, and the answer was lost: it is asked about, never guessed.
    case inDoubt = "in_doubt"
    /// Not taken this time, to be sent again after a while.
    case waiting
    /// Refused by the registrar. Stays until a named person closes or retries it.
    case rejected
    /// Its signed receipt was verified.
    case applied
    /// Closed by a person through a correcting operation.
    case superseded
    /// Closed by a person, with a reason.
    case withdrawn
    /// Applied long ago; only receipt and hashes are kept.
    case archived

    /// Whether the operation still waits for an outcome, or for a person.
    package var isOpen: Bool {
        switch self {
        case .queued, .held, .blocked, .ready, .inFlight, .inDoubt, .waiting, .rejected: true
        case .draft, .applied, .superseded, .withdrawn, .archived: false
        }
    }

    /// What a technician sees of the state.
    package var mark: OperationMark {
        switch self {
        case .draft, .queued, .blocked, .ready, .waiting: .saved
        case .inFlight, .inDoubt: .sent
        case .applied, .archived: .confirmed
        case .held, .rejected: .needsYou
        case .superseded, .withdrawn: .closed
        }
    }
}
