package import Model

/// What a run of the sync came to.
package struct SyncSummary: Equatable, Sendable {
    /// Operations whose receipt was verified in this run.
    package var confirmed: Int
    /// Open operations that move on by themselves.
    package var saved: Int
    /// Open operations that wait for a person: refused, held, tried in vain for long, signed out.
    package var needsYou: Int
    /// Whether every registrar that was to be reached answered.
    package var reached: Bool
    /// Another process sends from this store; this one did nothing.
    package var anotherProcessSends: Bool
    /// Troubles that held at the end.
    package var problems: [Explanation]

    package init(
        confirmed: Int = 0, saved: Int = 0, needsYou: Int = 0, reached: Bool = true,
        anotherProcessSends: Bool = false, problems: [Explanation] = []
    ) {
        self.confirmed = confirmed
        self.saved = saved
        self.needsYou = needsYou
        self.reached = reached
        self.anotherProcessSends = anotherProcessSends
        self.problems = problems
    }
}

/// How far a run is, told after each step that changed something.
package struct SyncProgress: Equatable, Sendable {
    /// Receipts verified so far in this run.
    package var confirmed: Int
    /// Operations that are open with the registrar of this step.
    package var open: Int
    /// When something is tried again, by the wall clock; `nil` while something travels or nothing waits.
    package var nextTry: Timestamp?
    package var news: [SyncNews]
}

/// One thing that a person may want to read while the sync runs.
package enum SyncNews: Equatable, Sendable {
    /// The registrar answered, and is the one that was paired.
    case reached(RegistrarID)
    case confirmed(OperationID, Receipt)
    /// A person has to decide.
    case refused(OperationID, Problem)
    /// It is tried again by itself.
    case waits(OperationID, Problem, until: Timestamp?)
    case trouble(Explanation)
    /// Another process sends; this one takes over when that one ends.
    case anotherProcessSends
}

/// How long a run goes on.
package enum SyncExtent: Equatable, Sendable {
    /// Until nothing can be sent now. Waits that end within the patience are waited for once the registrar was reached.
    case drained(patience: Duration)
    /// Until the task is cancelled.
    case forever
}
