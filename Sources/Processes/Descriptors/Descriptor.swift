internal import CSystem

/// An open file, pipe, socket or memory file; closed when the last reference goes.
package final class Descriptor: Sendable {
    /// The kernel's number. Valid only while this object is kept: prefer `withNumber`.
    private let number: Int32

    /// Takes over an open descriptor.
    package init(owning number: Int32) {
        self.number = number
    }

    deinit { _ = csystem_close(number) }

    /// Gives the number to the body and keeps the descriptor open until it returns.
    package func withNumber<Result, Failure: Error>(
        _ body: (Int32) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        defer { withExtendedLifetime(self) {} }
        return try body(number)
    }

    /// At most `count` bytes; an empty array at the end of the file or when the peer has gone.
    package func read(upTo count: Int) throws(SystemError) -> [UInt8] {
        var got: Int64 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            got = withNumber { csystem_read($0, buffer.baseAddress, count) }
            filled = max(0, Int(got))
        }
        guard got >= 0 else { throw .from(got, call: "read") }
        return bytes
    }

    /// At most as many bytes as there is room for; 0 at the end of the file or when the peer has gone.
    package func read(into room: UnsafeMutableRawBufferPointer) throws(SystemError) -> Int {
        let got = withNumber { csystem_read($0, room.baseAddress, room.count) }
        guard got >= 0 else { throw .from(got, call: "read") }
        return Int(got)
    }

    /// Writes all the bytes to a file or pipe, waiting as long as it takes.
    package func writeAll(_ bytes: [UInt8]) throws(SystemError) {
        var done = 0
        while done < bytes.count {
            let put = withNumber { number in
                bytes.withUnsafeBytes {
                    csystem_write(number, $0.baseAddress.map { $0 + done }, $0.count - done)
                }
            }
            guard put >= 0 else { throw .from(put, call: "write") }
            done += Int(put)
        }
    }

    /// Calls that would wait return at once from now on.
    package func makeNonblocking() throws(SystemError) {
        let done = withNumber { csystem_set_nonblocking($0) }
        guard done >= 0 else { throw .from(done, call: "fcntl") }
    }
}

extension Descriptor {
    /// A pipe: what is written to the second is read from the first.
    package static func pipe() throws(SystemError) -> (reading: Descriptor, writing: Descriptor) {
        var ends: [Int32] = [-1, -1]
        let made = csystem_pipe(&ends)
        guard made >= 0 else { throw .from(made, call: "pipe") }
        return (Descriptor(owning: ends[0]), Descriptor(owning: ends[1]))
    }

    /// Two connected UNIX sockets: a byte stream, or whole messages when `keepsMessages`.
    package static func socketPair(keepsMessages: Bool = false) throws(SystemError) -> (
        Descriptor, Descriptor
    ) {
        var ends: [Int32] = [-1, -1]
        let made = csystem_socketpair(keepsMessages ? 1 : 0, &ends)
        guard made >= 0 else { throw .from(made, call: "socketpair") }
        return (Descriptor(owning: ends[0]), Descriptor(owning: ends[1]))
    }

    /// A file that lives in memory only; `name` shows in `/proc`.
    package static func memoryFile(named name: String) throws(SystemError) -> Descriptor {
        let made = csystem_memfd(name)
        guard made >= 0 else { throw .from(made, call: "memfd_create") }
        return Descriptor(owning: made)
    }
}

extension Descriptor {
    /// Blocks until one of at most eight descriptors can be read or its other end has gone, or until the
    /// deadline; which ones. `nil` waits for ever.
    package static func waitUntilReadable(
        _ descriptors: [Descriptor], by deadline: Deadline?
    ) throws(SystemError) -> [Bool] {
        try poll(descriptors.map { ($0, writing: false) }, by: deadline)
    }
}
