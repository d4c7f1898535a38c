import HandOver
import HandOverLinks
import Processes
import TestSupport
import Testing

/// The ways on which a device answers while it is asked.
enum AskedTransport: String, CaseIterable {
    case line, http, shell
}

/// A device that is switched on and off at one of the ways to it.
final class Station {
    let bench: Bench
    private let companion: TestCompanion
    private let transport: AskedTransport
    private let server: ShellServer?
    private var device: DeviceProcess?

    init(_ transport: AskedTransport, _ companion: TestCompanion) throws {
        bench = try Bench()
        self.transport = transport
        self.companion = companion
        server = transport == .shell ? try ShellServer() : nil
    }

    /// Switches it on; over a login it runs as long as somebody is logged in.
    func switchOn(_ options: [String] = []) throws -> any HandOverLink {
        switch transport {
        case .line:
            device = try bench.device(options)
            return try companion.line(bench)
        case .http:
            let device = try bench.webDevice(options)
            self.device = device
            return try TestCompanion.web(device.place)
        case .shell:
            return try companion.command(try #require(server), bench.deviceCommand(options))
        }
    }

    func switchOff() throws {
        try device?.child.end()
        device = nil
    }

    /// That its power went by itself.
    func expectPowerGone() throws {
        if let device { #expect(try device.wait() == .signalled(9)) }
        device = nil
    }
}
