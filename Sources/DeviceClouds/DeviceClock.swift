package import Model

/// The time of a device, and how it lets some pass.
package struct DeviceClock: Sendable {
    package var now: @Sendable () -> Timestamp
    package var wait: @Sendable (_ until: Timestamp) async throws -> Void

    package init(
        now: @escaping @Sendable () -> Timestamp, wait: @escaping @Sendable (Timestamp) async throws -> Void
    ) {
        self.now = now
        self.wait = wait
    }

    /// One that really waits.
    package init(now: @escaping @Sendable () -> Timestamp) {
        self.init(now: now) { until in
            try await Task.sleep(for: .milliseconds(max(0, until.milliseconds - now().milliseconds)))
        }
    }
}
