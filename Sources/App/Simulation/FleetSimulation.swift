import AWSIoT
import CommandTable
import Credentials
import DeviceClouds
import MQTTClient
import Model
import Processes
import SimulatedDevice
import TargetCore

/// `muster simulate device --fleet`: the device gets its identity by a claim certificate, as a real one does, and says hello
/// with it when `--connect` is given too.
struct FleetSimulation {
    let context: CommandContext

    private static let patience = Duration.seconds(30)
    /// What templates ask for by name.
    private static let serial = "SerialNumber"

    private var invocation: Invocation { context.invocation }

    private struct Provisioned: Encodable {
        var certificateID: String
        var deviceConfiguration: [String: String]
        var endpoint: String
        var thing: String
    }

    func run(_ device: SimulatedDevice, claim directory: String) async throws -> ExitCode {
        let claim = ClaimFiles(directory: directory)
        let facts = try claim.facts()
        let address = invocation.value("hub-at") ?? facts.endpoint
        guard let endpoint = ServiceEndpoint(address), endpoint.scheme == .mqtts else {
            throw CommandFailure(
                .badInput, "endpoint_unknown", "Nothing was sent: `\(address)` is no place of a service.",
                "Write --hub-at mqtts://HOST:PORT.")
        }
        let roots = try invocation.value("root").map(VerifyPrincipals.certificates) ?? claim.roots()
        let exchange = FleetProvisioning(
            template: facts.template, requestPEM: try device.certificateRequest().pem,
            parameters: try parameters(device), claimExpires: facts.expires)
        let registration = AWSFleetRegistration(
            at: endpoint, claim: try claim.identity(), roots: roots,
            clientID: MQTTSettings.freshClientID(random: context.surroundings.randomBytes(8)),
            now: context.surroundings.now)
        let identity = try await perform(registration, exchange)
        try device.remember(
            FleetPlace(
                endpoint: address, thing: identity.thingName, certificate: identity.certificatePEM,
                roots: try roots.map { try $0.pem }.joined(), told: identity.deviceConfiguration))
        context.console.print(
            Provisioned(
                certificateID: identity.certificateID, deviceConfiguration: identity.deviceConfiguration,
                endpoint: address, thing: identity.thingName))
        context.console.show("provisioned  as \(identity.thingName) by \(facts.template), at \(address)")
        guard invocation.has("connect") else { return .done }
        return try await ConnectSimulation(context: context).run(device)
    }

    private func parameters(_ device: SimulatedDevice) throws -> [String: String] {
        var parameters = [Self.serial: device.fields["serial"] ?? ""]
        for pair in invocation.values["parameter"] ?? [] {
            let (name, value) = try ArgumentText.pair(pair, undone: "Nothing was sent")
            parameters[name] = value
        }
        return parameters
    }

    private func perform(
        _ registration: AWSFleetRegistration, _ exchange: FleetProvisioning
    ) async throws -> FleetIdentity {
        do {
            return try await registration.run(exchange, by: Deadline(after: Self.patience))
        } catch DeviceCloudError.refused(let fault) {
            throw CommandFailure(.notPermitted, fault.explanation)
        } catch let error as MQTTError {
            throw CommandFailure(.unavailable, error.explanation)
        }
    }
}
