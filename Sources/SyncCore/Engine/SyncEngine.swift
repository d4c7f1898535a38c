package import Model

/// Decides what the sync with one registrar does next: pure, told everything, doing nothing itself.
///
/// One operation of a lane travels at a time; its successor is sent when the registrar has applied it. Many lanes share
/// a request when operator and tenant are the same. Whatever happens, an operation leaves the engine only by a verified
/// receipt, or because a person closed it in the store.
///
/// ## Loop-back sites
/// Every place that sends something again, what bounds it, and what changes before the next try:
/// - *Greeting after a failed one*: `Backoff.fullJitter` or Retry-After; time passes, the network may change.
/// - *Exchange after a broken one*: the link goes down, a greeting must succeed first; failures of the link are
///   forgotten only when the registrar answers work, not when it answers a greeting. A time-out halves the batch.
/// - *Question about an operation in doubt*: one at a time for each operation, delay doubling with each vain one. It ends
///   in applied, rejected or ready.
/// - *Operation found unknown*: sent again as it was, from the retry budget.
/// - *Problem that may heal* (`rate_limited`, `unavailable`): delay doubling with the attempts, Retry-After first, the
///   retry budget; after `triesBeforeAttention` about once an hour and flagged.
/// - *Device in no delivery list*: `slowPace`, or a delta of the catalogue.
/// - *Answer that is not known*: `triesOfUnknownAnswer` attempts, then a person decides.
/// - *Request too large*: half as many operations each time, down to one, which is then refused.
/// - *Request refused as a whole*: as too large, so that one operation that spoils a request ends up alone.
/// - *Sign-in, right or version refused*: one probe each `stoppedPace`, or at once after a new sign-in.
/// - *Next page of a feed*: the cursor moved; at most `pagesWithoutPause` in a row. A reset happens once in a row.
package struct SyncEngine: Equatable, Sendable {
    package let registrar: RegistrarID
    package let tuning: SyncTuning

    var queue = SendQueue()
    var exchanges: [RequestID: Exchange] = [:]
    var lastRequest = 0
    var link = Link.untried
    /// Failures of the link since the registrar last answered work.
    var linkFailures = 0
    var linkProblem: ServiceProblem?
    var gates: [Gate.Key: Gate] = [:]
    var signedIn: Set<OperatorID> = []
    var feeds: [Feed] = []
    var limit: BatchLimit
    var budget: RetryBudget
    var reported: Set<ServiceProblem> = []
    /// Whether the registrar has answered in this run.
    package internal(set) var hasReachedRegistrar = false

    /// The retry budget counts from `now`.
    package init(registrar: RegistrarID, tuning: SyncTuning = SyncTuning(), at now: Instant) {
        self.registrar = registrar
        self.tuning = tuning
        limit = BatchLimit(tuning: tuning)
        budget = RetryBudget(at: now, tuning: tuning)
    }

    /// Takes in what happened and says what to do about it.
    ///
    /// - Parameters:
    ///   - event: what happened.
    ///   - now: monotonic; never earlier than in the call before.
    ///   - random: where all jitter comes from.
    /// - Returns: what to do, in this order.
    package mutating func handle(
        _ event: SyncEvent, at now: Instant, random: inout some RandomNumberGenerator
    ) -> [SyncInstruction] {
        var step = Step(now: now)
        absorb(event, &step, &random)
        arrangeLanes(&step)
        plan(&step)
        return instructions(of: step)
    }

    private mutating func instructions(of step: Step) -> [SyncInstruction] {
        var instructions: [SyncInstruction] = step.changes.isEmpty ? [] : [.record(step.changes)]
        instructions += step.instructions
        let current = Set(problems + step.problems)
        for problem in problems + step.problems where reported.insert(problem).inserted {
            instructions.append(.report(problem))
        }
        reported.formIntersection(current)
        if let moment = nextMoment(after: step.now) { instructions.append(.wakeUp(at: moment)) }
        return instructions
    }

    /// What one call of `handle` has decided so far.
    struct Step {
        let now: Instant
        var changes: [SyncChange] = []
        var instructions: [SyncInstruction] = []
        /// Troubles that pass with the answer that showed them.
        var problems: [ServiceProblem] = []
    }
}

// MARK: - What others may know

extension SyncEngine {
    /// Whether nothing travels.
    package var isIdle: Bool { exchanges.isEmpty }

    /// Troubles that hold now, the registrar's first.
    package var problems: [ServiceProblem] {
        var problems = linkProblem.map { [$0] } ?? []
        for problem in gates.values.map(\.problem) where !problems.contains(problem) {
            problems.append(problem)
        }
        for operatorID in operatorsWithoutSignIn where !problems.contains(.signedOut(operatorID)) {
            problems.append(.signedOut(operatorID))
        }
        return problems.sorted { $0.explanation.what < $1.explanation.what }
    }

    /// Open entries that a person has to look at: refused, held, or tried in vain for long.
    package func needingAttention(at now: Instant) -> [OperationID] {
        queue.lanes.flatMap(\.entries).filter {
            $0.entry.state == .rejected || $0.entry.state == .held || isStale($0, at: now)
        }.map(\.operationID)
    }

    /// Open entries, whatever they wait for.
    package var openCount: Int { queue.count }

    /// Open entries that cannot move before an operator signs in again, gets a right, or the program is updated.
    package var stopped: [OperationID] {
        queue.lanes.flatMap(\.entries).filter { tracked in
            guard tracked.entry.state != .rejected, tracked.entry.state != .held else { return false }
            guard signedIn.contains(tracked.entry.operatorID), linkProblem?.needsPerson != true else {
                return true
            }
            return keys(of: tracked.entry.channel).contains { gates[$0]?.problem.needsPerson == true }
        }.map(\.operationID)
    }

    private var operatorsWithoutSignIn: [OperatorID] {
        queue.entriesOfOperators.filter { $0.value > 0 && !signedIn.contains($0.key) }.keys.sorted()
    }

    func isStale(_ tracked: TrackedEntry, at now: Instant) -> Bool {
        guard tracked.entry.attempts < tuning.triesBeforeAttention else { return true }
        guard let first = tracked.firstFailureAt else { return false }
        return now.milliseconds(since: first) >= tuning.timeBeforeAttention
    }

    func keys(of channel: Channel) -> [Gate.Key] { [.operatorID(channel.operatorID), .channel(channel)] }
}

extension ServiceProblem {
    /// Whether only a person can end it.
    package var needsPerson: Bool {
        switch self {
        case .signedOut, .notAuthorised, .updateNeeded, .otherRegistrar, .protocolUnsupported: true
        case .unreachable, .answeredBySomethingElse, .certificateNotTrusted, .busy, .receiptNotAccepted,
            .feedUnreadable:
            false
        }
    }
}
