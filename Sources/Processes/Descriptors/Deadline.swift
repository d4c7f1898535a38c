internal import CSystem

/// A moment on the boot clock by which something has to be done.
package struct Deadline: Sendable {
    private let nanoseconds: Int64

    package init(after duration: Duration) {
        let (seconds, attoseconds) = duration.components
        let span = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        let (end, late) = csystem_boot_clock().addingReportingOverflow(
            span.overflow ? .max : span.partialValue)
        nanoseconds = late ? .max : end.addingReportingOverflow(attoseconds / 1_000_000_000).partialValue
    }

    private init(nanoseconds: Int64) {
        self.nanoseconds = nanoseconds
    }

    /// The one of the two that comes first.
    package func earlier(_ other: Deadline) -> Deadline {
        Deadline(nanoseconds: min(nanoseconds, other.nanoseconds))
    }

    package var hasPassed: Bool { csystem_boot_clock() >= nanoseconds }

    /// Milliseconds left, rounded up, as `poll(2)` takes them.
    package var millisecondsLeft: Int32 {
        let left = nanoseconds - csystem_boot_clock()
        guard left > 0 else { return 0 }
        return Int32(clamping: left / 1_000_000 + 1)
    }
}
