internal import Processes
package import ScanProtocol

/// Reads the symbols of pictures, by way of the worker process `muster-decode`.
///
/// Pictures are hostile bytes: they are decoded in a process that holds nothing and may crash. One worker
/// serves all pictures of a scanner, one after the other; when it crashes or stalls, it is ended, that picture
/// fails, and the next picture gets a new worker.
package actor Scanner {
    private let executor = BlockingExecutor(label: "muster.scanner")
    private let worker: String
    private let arguments: [String]
    private let timeout: Duration
    private var running: RunningWorker?

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

    deinit { running?.end() }

    /// The process that serves now; `nil` before the first picture and after a failure.
    package var workerProcessID: Int32? { running?.child.processID }

    /// The symbols of one picture, given as the bytes of its whole file, at most 64 MiB.
    package func scan(
        _ bytes: [UInt8], wish: PictureWish = PictureWish()
    ) throws(ScanError) -> ScannedPicture {
        guard bytes.count <= ScanMessage.mostPictureBytes else { throw .tooLarge }
        let reply: [UInt8]
        do throws(ScanError) {
            reply = try exchange(bytes, wish, by: Deadline(after: timeout))
        } catch {
            stop()
            throw error
        }
        switch ScanMessage.decode(reply) {
        case .success(let reading):
            return ScannedPicture(
                width: reading.width, height: reading.height, symbols: reading.symbols, copy: reading.copy)
        case .failure(.notAPicture): throw .notAPicture
        case .failure(.tooLarge): throw .tooLarge
        case .failure(.corrupt(let reason)): throw .corrupt(reason: reason)
        case nil:
            stop()
            throw .workerCrashed
        }
    }

    /// Ends the worker; the next picture starts another.
    package func stop() {
        running?.end()
        running = nil
    }

    private func exchange(
        _ bytes: [UInt8], _ wish: PictureWish, by deadline: Deadline
    ) throws(ScanError) -> [UInt8] {
        let running = try current()
        do throws(SystemError) {
            return try running.exchange(bytes, wish, by: deadline)
        } catch {
            switch error {
            case .timedOut: throw .timedOut
            case .disconnected, .missing, .notPermitted, .diskFull, .tooLarge, .failed: throw .workerCrashed
            }
        }
    }

    /// A worker that runs; one that died while it was idle is replaced, being no fault of the next picture.
    private func current() throws(ScanError) -> RunningWorker {
        if let running, running.isRunning { return running }
        stop()
        do throws(SystemError) {
            let started = try RunningWorker(path: worker, arguments: arguments)
            running = started
            return started
        } catch {
            throw .workerMissing(path: worker)
        }
    }
}
