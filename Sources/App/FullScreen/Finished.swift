import Dispatch

/// Lets the thread that owns the terminal wait for the work elsewhere to end.
final class Finished: Sendable {
    private let semaphore = DispatchSemaphore(value: 0)

    func signal() { semaphore.signal() }
    func wait() { semaphore.wait() }
}
