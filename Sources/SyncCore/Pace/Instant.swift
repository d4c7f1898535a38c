/// A moment on the machine's monotonic clock, in milliseconds since its boot. Never the wall clock: nothing that
/// somebody sets a clock to makes the sync hurry, stop or spin.
package struct Instant: Hashable, Comparable, Sendable {
    package var milliseconds: Int64

    package init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    package static func < (left: Self, right: Self) -> Bool { left.milliseconds < right.milliseconds }

    package func advanced(byMilliseconds milliseconds: Int64) -> Instant {
        Instant(milliseconds: self.milliseconds + milliseconds)
    }

    /// Milliseconds from `earlier` to this moment; negative when `earlier` is later.
    package func milliseconds(since earlier: Instant) -> Int64 { milliseconds - earlier.milliseconds }
}
