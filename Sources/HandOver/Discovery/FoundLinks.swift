/// Links to devices that this machine has now, each as it is written after `--to`.
package struct FoundLinks: Equatable, Sendable {
    /// `dir:` each stick that is plugged in.
    package var sticks: [String]
    /// `serial:` each line.
    package var serialLines: [String]

    package init(sticks: [String] = [], serialLines: [String] = []) {
        self.sticks = sticks
        self.serialLines = serialLines
    }

    /// - Parameters:
    ///   - mounts: the kernel's table of mounts (proc(5), `/proc/self/mounts`).
    ///   - devices: the names in `/dev`.
    ///   - named: the names in `/dev/serial/by-id`, which stay the same wherever an adapter is plugged in.
    package init(mounts: String, devices: [String], named: [String]) {
        sticks = mounts.split(separator: "\n").compactMap(Self.stick).map { "dir:\($0)" }
        let plain = devices.filter { name in Self.adapters.contains { name.hasPrefix($0) } }
        serialLines =
            named.isEmpty
            ? plain.sorted().map { "serial:/dev/\($0)" }
            : named.sorted().map { "serial:/dev/serial/by-id/\($0)" }
    }

    /// How the kernel calls serial adapters on USB.
    private static let adapters = ["ttyUSB", "ttyACM"]

    /// Where what is plugged in is mounted. Source: Filesystem Hierarchy Standard 3.0, sections 3.11 and 3.12; udisks(8).
    private static let places = ["/media/", "/run/media/", "/mnt/"]

    private static func stick(_ line: Substring) -> String? {
        let fields = line.split(separator: " ")
        guard fields.count >= 2, fields[0].hasPrefix("/dev/") else { return nil }
        let path = unescaped(fields[1])
        return places.contains { path.hasPrefix($0) && path.count > $0.count } ? path : nil
    }

    /// Blanks stand as `\040` there, and other signs likewise.
    private static func unescaped(_ text: Substring) -> String {
        var (bytes, rest) = ([UInt8](), Array(text.utf8)[...])
        while let byte = rest.popFirst() {
            let digits = String(decoding: rest.prefix(3), as: UTF8.self)
            if byte == UInt8(ascii: "\\"), digits.count == 3, let code = UInt8(digits, radix: 8) {
                bytes.append(code)
                rest = rest.dropFirst(3)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
