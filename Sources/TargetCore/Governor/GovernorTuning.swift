/// The numbers of the governor, with unit and reason.
enum GovernorTuning {
    /// Parts of a window that are counted as one. A call leaves the window at most that part later than it
    /// should, so a steady flow loses at most 1/64 of the limit, and bulk work goes by as much more slowly
    /// to leave room. What is kept of a limit has at most 65 parts.
    static let partsOfWindow: Int64 = 64
    /// Bulk work may do this part of a window's calls in one go; the rest comes evenly. A window that is
    /// used up in its first second would make a person wait for all the others.
    static let burstPart = 20
    /// Of each window, this part is kept for people while there are any.
    static let keptPart = 4
    /// How long people count as being there after they last asked, in milliseconds: the time of a walk to
    /// the next device; two windows where those are longer.
    static let lately: Int64 = 120_000
    /// Bulk work that has waited for so many windows goes before people.
    static let windowsUntilBulkIsDue: Int64 = 1

    /// A full rate, in millionths of the limit.
    static let full = 1_000_000
    /// The slowest rate that throttling leads to, in millionths; one call in a window is always allowed.
    static let floor = 10_000
    /// What a window full of passed calls gives back, in millionths of the limit.
    static let increase = 50_000
    /// It gives back no more than this part of the rate itself: where far less is allowed than the
    /// documents say, steps that are small beside the limit are large beside the truth.
    static let increasePart = 8
    /// A throttled call divides the rate by this.
    static let decrease = 2
    /// The pause after a throttled call that names none, in milliseconds; doubles while they follow each
    /// other.
    static let pause: Int64 = 1000
    static let longestPause: Int64 = 64_000
    /// Longer pauses than this are not believed, in milliseconds: an hour.
    static let longestRetryAfter: Int64 = 3_600_000

    /// What was learned of a limit that nothing asks for is forgotten after this, in milliseconds: an hour.
    static let memory: Int64 = 3_600_000
    /// How often limits that have nothing to tell are looked for, in milliseconds.
    static let tidying: Int64 = 60_000

    /// A clock that is behind by no more than this is another machine's, and time stands still for it; one
    /// that is further behind has been set. In milliseconds.
    static let clockDifference: Int64 = 60_000
}
