package import Model

/// Failures in a row, with no answer between them.
package struct TargetFailures: Codable, Equatable, Sendable {
    package var since: Timestamp
    package var last: Timestamp
    package var count: Int
    /// What the last one was.
    package var reason: String
}

/// What calls have shown of a target since somebody last asked.
///
/// An answer is any but a failure within the target: one that complains, denies or finds nothing shows that it is there.
package struct TargetSightings: Equatable, Sendable {
    /// When the last answer came.
    package private(set) var answeredAt: Timestamp?
    /// Those since then.
    package private(set) var failures: TargetFailures?

    package init() {}

    package var isEmpty: Bool { answeredAt == nil && failures == nil }

    package mutating func answered(at now: Timestamp) {
        answeredAt = now
        failures = nil
    }

    /// No answer came, or one of the 5xx.
    package mutating func failed(_ reason: String, at now: Timestamp) {
        var failures = failures ?? TargetFailures(since: now, last: now, count: 0, reason: reason)
        failures.last = max(failures.last, now)
        failures.count += 1
        failures.reason = reason
        self.failures = failures
    }
}
