import CommandTable
import HandOver
import Model
import Processes

/// `muster hand-over --discover`: what announces itself on the network, as Avahi sees it.
struct Discovery {
    let context: CommandContext

    /// Avahi itself waits until nothing new has come for a while.
    private static let patience = Duration.seconds(20)
    private static let outputBytes = 4 << 20

    func run() async throws -> ExitCode {
        let devices = try devices()
        for device in devices {
            context.console.print(device)
            context.console.show(
                "\(device.to)  \(device.name)" + (device.serial.map { "  says serial \($0)" } ?? ""))
        }
        if devices.isEmpty { context.console.remark("No device announces itself on this network.") }
        return .done
    }

    /// Blocks its thread until Avahi has heard all.
    func devices() throws -> [DiscoveredDevice] {
        let program = try program()
        return try DiscoveredDevice.services.flatMap { DiscoveredDevice.read(try browse(program, $0)) }
    }

    private func program() throws -> String {
        let folders = (context.surroundings.variables["PATH"] ?? "/usr/bin").split(separator: ":")
        for folder in folders where folder.hasPrefix("/") {
            if try Files.status("\(folder)/avahi-browse") != nil { return "\(folder)/avahi-browse" }
        }
        throw CommandFailure(
            .unavailable, "avahi_missing", "The network was not looked at: avahi-browse is not installed.",
            "Install the packages avahi-daemon and avahi-utils, or give the device's address with --to.")
    }

    private func browse(_ program: String, _ service: String) throws -> String {
        let run = try? Child.run(
            program, arguments: ["--parsable", "--resolve", "--terminate", service],
            environment: ["LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"], timeout: Self.patience,
            limit: Self.outputBytes)
        guard let run, run.status == .exited(0) else {
            let said = run?.errorsText.split(whereSeparator: \.isNewline).last ?? "it did not come to an end"
            throw CommandFailure(
                .unavailable, "discovery_failed",
                "The network was not looked at: avahi-browse failed: \(said)",
                "Check that avahi-daemon runs, or give the device's address with --to.")
        }
        return run.outputText
    }
}
