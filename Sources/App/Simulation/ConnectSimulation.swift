import CommandTable
import Credentials
import MQTTClient
import Model
import Processes
import SimulatedDevice

/// `muster simulate device --connect`: the device connects to its service with the principals that it was given, as a real one
/// does: MQTT over TLS with its certificate, a message there and back.
struct ConnectSimulation {
    let context: CommandContext

    private static let patience = Duration.seconds(15)

    func run(_ device: SimulatedDevice) async throws -> ExitCode {
        guard let working = try device.working() else {
            throw CommandFailure(
                .failed, "device_without_principals",
                "Nothing was connected: the device has no principals yet.",
                "Hand some over: `muster hand-over`.")
        }
        guard let text = context.invocation.value("hub-at") ?? working.endpoint,
            let endpoint = ServiceEndpoint(text),
            endpoint.scheme == .mqtts
        else {
            throw CommandFailure(
                .badInput, "endpoint_unknown",
                "Nothing was connected: the device was given no mqtts:// endpoint.",
                "Hand over with --endpoint mqtts://HOST:PORT.")
        }
        let more = try context.invocation.value("root").map { try VerifyPrincipals.certificates($0) } ?? []
        let now = context.surroundings.now()
        let settings = MQTTSettings(
            host: endpoint.host, port: endpoint.port,
            transport: .tls(
                roots: working.roots + more,
                identity: try TLSIdentity(chain: working.chain, key: working.key), now: now),
            clientID: working.name)
        let trip = MQTTRoundTrip(
            settings: settings, topic: working.topic,
            token: context.surroundings.randomBytes(16))
        let finding = try await trip.run(by: Deadline(after: Self.patience))
        if let used = working.chain.first?.summary.fingerprint {
            try device.remember(connectedTo: endpoint.description, with: used)
        }
        context.console.print(Connected(connected: text, version: finding.version))
        context.console.show("connected  \(working.name) to \(text), MQTT \(finding.version.rawValue)")
        return .done
    }

    private struct Connected: Encodable {
        var connected: String
        var version: MQTTSettings.Version
    }
}
