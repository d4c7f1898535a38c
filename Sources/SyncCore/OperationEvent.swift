/// What happens to an operation. Raw values stand in the audit chain as `operation_<raw value>`.
package enum OperationEvent: String, Codable, CaseIterable, Sendable {
    /// The store committed it.
    case accepted
    /// It is the first open operation of its lane and nothing holds it.
    case admitted
    /// Something that only a person or an update can change keeps it from being sent.
    case held
    /// An earlier operation of its lane is open.
    case blocked
    /// The sender is about to hand its bytes to the network.
    case sendStarted = "send_started"
    /// The answer was a receipt, signed by the registrar and naming this operation and its bytes.
    case receiptVerified = "receipt_verified"
    /// The registrar answered that it will never take the operation as it is.
    case refused
    /// It surely took no effect this time, or asking about it gave no answer: try again later.
    case failed
    /// Bytes left and no usable answer came back.
    case answerLost = "answer_lost"
    /// Asked about it, the registrar gave the receipt.
    case foundApplied = "found_applied"
    /// Asked about it, the registrar has never seen it.
    case foundUnknown = "found_unknown"
    /// The wait before the next try is over.
    case waitOver = "wait_over"
    /// What held it is gone.
    case unheld
    /// A person wants it sent again now.
    case retried
    /// A person put a correcting operation in its place.
    case superseded
    /// A person gave it up, with a reason.
    case withdrawn
    /// It was applied so long ago that receipt and hashes suffice.
    case archived
}

/// What an event does to a state.
package enum Transition: Equatable, Sendable {
    case to(OperationState)
    /// The event cannot happen in this state; nothing changes.
    case refused
}

extension OperationState {
    /// The state after `event`. Every pair is written down.
    ///
    /// Only `queued`, `ready`, `held` … of the first open operation of a lane ever leave the tablet: no event but
    /// `admitted` leads out of `blocked` to `ready`, and the store lets that happen to a lane's first only. What is on
    /// its way (`in_flight`, `in_doubt`) cannot be closed by a person, because it may have taken effect already.
    package func after(_ event: OperationEvent) -> Transition {
        switch self {
        case .draft: Self.afterDraft(event)
        case .queued: Self.afterQueued(event)
        case .held: Self.afterHeld(event)
        case .blocked: Self.afterBlocked(event)
        case .ready: Self.afterReady(event)
        case .inFlight: Self.afterInFlight(event)
        case .inDoubt: Self.afterInDoubt(event)
        case .waiting: Self.afterWaiting(event)
        case .rejected: Self.afterRejected(event)
        case .applied: Self.afterApplied(event)
        case .superseded, .withdrawn, .archived: .refused
        }
    }

    private static func afterDraft(_ event: OperationEvent) -> Transition {
        switch event {
        case .accepted: .to(.queued)
        case .admitted, .held, .blocked, .sendStarted, .receiptVerified, .refused, .failed, .answerLost,
            .foundApplied, .foundUnknown, .waitOver, .unheld, .retried, .superseded, .withdrawn, .archived:
            .refused
        }
    }

    private static func afterQueued(_ event: OperationEvent) -> Transition {
        switch event {
        case .admitted: .to(.ready)
        case .held: .to(.held)
        case .blocked: .to(.blocked)
        case .superseded: .to(.superseded)
        case .withdrawn: .to(.withdrawn)
        case .accepted, .sendStarted, .receiptVerified, .refused, .failed, .answerLost, .foundApplied,
            .foundUnknown, .waitOver, .unheld, .retried, .archived:
            .refused
        }
    }

    private static func afterHeld(_ event: OperationEvent) -> Transition {
        switch event {
        case .unheld, .retried: .to(.ready)
        case .superseded: .to(.superseded)
        case .withdrawn: .to(.withdrawn)
        case .accepted, .admitted, .held, .blocked, .sendStarted, .receiptVerified, .refused, .failed,
            .answerLost, .foundApplied, .foundUnknown, .waitOver, .archived:
            .refused
        }
    }

    private static func afterBlocked(_ event: OperationEvent) -> Transition {
        switch event {
        case .admitted: .to(.ready)
        case .superseded: .to(.superseded)
        case .withdrawn: .to(.withdrawn)
        case .accepted, .held, .blocked, .sendStarted, .receiptVerified, .refused, .failed, .answerLost,
            .foundApplied, .foundUnknown, .waitOver, .unheld, .retried, .archived:
            .refused
        }
    }

    private static func afterReady(_ event: OperationEvent) -> Transition {
        switch event {
        case .sendStarted: .to(.inFlight)
        case .held: .to(.held)
        case .superseded: .to(.superseded)
        case .withdrawn: .to(.withdrawn)
        case .accepted, .admitted, .blocked, .receiptVerified, .refused, .failed, .answerLost, .foundApplied,
            .foundUnknown, .waitOver, .unheld, .retried, .archived:
            .refused
        }
    }

    private static func afterInFlight(_ event: OperationEvent) -> Transition {
        switch event {
        case .receiptVerified: .to(.applied)
        case .refused: .to(.rejected)
        case .failed: .to(.waiting)
        case .answerLost: .to(.inDoubt)
        case .held: .to(.held)
        case .accepted, .admitted, .blocked, .sendStarted, .foundApplied, .foundUnknown, .waitOver, .unheld,
            .retried, .superseded, .withdrawn, .archived:
            .refused
        }
    }

    private static func afterInDoubt(_ event: OperationEvent) -> Transition {
        switch event {
        case .foundApplied, .receiptVerified: .to(.applied)
        case .foundUnknown: .to(.ready)
        case .refused: .to(.rejected)
        case .failed, .answerLost: .to(.inDoubt)
        case .accepted, .admitted, .held, .blocked, .sendStarted, .waitOver, .unheld, .retried, .superseded,
            .withdrawn, .archived:
            .refused
        }
    }

    private static func afterWaiting(_ event: OperationEvent) -> Transition {
        switch event {
        case .waitOver, .retried: .to(.ready)
        case .held: .to(.held)
        case .superseded: .to(.superseded)
        case .withdrawn: .to(.withdrawn)
        case .accepted, .admitted, .blocked, .sendStarted, .receiptVerified, .refused, .failed, .answerLost,
            .foundApplied, .foundUnknown, .unheld, .archived:
            .refused
        }
    }

    private static func afterRejected(_ event: OperationEvent) -> Transition {
        switch event {
        case .retried: .to(.ready)
        case .superseded: .to(.superseded)
        case .withdrawn: .to(.withdrawn)
        case .accepted, .admitted, .held, .blocked, .sendStarted, .receiptVerified, .refused, .failed,
            .answerLost, .foundApplied, .foundUnknown, .waitOver, .unheld, .archived:
            .refused
        }
    }

    private static func afterApplied(_ event: OperationEvent) -> Transition {
        switch event {
        case .archived: .to(.archived)
        case .accepted, .admitted, .held, .blocked, .sendStarted, .receiptVerified, .refused, .failed,
            .answerLost, .foundApplied, .foundUnknown, .waitOver, .unheld, .retried, .superseded, .withdrawn:
            .refused
        }
    }
}
