package import Model

/// Whether a target answers, as the registrar has seen it by itself. What a person says of it stands in the rules of placement
/// and is none of this.
///
/// A value: the same sightings at the same times give the same health. It is found to be down once its calls have failed for
/// longer than the policy says, and up again with the first answer, to a harmless call that is tried at growing intervals or to
/// any other.
package struct TargetHealth: Codable, Equatable, Sendable {
    package struct Outage: Codable, Equatable, Sendable {
        /// When the first call failed.
        package var since: Timestamp
        package var reason: String
        var tries: Int
        var nextTry: Timestamp
    }

    /// What has changed for placement.
    package enum Change: Equatable, Sendable {
        case wentDown(Outage)
        case cameUp(Outage)
    }

    /// Since the last answer.
    package private(set) var failures: TargetFailures?
    package private(set) var outage: Outage?

    package init() {}

    package mutating func learn(
        _ seen: TargetSightings, downAfterSeconds: Int, at now: Timestamp
    ) -> Change? {
        var change: Change?
        if let answeredAt = seen.answeredAt {
            if let outage { change = .cameUp(outage) }
            outage = nil
            // Somebody else may have seen it fail after that.
            if let known = failures, known.last > answeredAt, known.last <= now {
                failures?.since = known.last
                failures?.count = 1
            } else {
                failures = nil
            }
        }
        if let more = seen.failures { add(more) }
        return goesDown(after: downAfterSeconds, at: now).map { .wentDown($0) } ?? change
    }

    private mutating func add(_ more: TargetFailures) {
        guard let known = failures,
            more.since.milliseconds - known.last.milliseconds <= HealthTuning.longestGap,
            // A clock that was set back tells no durations.
            known.since <= more.since
        else {
            failures = more
            return
        }
        failures = TargetFailures(
            since: known.since, last: max(known.last, more.last),
            count: min(known.count + more.count, 1_000_000), reason: more.reason)
    }

    private mutating func goesDown(after seconds: Int, at now: Timestamp) -> Outage? {
        guard seconds > 0, outage == nil, let failures, failures.count >= HealthTuning.fewestFailures,
            failures.last.milliseconds - failures.since.milliseconds >= Int64(seconds) * 1000
        else { return nil }
        outage = Outage(
            since: failures.since, reason: failures.reason, tries: 0,
            nextTry: now.advanced(byMilliseconds: HealthTuning.firstTry))
        return outage
    }

    /// Whether one harmless call is due. When it is, the next one is set, so that no other asks for the same.
    package mutating func takeTry(downAfterSeconds: Int, at now: Timestamp) -> Bool {
        if var outage {
            // A clock that was set back must not put the try off for long.
            let isDue =
                outage.nextTry <= now
                || outage.nextTry.milliseconds - now.milliseconds > HealthTuning.longestTry
            guard isDue else { return false }
            outage.tries += 1
            let pause = HealthTuning.firstTry << Int64(min(outage.tries, 10))
            outage.nextTry = now.advanced(byMilliseconds: min(pause, HealthTuning.longestTry))
            self.outage = outage
            return true
        }
        guard downAfterSeconds > 0, let failures else { return false }
        let pause = min(HealthTuning.failingTry, Int64(downAfterSeconds) * 1000 / 3)
        return now.milliseconds - failures.last.milliseconds >= pause
    }
}

extension Timestamp {
    fileprivate func advanced(byMilliseconds milliseconds: Int64) -> Timestamp {
        Timestamp(milliseconds: self.milliseconds + milliseconds)
    }
}
