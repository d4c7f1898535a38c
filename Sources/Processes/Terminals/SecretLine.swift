internal import CSystem
package import Model

/// A line that a person types on the terminal without its being shown.
package enum SecretLine {
    private static let terminal = "/dev/tty"
    private static let limitBytes = 1024

    /// Asks, and waits for the line; `nil` when there is nobody to ask, or when nothing but the end was typed.
    package static func ask(_ question: String) -> Redacted<[UInt8]>? {
        guard let descriptor = try? Files.open(terminal, [.read, .write]) else { return nil }
        return descriptor.withNumber { number in
            guard csystem_echo(number, 0) >= 0 else { return nil }
            defer { _ = csystem_echo(number, 1) }
            let words = Array((question + " ").utf8)
            _ = words.withUnsafeBytes { csystem_write(number, $0.baseAddress, $0.count) }
            return line(number)
        }
    }

    /// Whether the terminal shows what is typed from now on.
    package static func setEcho(_ isShown: Bool) {
        guard let descriptor = try? Files.open(terminal, [.read, .write]) else { return }
        descriptor.withNumber { _ = csystem_echo($0, isShown ? 1 : 0) }
    }

    private static func line(_ number: Int32) -> Redacted<[UInt8]>? {
        var buffer = [UInt8](repeating: 0, count: limitBytes)
        let count = buffer.withUnsafeMutableBytes { csystem_read(number, $0.baseAddress, $0.count) }
        guard count > 0 else { return nil }
        var line = Array(buffer[..<Int(count)])
        for index in buffer.indices { buffer[index] = 0 }
        while let last = line.last, last == 0x0A || last == 0x0D { line.removeLast() }
        return line.isEmpty ? nil : Redacted(line)
    }
}
