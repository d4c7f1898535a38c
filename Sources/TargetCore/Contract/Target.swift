package import Model

/// A place to provision devices into, as a value that decides and never acts.
///
/// An intent may take many calls. They are not a list: `step` looks at what is known and gives the next one, so that
/// work that was cut off anywhere goes on from what its journal holds. Whoever performs it keeps `work` in the
/// journal before each call and after each answer. Works of many devices know nothing of each other; whether their calls
/// go together is asked of `CallJoining`.
package protocol Target: CallJoining, ListingTarget {
    var targetID: TargetID { get }
    var kind: TargetKind { get }
    var capabilities: TargetCapabilities { get }

    /// What the target would refuse of this work, found without asking it.
    func findings(in work: TargetWork, at now: Timestamp) -> [TargetFinding]

    /// What to do next. The same work and time always give the same step.
    ///
    /// When `work.fault` is set, the steps undo what `work.facts` says was made, newest first, and end in `refused`.
    func step(of work: TargetWork, at now: Timestamp) -> TargetStep

    /// What an answer teaches. Never traps, whatever came.
    func reading(of reply: CloudReply, to call: CloudCall, in work: TargetWork) -> TargetReading
}

/// The next thing to do for a work.
package enum TargetStep: Equatable, Sendable {
    case call(CloudCall)
    /// The target is at it; look again after so many seconds.
    case wait(seconds: Int, reason: String)
    case done(TargetOutcome)
    /// It is not to be had, and nothing of it is left there that was not there before; what could not be undone is
    /// named in the work's leftovers.
    case refused(TargetFault)
}

/// What an answer teaches.
package enum TargetReading: Equatable, Sendable {
    /// Facts to keep, and secrets to hold only as long as the work is being performed.
    case learned([String: String], secrets: [String: Redacted<String>] = [:])
    case fault(TargetFault)
}
