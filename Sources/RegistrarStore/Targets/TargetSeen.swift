package import Model
package import TargetCore

/// What the registrar has seen of a target by itself.
package struct TargetSeen: Equatable, Sendable {
    package var health: TargetHealth
    package var clock: TargetClock?

    package init(health: TargetHealth = TargetHealth(), clock: TargetClock? = nil) {
        self.health = health
        self.clock = clock
    }

    /// Learns from what calls have shown.
    mutating func learn(_ lesson: TargetLesson, at now: Timestamp) -> TargetHealth.Change? {
        if let clock = lesson.clock, clock.isNews(after: self.clock) { self.clock = clock }
        return health.learn(lesson.sightings, downAfterSeconds: lesson.downAfterSeconds, at: now)
    }
}

/// What the calls of one process have shown of a target.
package struct TargetLesson: Sendable {
    package var target: TargetID
    package var sightings: TargetSightings
    package var clock: TargetClock?
    /// The policy of the target; see `TargetHealth`.
    package var downAfterSeconds: Int

    package init(
        target: TargetID, sightings: TargetSightings, clock: TargetClock?, downAfterSeconds: Int
    ) {
        self.target = target
        self.sightings = sightings
        self.clock = clock
        self.downAfterSeconds = downAfterSeconds
    }
}
