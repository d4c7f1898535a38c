import Foundation
import Model
import Processes
import SimulatedDevice
import TestSupport

/// A simulated device as a process of its own, at a serial line; killed when it goes.
final class DeviceProcess {
    let child: Child
    private let output: Descriptor

    /// Returns once the line can be opened.
    init(_ bench: Bench, _ options: [String] = []) throws {
        let (reading, writing) = try Descriptor.pipe()
        output = reading
        child = try Child(
            BuiltProgram.path("muster"),
            arguments: ["simulate", "device", bench.disk, "--json", "--serial", bench.tty] + bench.named + options,
            descriptors: [1: writing, 2: writing])
        try Self.awaitLine(reading)
    }

    /// The child's end of the pipe is closed by now, so that its end is seen.
    private static func awaitLine(_ reading: Descriptor) throws {
        var said: [UInt8] = []
        while !String(decoding: said, as: UTF8.self).contains(#"{"serial":"#) {
            guard try Descriptor.waitUntilReadable([reading], by: Deadline(after: .seconds(30)))[0] else {
                throw ProgramFailure(description: "the device says nothing")
            }
            let bytes = try reading.read(upTo: 4096)
            guard !bytes.isEmpty else {
                throw ProgramFailure(description: String(decoding: said, as: UTF8.self))
            }
            said += bytes
        }
    }

    /// How it ended; it has to end by itself.
    func wait() throws -> ExitStatus? { try child.wait(by: Deadline(after: .seconds(30))) }

    deinit { _ = try? child.end() }
}

/// A place with the memory of one device, its line and a stick.
final class Bench {
    let directory: TemporaryDirectory
    let named = ["--identity", "SIM-1", "--mac", "00:11:22:AA:BB:CC"]
    static let identity = DeviceIdentity(fields: ["serial": "SIM-1", "mac": "001122AABBCC"])

    var disk: String { directory.file("device") }
    var tty: String { directory.file("tty") }
    var stick: String { directory.file("stick") }

    init() throws {
        directory = try TemporaryDirectory()
        try Files.makeDirectories(stick)
    }

    /// Brings the stick to the device.
    func visit(_ options: [String] = []) throws -> CapturedRun {
        try run(["--directory", stick] + options)
    }

    /// How the device stands, read by a fresh process, as after switching it on again.
    func standing() throws -> SimulatedDevice.Standing {
        let run = try run(["--show"])
        let line = run.outputText.split(separator: "\n").last ?? ""
        return try CanonicalJSON.decode(SimulatedDevice.Standing.self, from: Array(line.utf8))
    }

    private func run(_ options: [String]) throws -> CapturedRun {
        try Child.run(
            BuiltProgram.path("muster"), arguments: ["simulate", "device", disk, "--json"] + named + options,
            timeout: .seconds(30))
    }
}
