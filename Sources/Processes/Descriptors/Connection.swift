internal import CSystem

/// One end of a byte-stream socket, read and written against a deadline.
///
/// Its calls block the calling thread: use it on a `BlockingExecutor` or a thread of its own.
package struct Connection: Sendable {
    private let descriptor: Descriptor

    /// - Throws: `SystemError` when the socket cannot be made nonblocking.
    package init(_ descriptor: Descriptor) throws(SystemError) {
        try descriptor.makeNonblocking()
        self.descriptor = descriptor
    }

    /// Exactly `count` bytes.
    ///
    /// - Throws: `disconnected` when the peer went before, `timedOut` at the deadline; `nil` waits for ever.
    package func read(exactly count: Int, by deadline: Deadline?) throws(SystemError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var done = 0
        while done < count {
            let got = descriptor.withNumber { number in
                bytes.withUnsafeMutableBytes {
                    csystem_read(number, $0.baseAddress.map { $0 + done }, count - done)
                }
            }
            if got == 0 { throw .disconnected }
            if got == -Int64(Errno.again) {
                try wait(writing: false, by: deadline)
            } else if got < 0 {
                throw .from(got, call: "read")
            } else {
                done += Int(got)
            }
        }
        return bytes
    }

    /// What has come, at most `count` bytes, waiting for the first of them; none when the peer has closed.
    ///
    /// - Throws: `timedOut` at the deadline, `disconnected` when the peer broke the connection.
    package func readSome(upTo count: Int, by deadline: Deadline?) throws(SystemError) -> [UInt8] {
        while true {
            do throws(SystemError) {
                return try descriptor.read(upTo: count)
            } catch {
                guard case .failed(_, _, Errno.again) = error else { throw error }
                try wait(writing: false, by: deadline)
            }
        }
    }

    /// Sends all the bytes; throws as `read` does.
    package func write(_ bytes: [UInt8], by deadline: Deadline?) throws(SystemError) {
        var done = 0
        while done < bytes.count {
            let put = descriptor.withNumber { number in
                bytes.withUnsafeBytes {
                    csystem_send(number, $0.baseAddress.map { $0 + done }, $0.count - done)
                }
            }
            if put == -Int64(Errno.again) {
                try wait(writing: true, by: deadline)
            } else if put < 0 {
                throw .from(put, call: "send")
            } else {
                done += Int(put)
            }
        }
    }

    /// Sends the bytes, of which there is at least one, and an open file with the first; throws as `read` does.
    package func write(
        _ bytes: [UInt8], with passed: Descriptor, by deadline: Deadline?
    ) throws(SystemError) {
        precondition(!bytes.isEmpty, "a file travels with a byte")
        while true {
            let put = descriptor.withNumber { number in
                passed.withNumber { file in
                    bytes.withUnsafeBytes { csystem_send_with(number, $0.baseAddress, $0.count, file) }
                }
            }
            if put == -Int64(Errno.again) {
                try wait(writing: true, by: deadline)
            } else if put < 0 {
                throw .from(put, call: "sendmsg")
            } else {
                return try write(Array(bytes.dropFirst(Int(put))), by: deadline)
            }
        }
    }

    /// Exactly `count` bytes, at least one, and the open file that came with the first; `nil` when none did.
    package func readPassed(
        exactly count: Int, by deadline: Deadline?
    ) throws(SystemError) -> (bytes: [UInt8], passed: Descriptor?) {
        precondition(count > 0, "a file travels with a byte")
        var first = [UInt8](repeating: 0, count: count)
        var file: Int32 = -1
        while true {
            let got = descriptor.withNumber { number in
                first.withUnsafeMutableBytes {
                    csystem_receive_with(number, $0.baseAddress, $0.count, &file)
                }
            }
            let passed = file >= 0 ? Descriptor(owning: file) : nil
            if got == 0 { throw .disconnected }
            if got == -Int64(Errno.again) {
                try wait(writing: false, by: deadline)
            } else if got < 0 {
                throw .from(got, call: "recvmsg")
            } else {
                let rest = try read(exactly: count - Int(got), by: deadline)
                return (first.prefix(Int(got)) + rest, passed)
            }
        }
    }

    /// Whether the peer has sent something that was not read yet, or has gone.
    package var hasNews: Bool {
        get throws(SystemError) { try poll([(descriptor, writing: false)], by: Deadline(after: .zero))[0] }
    }

    private func wait(writing: Bool, by deadline: Deadline?) throws(SystemError) {
        if let deadline, deadline.hasPassed { throw .timedOut }
        let found = descriptor.withNumber { number in
            var ready: Int32 = 0
            return withUnsafePointer(to: number) { numbers in
                withUnsafePointer(to: Int32(writing ? 1 : 0)) { writes in
                    csystem_poll(numbers, writes, &ready, 1, deadline?.millisecondsLeft ?? -1)
                }
            }
        }
        guard found >= 0 else { throw .from(found, call: "poll") }
    }
}
