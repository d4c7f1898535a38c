import Model
import Synchronization
import TargetCore

/// What every answer of a target shows beside what it says: whether the target is there, and how late it is by its clock.
final class TargetWatch: Sendable {
    private struct Seen {
        var sightings = TargetSightings()
        var clock: TargetClock?
    }

    private let seen = Mutex(Seen())

    var clock: TargetClock? { seen.withLock { $0.clock } }

    func take() -> TargetSightings {
        seen.withLock { seen in
            defer { seen.sightings = TargetSightings() }
            return seen.sightings
        }
    }

    func saw(_ reply: CloudReply, at now: Timestamp) {
        seen.withLock { seen in
            if let theirs = reply.seconds {
                if seen.clock == nil {
                    seen.clock = TargetClock(theirs, at: now)
                } else {
                    seen.clock?.saw(theirs, at: now)
                }
            }
            if reply.status >= 500 {
                seen.sightings.failed("The target answered with status \(reply.status).", at: now)
            } else {
                seen.sightings.answered(at: now)
            }
        }
    }

    /// No answer came.
    func missed(_ reason: String, at now: Timestamp) {
        seen.withLock { $0.sightings.failed(reason, at: now) }
    }
}

extension CloudReply {
    /// Its date, in seconds since 1970.
    var seconds: Int64? { header("Date").flatMap(HTTPDate.seconds) }
}
