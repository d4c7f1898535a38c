internal import Processes

/// The time by which frames are stamped and recordings are played.
package struct CameraClock: Sendable {
    /// Milliseconds; never set back.
    package var now: @Sendable () -> Int64
    /// Blocks for so many milliseconds, or until the signal.
    package var pause: @Sendable (Int64, StopSignal) -> Void

    package init(
        now: @escaping @Sendable () -> Int64, pause: @escaping @Sendable (Int64, StopSignal) -> Void
    ) {
        self.now = now
        self.pause = pause
    }

    /// The machine's.
    package static var system: CameraClock {
        CameraClock(
            now: { SystemClock.nanosecondsSinceBoot() / 1_000_000 },
            pause: { milliseconds, stop in stop.pause(milliseconds: milliseconds) })
    }
}
