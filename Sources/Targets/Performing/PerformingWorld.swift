package import Model
package import TargetCore

/// What performing a work needs of the world.
package struct PerformingWorld<Work: Sendable>: Sendable {
    package var now: @Sendable () -> Timestamp
    /// Lets so many milliseconds pass.
    package var pause: @Sendable (Int64) async throws -> Void
    /// Asked before each call.
    package var admit: @Sendable (CloudCall) async throws -> Admission
    /// Told after each answer, with the time at which the call was sent.
    package var answered: @Sendable (CloudCall, TargetFault?, Timestamp) async -> Void
    /// Puts the work on the disk; returning means that it is there, an error that it is not this performer's any more.
    package var keep: @Sendable (Work) async throws -> Void
    /// Whether somebody waits for the work.
    package var isAwaited: Bool

    package init(
        now: @escaping @Sendable () -> Timestamp,
        pause: @escaping @Sendable (Int64) async throws -> Void,
        admit: @escaping @Sendable (CloudCall) async throws -> Admission,
        answered: @escaping @Sendable (CloudCall, TargetFault?, Timestamp) async -> Void,
        keep: @escaping @Sendable (Work) async throws -> Void, isAwaited: Bool = true
    ) {
        self.now = now
        self.pause = pause
        self.admit = admit
        self.answered = answered
        self.keep = keep
        self.isAwaited = isAwaited
    }

    /// Waits for the governor's leave, in place when that is short.
    ///
    /// - Returns: when it is not to be had before the deadline, how long it is until then, and why.
    package func admitted(
        _ call: CloudCall, until deadline: Timestamp, longestPauseSeconds: Double
    ) async throws -> (seconds: Int, reason: String)? {
        while case .later(let time, let limit) = try await admit(call) {
            let seconds = Double(max(1, time.milliseconds - now().milliseconds)) / 1000
            guard try await paused(seconds, until: deadline, longestPauseSeconds: longestPauseSeconds)
            else { return (Int(seconds.rounded(.up)), "The target's limit \(limit) is reached.") }
        }
        return nil
    }

    /// Waits in place when the pause is short and ends before the deadline; else says that it did not.
    package func paused(
        _ seconds: Double, until deadline: Timestamp, longestPauseSeconds: Double
    ) async throws -> Bool {
        let milliseconds = Int64(seconds * 1000)
        guard seconds <= longestPauseSeconds, now().milliseconds + milliseconds < deadline.milliseconds
        else { return false }
        try await pause(milliseconds)
        return true
    }
}
