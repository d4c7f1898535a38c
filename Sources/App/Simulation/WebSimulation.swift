import CommandTable
import Credentials
import HTTPServer
import HandOver
import Model
import Processes
import SimulatedDevice

/// A simulated device on the network.
struct WebSimulation {
    let context: CommandContext

    private var invocation: Invocation { context.invocation }

    private struct Listening: Encodable {
        var http: String
        /// For `--device-pin`.
        var pin: String?
    }

    /// Answers until the program is ended, or with --once until a hand-over was confirmed.
    func serve(_ device: SimulatedDevice) async throws -> ExitCode {
        let (settings, pin) = try settings()
        let (confirmed, mark) = AsyncStream.makeStream(of: Void.self)
        let desk = WebDesk(device) { if $0 == .confirm { mark.yield() } }
        let server = try HTTPServer(settings) { await desk.answer($0) }
        let host = settings.address.contains(":") ? "[\(settings.address)]" : settings.address
        let url = "\(settings.identity == nil ? "http" : "https")://\(host):\(server.port)"
        context.console.print(Listening(http: url, pin: pin))
        context.console.show("listening  \(url)" + (pin.map { "  \($0)" } ?? ""))
        for await _ in confirmed where invocation.has("once") { break }
        // The last answer may have to be given again.
        try await Task.sleep(for: .seconds(2))
        await server.stop()
        return .done
    }

    private func settings() throws -> (HTTPServer.Settings, pin: String?) {
        guard let place = NetworkPlace(invocation.value("http") ?? ""), let port = place.port else {
            throw CommandFailure(
                .usage, "usage", "The device was not started: --http takes an address and a port.",
                "Write --http 127.0.0.1:0 for any free port.")
        }
        var settings = HTTPServer.Settings(
            address: place.host.text, port: port, bodyLimit: WebDesk.bodyLimit, connectionLimit: 8)
        guard invocation.value("tls-certificate") != nil || invocation.value("tls-key") != nil else {
            return (settings, nil)
        }
        guard let path = invocation.value("tls-certificate"), let keyPath = invocation.value("tls-key") else {
            throw CommandFailure(
                .usage, "usage", "The device was not started: a certificate goes with its key.",
                "Give both --tls-certificate and --tls-key.")
        }
        let chain = String(decoding: try Files.read(path, limit: 1 << 20), as: UTF8.self)
        let key = String(decoding: try Files.read(keyPath, limit: 1 << 20), as: UTF8.self)
        settings.identity = HTTPServer.Identity(certificateChain: chain, key: Redacted(key))
        return (
            settings, try Certificate.chain(pem: chain).first.map { "sha256:\($0.summary.publicKeyHash)" }
        )
    }
}
