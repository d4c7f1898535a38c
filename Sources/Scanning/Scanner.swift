package import Processes
package import ScanProtocol
internal import Synchronization

/// Reads the symbols of pictures, by way of the worker process `muster-decode`.
///
/// Pictures are hostile bytes: they are decoded in a process that holds nothing and may crash. It is given each
/// picture as an open file, never as a path. One worker serves all pictures of a scanner, one after the other;
/// when it crashes or stalls, it is ended, that picture fails, and the next picture gets a new worker.
package actor Scanner {
    private let executor = BlockingExecutor(label: "muster.scanner")
    private let worker: String
    private let arguments: [String]
    private let timeout: Duration
    private let state = Mutex(State())

    private struct State {
        var running: RunningWorker?
        /// Set while pictures are to fail at once.
        var isInterrupted = false
    }

    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// - Parameters:
    ///   - worker: path of the program; nothing is started before the first picture.
    ///   - arguments: what tells it where its socket is.
    ///   - timeout: the longest that one picture may take; then `timedOut`.
    package init(worker: String, arguments: [String] = ["--socket"], timeout: Duration) {
        self.worker = worker
        self.arguments = arguments
        self.timeout = timeout
    }

    deinit { state.withLock { $0.running }?.end() }

    /// The process that serves now; `nil` before the first picture and after a failure.
    package nonisolated var workerProcessID: Int32? { state.withLock { $0.running?.child.processID } }

    /// The symbols of one picture, given as the bytes of its whole file, at most 64 MiB.
    package func scan(
        _ bytes: [UInt8], wish: PictureWish = PictureWish()
    ) throws(ScanError) -> ScannedPicture {
        guard bytes.count <= ScanMessage.mostPictureBytes else { throw .tooLarge }
        let memory: Descriptor
        do throws(SystemError) {
            memory = try Descriptor.sealedMemory(named: "picture", bytes)
        } catch {
            throw .unreadable(error)
        }
        return try look(at: memory, wish)
    }

    /// The symbols of one picture, given as its file, open for reading, of at most 64 MiB. This process reads
    /// none of it.
    ///
    /// - Throws: `notAFile` for a folder, pipe, socket or device.
    package func scan(
        file: Descriptor, wish: PictureWish = PictureWish()
    ) throws(ScanError) -> ScannedPicture {
        let status: Descriptor.Status
        do throws(SystemError) {
            status = try file.status()
        } catch {
            throw .unreadable(error)
        }
        guard status.kind == .file else { throw .notAFile(status.kind) }
        guard status.sizeBytes <= ScanMessage.mostPictureBytes else { throw .tooLarge }
        return try look(at: file, wish)
    }

    /// Ends the worker; the next picture starts another.
    package func stop() {
        let ended = state.withLock { state in
            defer { state = State() }
            return state.running
        }
        ended?.end()
    }

    /// Ends the worker while it looks at a picture; that one and all later ones fail until
    /// `resume` or `stop`.
    nonisolated func interrupt() {
        let running = state.withLock { state in
            state.isInterrupted = true
            return state.running
        }
        running?.child.send(.kill)
    }

    /// Takes back `interrupt`.
    nonisolated func resume() {
        state.withLock { $0.isInterrupted = false }
    }

    private func look(at picture: Descriptor, _ wish: PictureWish) throws(ScanError) -> ScannedPicture {
        let deadline = Deadline(after: timeout)
        let running = try current()
        let reply: [UInt8]
        do throws(SystemError) {
            reply = try running.exchange(picture, wish, by: deadline)
        } catch {
            defer { discard() }
            throw Self.reason(error, running)
        }
        switch ScanMessage.decode(reply) {
        case .success(let reading): return ScannedPicture(reading)
        case .failure(.notAPicture): throw .notAPicture
        case .failure(.tooLarge): throw .tooLarge
        case .failure(.corrupt(let reason)): throw .corrupt(reason: reason)
        case .failure(.unconfined(let reason)):
            discard()
            throw .unconfined(reason: reason)
        case nil:
            discard()
            throw .workerCrashed
        }
    }

    private static func reason(_ error: SystemError, _ running: RunningWorker) -> ScanError {
        if error == .timedOut { return .timedOut }
        guard error == .disconnected else { return .workerCrashed }
        return switch running.ending() {
        case .signalled(FatalSignal.forbiddenCall): .workerForbidden
        case .signalled(FatalSignal.processorTime): .timedOut
        case .signalled, .exited, nil: .workerCrashed
        }
    }

    /// A worker that waits; one that died while it was idle is replaced, being no fault of the next picture.
    private func current() throws(ScanError) -> RunningWorker {
        if let running = state.withLock({ $0.running }), running.isWaiting { return running }
        discard()
        let started: RunningWorker
        do throws(SystemError) {
            started = try RunningWorker(path: worker, arguments: arguments)
        } catch {
            throw .workerMissing(path: worker)
        }
        let isInterrupted = state.withLock { state in
            state.running = started
            return state.isInterrupted
        }
        guard !isInterrupted else {
            discard()
            throw .workerCrashed
        }
        return started
    }

    private func discard() {
        let ended = state.withLock { state in
            defer { state.running = nil }
            return state.running
        }
        ended?.end()
    }
}

/// Signals by which the kernel ends a worker (Linux numbers).
private enum FatalSignal {
    static let processorTime: Int32 = 24
    static let forbiddenCall: Int32 = 31
}
