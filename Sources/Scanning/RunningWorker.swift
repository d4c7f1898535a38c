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

    /// Whether the process still runs; a failed look counts as no.
    var isRunning: Bool {
        do throws(SystemError) {
            return try child.wait(by: Deadline(after: .zero)) == nil
        } catch {
            return false
        }
    }

    /// Sends a picture and waits for the reply.
    func exchange(
        _ bytes: [UInt8], _ wish: PictureWish, by deadline: Deadline
    ) throws(SystemError) -> [UInt8] {
        let wish = ScanMessage.encode(wish)
        try connection.write(ScanMessage.header(for: wish.count + bytes.count) + wish + bytes, by: deadline)
        let header = try connection.read(exactly: 4, by: deadline)
        guard let count = ScanMessage.length(ofHeader: header, limit: ScanMessage.mostReplyBytes) else {
            throw .disconnected
        }
        return try connection.read(exactly: count, by: deadline)
    }

    /// Ends the process and collects it, so that none is left behind as a zombie.
    func end() {
        child.send(.kill)
        // SIGKILL cannot fail but for a child that was collected already.
        _ = try? child.wait()
    }
}
