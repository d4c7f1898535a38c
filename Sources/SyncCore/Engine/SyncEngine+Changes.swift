import Model

extension SyncEngine {
    /// Applies an event to an entry and has it recorded. What the transition table refuses is left as it is: the
    /// store would refuse it too.
    ///
    /// - Returns: whether the entry changed.
    @discardableResult
    mutating func change(_ change: SyncChange, _ step: inout Step) -> Bool {
        guard let tracked = queue[change.operationID],
            case .to(let next) = tracked.entry.state.after(change.event)
        else {
            assertionFailure("\(change.event) does not fit \(change.operationID)")
            return false
        }
        step.changes.append(change)
        queue.update(change.operationID) { tracked in
            tracked.entry.state = next
            if let problem = change.problem { tracked.entry.problemCode = problem.code }
            if change.event == .sendStarted { tracked.entry.attempts += 1 }
        }
        if !next.isOpen { queue.remove(change.operationID) }
        return true
    }

    /// Brings the heads of lanes to `ready` and what stands behind them to `blocked`.
    mutating func arrangeLanes(_ step: inout Step) {
        for lane in queue.takeRearranged() {
            for (position, tracked) in queue.lanes[lane].entries.enumerated() {
                let isHead = position == 0
                if tracked.entry.state == .queued || (tracked.entry.state == .blocked && isHead) {
                    change(SyncChange(tracked.operationID, isHead ? .admitted : .blocked), &step)
                }
            }
        }
    }

    /// Sets an entry aside until `moment`: it surely took no effect this time.
    ///
    /// `isItsOwn` says that the wait is this entry's; otherwise the link or a gate holds it, and when that opens early
    /// the entry is free with it.
    mutating func postpone(
        _ id: OperationID, until moment: Instant, problem: Problem?, isItsOwn: Bool = false,
        _ step: inout Step
    ) {
        guard let tracked = queue[id] else { return }
        switch tracked.entry.state {
        case .inFlight: change(SyncChange(id, .failed, retryAt: moment, problem: problem), &step)
        case .inDoubt: change(SyncChange(id, .foundUnknown, retryAt: moment, problem: problem), &step)
        case .draft, .queued, .held, .blocked, .ready, .waiting, .rejected, .applied, .superseded, .withdrawn,
            .archived:
            return
        }
        queue.update(id) { tracked in
            tracked.notBefore = isItsOwn ? moment : step.now
            tracked.firstFailureAt = tracked.firstFailureAt ?? step.now
            tracked.vainQuestions = 0
        }
    }

    /// Notes that nobody knows what became of an operation; it is asked about at `moment`.
    mutating func doubt(
        _ id: OperationID, until moment: Instant, problem: Problem?, isItsOwn: Bool = false,
        _ step: inout Step
    ) {
        guard let tracked = queue[id] else { return }
        switch tracked.entry.state {
        case .inFlight: change(SyncChange(id, .answerLost, retryAt: moment, problem: problem), &step)
        case .inDoubt, .draft, .queued, .held, .blocked, .ready, .waiting, .rejected, .applied, .superseded,
            .withdrawn, .archived:
            break
        }
        queue.update(id) { tracked in
            tracked.notBefore = isItsOwn ? moment : step.now
            tracked.firstFailureAt = tracked.firstFailureAt ?? step.now
            tracked.vainQuestions += 1
        }
    }
}
