package import Processes

/// A running `muster simulate device`; killed when it goes.
package final class DeviceProcess {
    package let child: Child
    /// Where it is, as it printed it: the path of its line, or its address.
    package let place: String
    private let output: Descriptor

    /// At a serial line; returns once the line can be opened.
    /// `disk` is the directory that is the device's memory, `tty` where the path of the line is to be.
    package convenience init(disk: String, tty: String, _ options: [String]) throws {
        try self.init(disk: disk, ["--serial", tty] + options, says: "serial")
    }

    /// On the network, at a free port of this machine alone.
    package convenience init(disk: String, _ options: [String]) throws {
        try self.init(disk: disk, ["--http", "127.0.0.1:0"] + options, says: "http")
    }

    private init(disk: String, _ options: [String], says word: String) throws {
        let (reading, writing) = try Descriptor.pipe()
        output = reading
        child = try Child(
            BuiltProgram.path("muster"), arguments: ["simulate", "device", disk, "--json"] + options,
            descriptors: [1: writing, 2: writing])
        place = try Self.awaitPlace(reading, after: "{\"\(word)\":\"")
    }

    private static func awaitPlace(_ reading: Descriptor, after mark: String) throws -> String {
        var said: [UInt8] = []
        while true {
            let isThere = try Descriptor.waitUntilReadable([reading], by: Deadline(after: .seconds(30)))[0]
            let bytes = isThere ? try reading.read(upTo: 4096) : []
            guard !bytes.isEmpty else {
                throw ProgramFailure(description: "no device: \(String(decoding: said, as: UTF8.self))")
            }
            said += bytes
            let lines = String(decoding: said, as: UTF8.self).split(
                separator: "\n", omittingEmptySubsequences: false)
            if let line = lines.dropLast().first(where: { $0.hasPrefix(mark) }) {
                return String(line.dropFirst(mark.count).prefix { $0 != "\"" })
            }
        }
    }

    /// How it ended by itself; `nil` when it still runs after long.
    package func wait() throws -> ExitStatus? { try child.wait(by: Deadline(after: .seconds(30))) }

    deinit { _ = try? child.end() }
}
