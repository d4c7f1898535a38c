import Model

/// When a work is to be looked at again.
package enum TargetPace: Equatable, Sendable {
    case atOnce
    case later(seconds: Int, reason: String)
}

extension TargetWork {
    /// Whether the work must be on the disk once it is to send the call and before that is sent: a call that doubles, and the
    /// first that may change anything.
    package func mustBeKept(before call: CloudCall) -> Bool {
        call.repeats == .doubling || call.mayChange && !hasBegun
    }

    /// A call is about to be sent. For one that doubles, what is kept now says so, and what an earlier look found does not
    /// count any more.
    package mutating func willSend(_ call: CloudCall) {
        if call.mayChange, !hasBegun { (hasBegun, isBeginning) = (true, true) }
        guard call.repeats == .doubling else { return }
        sent = call.name
        facts[Self.lookedPrefix + call.name] = nil
    }

    /// An answer came and was read.
    ///
    /// A fault that is to be tried again leaves the work as it was; any other sets it to undoing. While undoing, a fault
    /// that would end the work is noted as a leftover under the call's name, and the undoing goes on.
    package mutating func take(_ reading: TargetReading, of call: CloudCall) -> TargetPace {
        isBeginning = false
        switch reading {
        case .learned(let facts, let secrets):
            if sent == call.name { sent = nil }
            faultsInRow = 0
            self.facts.merge(facts) { _, new in new }
            self.secrets.merge(secrets) { _, new in new }
            return .atOnce
        case .fault(let fault):
            if sent == call.name, fault.mayHaveActed != true { sent = nil }
            return take(fault, of: call)
        }
    }

    /// No answer came. When nothing can have arrived, the call counts as not sent.
    package mutating func loseAnswer(
        of call: CloudCall, mayHaveArrived: Bool, reason: String
    ) -> TargetPace {
        if !mayHaveArrived, sent == call.name { sent = nil }
        if !mayHaveArrived, isBeginning { hasBegun = false }
        isBeginning = false
        faultsInRow += 1
        return .later(seconds: pauseSeconds, reason: reason)
    }

    private mutating func take(_ fault: TargetFault, of call: CloudCall) -> TargetPace {
        switch fault.retry {
        case .later:
            faultsInRow += 1
            return .later(seconds: fault.retryAfterSeconds ?? pauseSeconds, reason: fault.what)
        case .rereading:
            faultsInRow += 1
            facts = facts.filter { !$0.key.hasPrefix(Self.readPrefix) }
            return faultsInRow > Self.rereadsAtOnce
                ? .later(seconds: pauseSeconds, reason: fault.what) : .atOnce
        case .afterMending:
            faultsInRow += 1
            return .later(seconds: max(pauseSeconds, Self.mendingSeconds), reason: fault.what)
        case .never:
            faultsInRow = 0
            if self.fault == nil {
                self.fault = fault
            } else {
                leftovers.append("\(call.name): \(fault.what)")
                facts[Self.leftPrefix + call.name] = fault.code
                facts[Self.leftPrefix + call.identity] = fault.code
            }
            return .atOnce
        }
    }

    /// Facts under this prefix were read from the target and may be out of date; those that `rereading` forgets.
    package static let readPrefix = "read."
    /// A fact of this prefix and the name of a call that is in doubt: it was looked for and not found, so that it is made
    /// again. Looking may take many calls; the doubt lasts until one of them teaches this.
    package static let lookedPrefix = "looked."
    /// Facts under this prefix name calls of the undoing that were refused, so that they are not made again: by the
    /// operation's name, and by the call's identity where one operation undoes several things.
    package static let leftPrefix = "left."

    private static let rereadsAtOnce = 3
    private static let mendingSeconds = 300
    private static let longestPauseSeconds = 900

    /// Doubles from 2 seconds; whoever performs the work adds chance to it.
    private var pauseSeconds: Int {
        min(1 << min(max(faultsInRow, 1), 10), Self.longestPauseSeconds)
    }
}
