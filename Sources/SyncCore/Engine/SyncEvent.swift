package import Model
package import Wire

/// Names one request from instruction to answer; never used twice by an engine.
package struct RequestID: Hashable, Comparable, Sendable {
    package let number: Int

    package init(number: Int) {
        self.number = number
    }

    package static func < (left: Self, right: Self) -> Bool { left.number < right.number }
}

/// What happened, as the engine is told it.
package enum SyncEvent: Equatable, Sendable {
    /// All open entries of this registrar, by lane and sequence: at the start, and whenever somebody else changed the
    /// store (accepted, decided, imported).
    case outboxRead([SyncEntry])
    /// A sign-in of this operator is kept here, new or renewed.
    case signedIn(OperatorID)
    case signedOut(OperatorID)
    /// The change feeds to keep up to date.
    case feedsRead([Channel])
    /// The moment of the last `wakeUp` has come; too early or too often does no harm.
    case woke
    /// Routes or addresses of the machine changed.
    case networkChanged
    /// A person wants to see something happen now.
    case personAskedToSync
    case greeted(RequestID, Answer<Hello>)
    /// One verdict for each operation that was sent.
    case submitted(RequestID, Answer<[OperationID: OperationVerdict]>)
    case statusAnswered(RequestID, Answer<OperationVerdict>)
    case changesPulled(RequestID, Answer<PulledPage>)
}

/// What a page of a change feed meant; its content is in the store by then.
package struct PulledPage: Equatable, Sendable {
    /// Another page waits already.
    package var more: Bool
    /// A delivery list or catalogue changed, so that an unknown device may be known now.
    package var mayAdmit: Bool

    package init(more: Bool, mayAdmit: Bool) {
        self.more = more
        self.mayAdmit = mayAdmit
    }
}
