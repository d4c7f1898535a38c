/// The numbers by which a target is found to be away, with unit and reason.
package enum HealthTuning {
    /// How long calls must have failed where nobody says otherwise, in seconds: longer than a restart, shorter than an
    /// installer's patience.
    package static let downAfterSeconds = 300
    /// A policy may say up to a week, in seconds.
    package static let longestDownAfterSeconds = 604_800
    /// Fewer failures in a row than this say nothing, however far apart.
    static let fewestFailures = 3
    /// Failures that lie further apart belong to different times, in milliseconds: two of the longest pauses of a work.
    static let longestGap: Int64 = 1_800_000
    /// While calls fail and nobody makes any, one is tried so long after the last, in milliseconds, or sooner where the policy
    /// is short.
    static let failingTry: Int64 = 60_000
    /// The first try after a target was found to be down, in milliseconds; it doubles with each that fails.
    static let firstTry: Int64 = 30_000
    /// The longest time between tries, in milliseconds: a quarter of an hour.
    static let longestTry: Int64 = 900_000
}
