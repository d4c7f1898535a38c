internal import CSystem

/// A way for bytes in both directions. Its calls block the calling thread.
package protocol ByteLine: Sendable {
    /// What has arrived, at most `count` bytes; waits for the first until the deadline, and gives none at it.
    ///
    /// - Throws: `disconnected` when the other end is gone.
    func read(upTo count: Int, by deadline: Deadline?) throws(SystemError) -> [UInt8]

    /// Writes all the bytes.
    ///
    /// - Throws: `timedOut` at the deadline, `disconnected` when the other end is gone.
    func write(_ bytes: [UInt8], by deadline: Deadline?) throws(SystemError)
}

extension SerialLine: ByteLine {}

/// Two descriptors as one line, such as standard input and output.
package struct PipeLine: ByteLine {
    private let reading: Descriptor
    private let writing: Descriptor

    package init(reading: Descriptor, writing: Descriptor) {
        self.reading = reading
        self.writing = writing
    }

    /// What this process was given as standard input and output; they are closed when the line goes.
    package static func standardStreams() -> PipeLine {
        PipeLine(reading: Descriptor(owning: 0), writing: Descriptor(owning: 1))
    }

    package func read(upTo count: Int, by deadline: Deadline?) throws(SystemError) -> [UInt8] {
        guard try poll([(reading, writing: false)], by: deadline)[0] else { return [] }
        let bytes = try reading.read(upTo: count)
        if bytes.isEmpty { throw .disconnected }
        return bytes
    }

    /// Waits as long as the reader takes; the deadline is for lines that can tell.
    package func write(_ bytes: [UInt8], by deadline: Deadline?) throws(SystemError) {
        try writing.writeAll(bytes)
    }
}
