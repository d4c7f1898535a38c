package import Processes

/// A running `muster simulate device` at a serial line; killed when it goes.
package final class DeviceProcess {
    package let child: Child
    private let output: Descriptor

    /// Returns once the line can be opened.
    /// `disk` is the directory that is the device's memory, `tty` where the path of the line is to be.
    package init(disk: String, tty: String, _ options: [String]) throws {
        let (reading, writing) = try Descriptor.pipe()
        output = reading
        child = try Child(
            BuiltProgram.path("muster"),
            arguments: ["simulate", "device", disk, "--json", "--serial", tty] + options,
            descriptors: [1: writing, 2: writing])
        try Self.awaitLine(reading)
    }

    private static func awaitLine(_ reading: Descriptor) throws {
        var said: [UInt8] = []
        while !String(decoding: said, as: UTF8.self).contains(#"{"serial":"#) {
            let isThere = try Descriptor.waitUntilReadable([reading], by: Deadline(after: .seconds(30)))[0]
            let bytes = isThere ? try reading.read(upTo: 4096) : []
            guard !bytes.isEmpty else {
                throw ProgramFailure(description: "no device: \(String(decoding: said, as: UTF8.self))")
            }
            said += bytes
        }
    }

    /// How it ended by itself; `nil` when it still runs after long.
    package func wait() throws -> ExitStatus? { try child.wait(by: Deadline(after: .seconds(30))) }

    deinit { _ = try? child.end() }
}
