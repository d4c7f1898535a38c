import AzureIoT
import CommandTable
import Credentials
import DeviceClouds
import HTTPClient
import MQTTClient
import Model
import Processes
import SimulatedDevice
import TargetCore

/// `muster simulate device --connect` of a device that is registered: one message to its hub.
struct HubSimulation {
    let context: CommandContext

    private static let patience = Duration.seconds(15)
    private static let message = "{\"hello\":true}"
    /// The largest key has 64 bytes.
    private static let limitKeyBytes = 1 << 10

    private var invocation: Invocation { context.invocation }

    private struct Connected: Encodable {
        var connected: String
        var device: String
    }

    /// With what it remembers of its registration.
    func connect(_ device: SimulatedDevice, _ place: CloudPlace) async throws -> ExitCode {
        let credential: AzureHubCredential
        if let text = place.tpmKey {
            credential = .tpm(
                try TPMHMACKey(Base64.decode(text) ?? [], in: try TPMChoice.tpm(context)))
        } else if let key = try deviceKey(device) {
            credential = .symmetricKey(key)
        } else {
            credential = .certificate(try identity(device))
        }
        let hub = AzureHubDevice(hub: place.hub, deviceID: place.deviceID, credential: credential)
        return try await connect(hub, device)
    }

    func connect(_ hub: AzureHubDevice, _ device: SimulatedDevice) async throws -> ExitCode {
        let address = invocation.value("hub-at") ?? hub.address
        do {
            try await send(hub, address)
        } catch DeviceCloudError.refused(let fault) {
            throw CommandFailure(.notPermitted, fault.explanation)
        } catch DeviceCloudError.hubRefused(let refusal) {
            let error = DeviceCloudError.hubRefused(refusal)
            throw CommandFailure(refusal == .unavailable ? .unavailable : .notPermitted, error.explanation)
        } catch let error as HTTPClientError {
            throw CommandFailure(.unavailable, error.explanation)
        } catch let error as MQTTError {
            throw CommandFailure(.unavailable, error.explanation)
        }
        if case .certificate(let identity) = hub.credential,
            let used = identity.chain.first?.summary.fingerprint
        {
            try device.remember(connectedTo: hub.address, with: used)
        }
        context.console.print(Connected(connected: address, device: hub.deviceID))
        context.console.show("connected  \(hub.deviceID) to \(hub.hub)")
        return .done
    }

    private func send(_ hub: AzureHubDevice, _ address: String) async throws {
        let message = Array(Self.message.utf8)
        let now = context.surroundings.now()
        if address.hasPrefix("https://") {
            return try await hub.post(message, to: address, trust: try trust(), at: now)
        }
        guard let endpoint = ServiceEndpoint(address), endpoint.scheme == .mqtts else {
            throw CommandFailure(
                .usage, "usage", "Nothing was connected: `\(address)` is no place of a hub.",
                "Write --hub-at mqtts://HOST:PORT or https://HOST:PORT.")
        }
        try await hub.send(
            message, to: endpoint, roots: try roots(), at: now, by: Deadline(after: Self.patience))
    }

    // MARK: What it has

    /// The certificate and key that it works with.
    func identity(_ device: SimulatedDevice) throws -> TLSIdentity {
        guard let working = try device.working() else {
            throw CommandFailure(
                .failed, "device_without_principals",
                "Nothing was sent: the device has no principals yet.",
                "Hand some over: `muster hand-over`; or give --device-key or --tpm.")
        }
        return try TLSIdentity(chain: working.chain, key: working.key)
    }

    /// The key of `--device-key`, else the symmetric key that the device was given.
    func deviceKey(_ device: SimulatedDevice) throws -> Redacted<String>? {
        guard let path = invocation.value("device-key") else { return try device.symmetricKey() }
        let text = String(decoding: try InputFile.bytes(path, limit: Self.limitKeyBytes), as: UTF8.self)
        return Redacted(text.filter { !$0.isWhitespace })
    }

    /// Who is taken for the service.
    func trust() throws -> HTTPClient.Trust {
        guard let path = invocation.value("root") else { return .systemStore }
        return .authorities(try VerifyPrincipals.certificates(path).map { try $0.pem }.joined())
    }

    private func roots() throws -> [Certificate] {
        if let path = invocation.value("root") { return try VerifyPrincipals.certificates(path) }
        let bundle = "/etc/ssl/certs/ca-certificates.crt"
        return try Certificate.chain(
            pem: String(decoding: try InputFile.bytes(bundle, limit: 4 << 20), as: UTF8.self))
    }
}
