internal import CSystem
internal import Synchronization

/// How a program ended.
package enum ExitStatus: Equatable, Sendable {
    case exited(Int32)
    case signalled(Int32)
}

/// The signals Muster sends (Linux numbers).
package enum Signal: Int32, Sendable {
    case interrupt = 2
    case kill = 9
    case terminate = 15
}

/// A program that this one started. It is not ended when this object goes: end and `wait` for it.
///
/// It starts with no blocked signal, default signal actions, and no descriptor but those given: 0, 1 and 2
/// are `/dev/null` unless named.
package final class Child: Sendable {
    package let processID: Int32
    private let ended: Descriptor
    /// Set once, when the kernel has handed over how it ended; from then on the number may be another's.
    private let status = Mutex<ExitStatus?>(nil)

    /// Starts the program at `path`; `PATH` is not searched.
    ///
    /// - Parameters:
    ///   - arguments: without the program's own name, which is `path`.
    ///   - environment: the whole of it; nothing is inherited.
    ///   - descriptors: the child's number (below 64) to what it shall be there.
    ///   - directory: where it starts; otherwise where this process is.
    /// - Throws: `missing` or `notPermitted` with `path`, or `failed`.
    package init(
        _ path: String, arguments: [String] = [], environment: [String: String] = [:],
        descriptors: [Int32: Descriptor] = [:], directory: String? = nil
    ) throws(SystemError) {
        let places = descriptors.sorted { $0.key < $1.key }
        let targets = places.map(\.key)
        let sources = places.map { $0.value.withNumber { $0 } }
        let settings = environment.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        var started: Int32 = 0
        let result = withCStrings([path] + arguments) { argv in
            withCStrings(settings) { envp in
                csystem_spawn(
                    path, argv, envp, directory, sources, targets, Int32(targets.count), &started)
            }
        }
        withExtendedLifetime(descriptors) {}
        guard result >= 0 else { throw .from(result, call: "spawn", subject: path) }
        processID = started
        let watch = csystem_pidfd(started)
        guard watch >= 0 else {
            // Without the descriptor nothing could wait with a time limit: do not leave the program behind.
            _ = csystem_kill(started, Signal.kill.rawValue)
            var (exited, code): (Int32, Int32) = (0, 0)
            _ = csystem_wait(started, 1, &exited, &code)
            throw .from(watch, call: "pidfd_open", subject: path)
        }
        ended = Descriptor(owning: watch)
    }

    /// Sends a signal; nothing happens when the program has been waited for.
    package func send(_ signal: Signal) {
        status.withLock { status in
            if status == nil { _ = csystem_kill(processID, signal.rawValue) }
        }
    }

    /// Blocks until the program has ended, and says how.
    package func wait() throws(SystemError) -> ExitStatus {
        guard let status = try wait(by: nil) else { throw .timedOut }
        return status
    }

    /// How it ended, or `nil` when it still runs at the deadline.
    package func wait(by deadline: Deadline?) throws(SystemError) -> ExitStatus? {
        while true {
            if let status = try collect() { return status }
            if let deadline, deadline.hasPassed { return nil }
            let ready = try poll([(ended, writing: false)], by: deadline)
            if !ready[0], deadline?.hasPassed ?? false { return nil }
        }
    }

    /// Ends it with SIGKILL and waits for that.
    @discardableResult
    package func end() throws(SystemError) -> ExitStatus {
        send(.kill)
        return try wait()
    }

    /// What becomes readable when the program ends.
    var endWatch: Descriptor { ended }

    private func collect() throws(SystemError) -> ExitStatus? {
        try status.withLock { (status) throws(SystemError) -> ExitStatus? in
            if let status { return status }
            var (exited, code): (Int32, Int32) = (0, 0)
            let found = csystem_wait(processID, 0, &exited, &code)
            guard found >= 0 else { throw .from(found, call: "waitpid") }
            if found > 0 { status = exited == 1 ? .exited(code) : .signalled(code) }
            return status
        }
    }
}

/// Waits until one of at most eight descriptors is ready, or its peer has gone; which ones are.
func poll(
    _ entries: [(descriptor: Descriptor?, writing: Bool)], by deadline: Deadline?
) throws(SystemError) -> [Bool] {
    let numbers = entries.map { $0.descriptor?.withNumber { $0 } ?? -1 }
    let writes: [Int32] = entries.map { $0.writing ? 1 : 0 }
    var ready = [Int32](repeating: 0, count: entries.count)
    let found = csystem_poll(
        numbers, writes, &ready, Int32(entries.count), deadline?.millisecondsLeft ?? -1)
    withExtendedLifetime(entries) {}
    guard found >= 0 else { throw .from(found, call: "poll") }
    return ready.map { $0 != 0 }
}

/// Lends a null-ended array of C strings to the body.
private func withCStrings<Result>(
    _ texts: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result
) -> Result {
    var storage: [CChar] = []
    var starts: [Int] = []
    for text in texts {
        starts.append(storage.count)
        storage.append(contentsOf: text.utf8.prefix { $0 != 0 }.map { CChar(bitPattern: $0) })
        storage.append(0)
    }
    return storage.withUnsafeMutableBufferPointer { buffer in
        let pointers = starts.map { start in buffer.baseAddress.map { $0 + start } } + [nil]
        return pointers.withUnsafeBufferPointer { list in
            guard let base = list.baseAddress else { preconditionFailure("the list holds its ending") }
            return body(base)
        }
    }
}
