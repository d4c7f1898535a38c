package import Model
package import SyncCore

/// The clocks of this machine, as the program that composes it reads them.
package struct SyncClock: Sendable {
    /// Counts also while the machine sleeps (CLOCK_BOOTTIME); never jumps.
    package var monotonic: @Sendable () -> Instant
    /// What the tablet shows; evidence only.
    package var wall: @Sendable () -> Timestamp
    /// The kernel's boot id: `monotonic` counts from that boot.
    package var bootID: String

    package init(
        monotonic: @escaping @Sendable () -> Instant, wall: @escaping @Sendable () -> Timestamp,
        bootID: String
    ) {
        self.monotonic = monotonic
        self.wall = wall
        self.bootID = bootID
    }
}
