internal import CSystem

/// A serial line or pseudo terminal that carries bytes as they are, read and written against deadlines.
///
/// Its calls block the calling thread.
package final class SerialLine: Sendable {
    package let path: String
    private let descriptor: Descriptor

    private init(path: String, descriptor: Descriptor) throws(SystemError) {
        try descriptor.makeNonblocking()
        self.path = path
        self.descriptor = descriptor
    }

    /// Opens a terminal device: 8 data bits, no parity, 1 stop bit, no flow control.
    ///
    /// `baud` is any speed that the line can do (`termios2`, `BOTHER`); `nil` for 115200.
    /// Throws `missing`, `notPermitted`, or `failed` for what is no terminal, and when another muster uses
    /// it.
    package static func open(_ path: String, baud: Int? = nil) throws(SystemError) -> SerialLine {
        // Without waiting for a carrier, and without becoming the terminal of this process.
        let descriptor = try Files.open(path, [.read, .write, .nonblocking])
        let held = descriptor.withNumber { csystem_lock($0, 0) }
        guard held >= 0 else { throw .from(held, call: "lock", subject: path) }
        guard held == 1 else { throw .failed(call: "open", subject: path, code: Errno.busy) }
        try makeRaw(descriptor, path: path, baud: baud)
        return try SerialLine(path: path, descriptor: descriptor)
    }

    private static func makeRaw(
        _ descriptor: Descriptor, path: String, baud: Int?
    ) throws(SystemError) {
        let done = descriptor.withNumber { csystem_serial_raw($0, Int32(clamping: baud ?? 0)) }
        guard done >= 0 else { throw .failed(call: "ioctl", subject: path, code: -done) }
    }

    /// What has arrived, at most `count` bytes; waits for the first until the deadline, and gives none at it.
    ///
    /// - Throws: `disconnected` when the other end is gone.
    package func read(upTo count: Int, by deadline: Deadline?) throws(SystemError) -> [UInt8] {
        while true {
            var got: Int64 = 0
            let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
                got = descriptor.withNumber { csystem_read($0, buffer.baseAddress, count) }
                filled = max(0, Int(got))
            }
            if got > 0 { return bytes }
            if got == 0 || Self.isGone(got) { throw .disconnected }
            guard got == -Int64(Errno.again) else { throw .from(got, call: "read", subject: path) }
            if let deadline, deadline.hasPassed { return [] }
            _ = try poll([(descriptor, writing: false)], by: deadline)
        }
    }

    /// Writes all the bytes.
    ///
    /// - Throws: `timedOut` at the deadline, `disconnected` when the other end is gone.
    package func write(_ bytes: [UInt8], by deadline: Deadline?) throws(SystemError) {
        var done = 0
        while done < bytes.count {
            let put = descriptor.withNumber { number in
                bytes.withUnsafeBytes {
                    csystem_write(number, $0.baseAddress.map { $0 + done }, $0.count - done)
                }
            }
            if put > 0 {
                done += Int(put)
            } else if put == -Int64(Errno.again) {
                if let deadline, deadline.hasPassed { throw .timedOut }
                _ = try poll([(descriptor, writing: true)], by: deadline)
            } else {
                throw Self.isGone(put) ? .disconnected : .from(put, call: "write", subject: path)
            }
        }
    }

    /// Forgets what is on its way in either direction.
    package func discard() throws(SystemError) {
        let done = descriptor.withNumber { csystem_serial_discard($0) }
        guard done >= 0 else { throw .from(done, call: "ioctl", subject: path) }
    }

    /// Sends a break, by which many consoles begin anew.
    package func sendBreak() throws(SystemError) {
        let done = descriptor.withNumber { csystem_serial_break($0) }
        guard done >= 0 else { throw .from(done, call: "ioctl", subject: path) }
    }

    /// A terminal whose other end has closed, or whose adapter was pulled.
    private static func isGone(_ result: Int64) -> Bool {
        [Errno.inputOutput, Errno.noDevice, Errno.noAddress].contains(Int32(clamping: -result))
    }
}

extension SerialLine {
    /// A pseudo terminal: the line that a program speaks on, and the terminal to be opened by another.
    ///
    /// The terminal stays open here too, so that the line lives on when the other program goes.
    package static func pseudoTerminal() throws(SystemError) -> (line: SerialLine, terminal: Descriptor) {
        var controller: Int32 = -1
        var name = [CChar](repeating: 0, count: 128)
        let made = csystem_pseudo_terminal(&controller, &name, name.count)
        guard made >= 0 else { throw .from(made, call: "posix_openpt") }
        let path = String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let line = try SerialLine(path: path, descriptor: Descriptor(owning: controller))
        let terminal = try Files.open(path, [.read, .write, .nonblocking])
        try makeRaw(terminal, path: path, baud: nil)
        return (line, terminal)
    }
}
