/// How long to wait before the next try.
package enum Backoff {
    /// Full jitter: a random time from 0 to `min(cap, base · 2^failures)`.
    ///
    /// In milliseconds. `failures` counts those before the present one: 0 after the first.
    ///
    /// Source: "Exponential Backoff and Jitter", AWS Architecture Blog, 2015 ("Full Jitter").
    package static func fullJitter(
        failures: Int, tuning: SyncTuning, random: inout some RandomNumberGenerator
    ) -> Int64 {
        let doublings = min(max(failures, 0), 30)
        return Int64.random(in: 0...min(tuning.backoffCap, tuning.backoffBase << doublings), using: &random)
    }

    /// What the registrar asked for in milliseconds, capped, with a little spread so that not all come in the same
    /// second.
    package static func retryAfter(
        seconds: Int, tuning: SyncTuning, random: inout some RandomNumberGenerator
    ) -> Int64 {
        let asked = min(Int64(max(seconds, 0)), tuning.retryAfterCap / 1000) * 1000
        return asked + Int64.random(in: 0...tuning.retryAfterSpread, using: &random)
    }

    /// A random time from two thirds to four thirds of `pace`, so that tablets drift apart. In milliseconds.
    package static func around(_ pace: Int64, random: inout some RandomNumberGenerator) -> Int64 {
        Int64.random(in: pace * 2 / 3...pace * 4 / 3, using: &random)
    }

    /// A random time from half of `pace` to `pace`, in milliseconds.
    package static func within(_ pace: Int64, random: inout some RandomNumberGenerator) -> Int64 {
        Int64.random(in: pace / 2...pace, using: &random)
    }
}
