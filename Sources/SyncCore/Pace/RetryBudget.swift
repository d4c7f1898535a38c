/// A bucket of tokens that limits repeats to a share of the traffic.
///
/// New work pays in, each request that sends something again takes one out, and a trickle refills it, so first tries
/// never wait for it and a lone tablet is never stuck. Source: Google SRE book, chapter 21 (retry budget).
package struct RetryBudget: Equatable, Sendable {
    private var tokens: Double
    private var countedAt: Instant
    private let share: Double
    private let burst: Double
    private let trickle: Int64

    package init(at now: Instant, tuning: SyncTuning) {
        tokens = tuning.retryBurst
        countedAt = now
        share = tuning.retryShare
        burst = tuning.retryBurst
        trickle = tuning.retryTrickle
    }

    /// Counts a request that sends only new work.
    package mutating func earn() {
        tokens = min(burst, tokens + share)
    }

    /// Takes what one repeat costs; `false`, taking nothing, when there is not enough.
    package mutating func spend(at now: Instant) -> Bool {
        refill(at: now)
        guard tokens >= 1 else { return false }
        tokens -= 1
        return true
    }

    /// Whether one repeat can be paid for now.
    package func canSpend(at now: Instant) -> Bool { nextRepeat(at: now) <= now }

    /// When one repeat can be paid for without any new work.
    package func nextRepeat(at now: Instant) -> Instant {
        let elapsed = Double(max(0, now.milliseconds(since: countedAt)))
        let missing = 1 - tokens - elapsed / Double(trickle)
        guard missing > 0 else { return now }
        return now.advanced(byMilliseconds: Int64(missing * Double(trickle)) + 1)
    }

    private mutating func refill(at now: Instant) {
        let elapsed = max(0, now.milliseconds(since: countedAt))
        tokens = min(burst, tokens + Double(elapsed) / Double(trickle))
        countedAt = max(countedAt, now)
    }
}
