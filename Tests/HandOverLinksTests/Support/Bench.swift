import Model
import Processes
import SimulatedDevice
import TestSupport

/// A place with the memory of one device, its line and a stick.
final class Bench: Sendable {
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

    /// The device, switched on at its line.
    func device(_ options: [String] = []) throws -> DeviceProcess {
        try DeviceProcess(disk: disk, tty: tty, named + options)
    }

    /// The device, switched on in the network.
    func webDevice(_ options: [String] = []) throws -> DeviceProcess {
        try DeviceProcess(disk: disk, named + options)
    }

    /// What runs on the device when somebody logs in.
    func deviceCommand(_ options: [String] = []) -> String {
        ([BuiltProgram.path("muster"), "simulate", "device", disk, "--stdio"] + named + options).joined(
            separator: " ")
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
