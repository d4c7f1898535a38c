internal import Processes
internal import Synchronization

/// Tells a thread that waits in the kernel to stop.
package final class StopSignal: Sendable {
    /// What can be read once it is stopped: its writing end is gone then.
    let descriptor: Descriptor
    private struct State {
        var writingEnd: Descriptor?
        var handler: (@Sendable () -> Void)?
    }
    private let state: Mutex<State>

    init() throws(SystemError) {
        let (reading, writing) = try Descriptor.pipe()
        descriptor = reading
        state = Mutex(State(writingEnd: writing))
    }

    package var isStopped: Bool { state.withLock { $0.writingEnd == nil } }

    func stop() {
        let handler = state.withLock { state in
            defer { state = State() }
            return state.handler
        }
        handler?()
    }

    /// What else is to be done when it stops, in the place of what was to be done before; at once if it has.
    func whenStopped(_ handler: @escaping @Sendable () -> Void) {
        let isLate = state.withLock { state in
            guard state.writingEnd != nil else { return true }
            state.handler = handler
            return false
        }
        if isLate { handler() }
    }

    /// Blocks for so long, or until it is stopped.
    package func pause(milliseconds: Int64) {
        let deadline = Deadline(after: .milliseconds(milliseconds))
        while !deadline.hasPassed {
            guard let ready = try? Descriptor.waitUntilReadable([descriptor], by: deadline), !ready[0] else {
                return
            }
        }
    }

    /// Blocks until the descriptor can be read; `false` when this was stopped or the deadline has passed.
    func waits(for other: Descriptor, by deadline: Deadline?) throws(SystemError) -> Bool {
        while true {
            let ready = try Descriptor.waitUntilReadable([descriptor, other], by: deadline)
            if ready[0] || isStopped { return false }
            if ready[1] { return true }
            if deadline?.hasPassed == true { return false }
        }
    }
}
