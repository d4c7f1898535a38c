package import Model

/// How far a target's clock is from this machine's, by the dates of its last answers. One answer that was long under way, or
/// came out of somebody's memory, moves nothing.
package struct TargetClock: Codable, Equatable, Sendable {
    /// Seconds that the target's clock was ahead, oldest answer first.
    private var differences: [Int64] = []
    package private(set) var seenAt: Timestamp

    private static let answers = 5
    /// A difference that moves by less is the coarseness of dates and the way of the answer, in seconds.
    private static let coarseness: Int64 = 2
    /// What was kept is kept anew after so many seconds: a day.
    private static let freshSeconds: Int64 = 86_400

    /// The first answer: `theirs` in seconds since 1970, as its `Date` says it.
    package init(_ theirs: Int64, at now: Timestamp) {
        seenAt = now
        saw(theirs, at: now)
    }

    package mutating func saw(_ theirs: Int64, at now: Timestamp) {
        differences = (differences + [theirs - now.milliseconds / 1000]).suffix(Self.answers)
        seenAt = now
    }

    /// Seconds that the target's clock is ahead of this machine's: the middle of the last answers.
    package var secondsAhead: Int64 {
        guard !differences.isEmpty else { return 0 }
        return differences.sorted()[differences.count / 2]
    }

    /// Whether it says something that what was kept does not.
    package func isNews(after kept: TargetClock?) -> Bool {
        guard let kept else { return true }
        return abs(secondsAhead - kept.secondsAhead) >= Self.coarseness
            || abs(seenAt.milliseconds - kept.seenAt.milliseconds) >= Self.freshSeconds * 1000
    }

    /// What is wrong where the clocks differ by more than the target's way of proving allows.
    package func finding(at target: TargetID, tolerableSeconds: Int64) -> TargetFinding? {
        guard abs(secondsAhead) > tolerableSeconds else { return nil }
        let way = secondsAhead > 0 ? "behind" : "ahead of"
        return TargetFinding(
            "target_clock_off", .warned,
            what:
                "This machine's clock is \(abs(secondsAhead)) seconds \(way) that of \(target), which bears "
                + "\(tolerableSeconds): what is signed here looks false or out of date there.",
            nextStep: "Set the clock, by NTP where there is a network.")
    }
}
