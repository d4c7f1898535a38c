internal import Model

/// What a governor remembers: a few kilobytes at the most busy, nothing when all is quiet. Whoever shares a
/// governor keeps this in one place, reads and writes it in one transaction, and takes the time from there,
/// or from clocks that agree to a part of the shortest window.
package struct GovernorState: Codable, Equatable, Sendable {
    /// The latest time seen, in milliseconds. Nothing here is after it but what is to be waited for.
    private var latest: Int64
    private var tidiedAt: Int64
    var limits: [String: LimitState]

    package init() {
        latest = 0
        tidiedAt = 0
        limits = [:]
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        latest = StoredTime.held(try container.decode(Int64.self, forKey: .latest))
        tidiedAt = StoredTime.held(try container.decode(Int64.self, forKey: .tidiedAt))
        limits = try container.decode([String: LimitState].self, forKey: .limits)
    }

    /// The time to reckon with. It never goes back: a clock that is a little behind stands still, and when
    /// one was set back, everything that is remembered moves with it.
    mutating func now(_ time: Timestamp) -> Int64 {
        let time = StoredTime.held(time.milliseconds)
        if time < latest - GovernorTuning.clockDifference {
            let difference = time - latest
            for name in limits.keys { limits[name]?.shift(by: difference) }
            tidiedAt += difference
            latest = time
        }
        latest = max(latest, time)
        return latest
    }

    func isTidy(at now: Int64) -> Bool { now - tidiedAt < GovernorTuning.tidying }

    /// Forgets limits that have nothing to tell.
    mutating func tidy(at now: Int64, limit: (String) -> CloudLimit?) {
        tidiedAt = now
        limits = limits.filter { entry in
            guard let known = limit(entry.key) else { return false }
            return !entry.value.isIdle(known, at: now)
        }
    }
}
