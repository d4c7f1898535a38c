internal import Dispatch
internal import Synchronization

/// Hands values from a thread or task to one reader. Of values that replace one another, only the newest
/// waits.
final class Mailbox<Element: Sendable>: Sendable {
    private struct State {
        var waiting: [(value: Element, isReplaceable: Bool)] = []
        var reader: CheckedContinuation<Element?, Never>?
        /// A writer that waits until all has been taken.
        var writer: DispatchSemaphore?
        var isClosed = false
    }

    private let state = Mutex(State())

    /// Adds a value that must arrive.
    func post(_ value: Element) { add(value, isReplaceable: false) }

    /// Adds a value in the place of the one before it, if that is such a one too and was not taken yet.
    func replace(_ value: Element) { add(value, isReplaceable: true) }

    /// Blocks the calling thread until the reader has taken everything, or the mailbox is closed.
    func waitUntilTaken() {
        let wait = state.withLock { state -> DispatchSemaphore? in
            guard !state.waiting.isEmpty, !state.isClosed else { return nil }
            let semaphore = DispatchSemaphore(value: 0)
            state.writer = semaphore
            return semaphore
        }
        wait?.wait()
    }

    /// Nothing can be added from now on; what waits can still be taken.
    func close() {
        let (reader, writer) = state.withLock { state in
            state.isClosed = true
            defer { (state.reader, state.writer) = (nil, nil) }
            return (state.reader, state.writer)
        }
        writer?.signal()
        reader?.resume(returning: nil)
    }

    /// Its values as a stream for one reader. `stop` is called once when the reader's task is cancelled or
    /// the stream is let go.
    func stream(_ stop: @escaping @Sendable () -> Void) -> AsyncStream<Element> {
        let ending = Ending {
            stop()
            self.close()
        }
        let next: @Sendable () async -> Element? = {
            defer { withExtendedLifetime(ending) {} }
            return await self.next()
        }
        return AsyncStream(unfolding: next) { ending.end() }
    }

    private func add(_ value: Element, isReplaceable: Bool) {
        let reader = state.withLock { state -> CheckedContinuation<Element?, Never>? in
            guard !state.isClosed else { return nil }
            if let reader = state.reader {
                state.reader = nil
                return reader
            }
            if isReplaceable, state.waiting.last?.isReplaceable == true { state.waiting.removeLast() }
            state.waiting.append((value, isReplaceable))
            return nil
        }
        reader?.resume(returning: value)
    }

    private func next() async -> Element? {
        await withCheckedContinuation { continuation in
            let (value, writer) = state.withLock { state -> (Element??, DispatchSemaphore?) in
                guard !state.waiting.isEmpty else {
                    if state.isClosed { return (.some(nil), nil) }
                    state.reader = continuation
                    return (nil, nil)
                }
                let value = state.waiting.removeFirst().value
                guard state.waiting.isEmpty else { return (value, nil) }
                defer { state.writer = nil }
                return (value, state.writer)
            }
            writer?.signal()
            if let value { continuation.resume(returning: value) }
        }
    }
}

/// Does something once: when it is told to, or at the latest when it goes.
private final class Ending: Sendable {
    private let body: Mutex<(@Sendable () -> Void)?>

    init(_ body: @escaping @Sendable () -> Void) {
        self.body = Mutex(body)
    }

    func end() {
        body.withLock { body in
            defer { body = nil }
            return body
        }?()
    }

    deinit { end() }
}
