internal import Processes
internal import ScanProtocol

/// A worker process and this side of its socket.
final class RunningWorker: Sendable {
    let child: Child
    private let connection: Connection

    /// Starts it with an empty environment and the socket as its only descriptor.
    init(path: String, arguments: [String]) throws(SystemError) {
        let (ours, theirs) = try Descriptor.socketPair()
        connection = try Connection(ours)
        child = try Child(
            path, arguments: arguments, descriptors: [ScanMessage.socketNumber: theirs])
    }

    /// Whether it waits for a picture: neither gone nor saying what nobody asked.
    var isWaiting: Bool {
        do throws(SystemError) {
            return try !connection.hasNews
        } catch {
            return false
        }
    }

    /// Hands over an open picture and waits for the reply.
    ///
    /// - Throws: `tooLarge` for what is no reply to this picture, or is longer than any may be.
    func exchange(
        _ picture: Descriptor, _ wish: PictureWish, by deadline: Deadline
    ) throws(SystemError) -> [UInt8] {
        let ticket = UInt32(truncatingIfNeeded: SystemClock.randomNumber())
        try connection.write(ScanMessage.encode(wish, ticket: ticket), with: picture, by: deadline)
        let header = try connection.read(exactly: ScanMessage.headerBytes, by: deadline)
        guard let count = ScanMessage.length(ofHeader: header, ticket: ticket) else {
            throw .tooLarge(path: "", limit: ScanMessage.mostReplyBytes)
        }
        return try connection.read(exactly: count, by: deadline)
    }

    /// How the process ended by itself; `nil` when it had to be ended, as it shut its socket and went on.
    func ending() -> ExitStatus? {
        // The socket goes a moment before the process can be collected.
        try? child.wait(by: Deadline(after: .seconds(1)))
    }

    /// Ends the process and collects it, so that none is left behind as a zombie.
    func end() {
        child.send(.kill)
        // SIGKILL cannot fail but for a child that was collected already.
        _ = try? child.wait()
    }
}
