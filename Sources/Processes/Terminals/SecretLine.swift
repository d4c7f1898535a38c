internal import CSystem

/// A line that a person types on the terminal without its being shown.
package enum SecretLine {
    private static let terminal = "/dev/tty"

    /// Room enough for a line.
    package static let limitBytes = 1024

    /// Asks, and waits for the line, which is read into the caller's own memory and nowhere else; `nil` when there is nobody
    /// to ask, or when nothing but the end was typed.
    ///
    /// - Returns: how many bytes it has, without its end.
    package static func ask(_ question: String, into room: UnsafeMutableRawBufferPointer) -> Int? {
        guard let descriptor = try? Files.open(terminal, [.read, .write]) else { return nil }
        return descriptor.withNumber { number in
            guard csystem_echo(number, 0) >= 0 else { return nil }
            defer { _ = csystem_echo(number, 1) }
            let words = Array((question + " ").utf8)
            _ = words.withUnsafeBytes { csystem_write(number, $0.baseAddress, $0.count) }
            var count = Int(csystem_read(number, room.baseAddress, room.count))
            while count > 0, room[count - 1] == 0x0A || room[count - 1] == 0x0D { count -= 1 }
            return count > 0 ? count : nil
        }
    }

    /// The next line of the standard input, read into the caller's own memory and nowhere else: byte by byte, since what
    /// follows is nobody's yet. What has no room is left out.
    ///
    /// - Returns: how many bytes it has, without its end; `nil` at the end of the input.
    package static func next(into room: UnsafeMutableRawBufferPointer) -> Int? {
        var count = 0
        var byte: UInt8 = 0
        defer { byte = 0 }
        while csystem_read(0, &byte, 1) == 1 {
            guard byte != 0x0A else {
                if count > 0, room[count - 1] == 0x0D { count -= 1 }
                return count
            }
            guard count < room.count else { continue }
            room[count] = byte
            count += 1
        }
        return count > 0 ? count : nil
    }

    /// Whether the terminal that lines come from shows what is typed from now on; where they come from no terminal, there is
    /// nothing to hide.
    package static func setEcho(_ isShown: Bool) { _ = csystem_echo(0, isShown ? 1 : 0) }
}
