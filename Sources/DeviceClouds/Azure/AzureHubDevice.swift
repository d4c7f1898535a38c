import AzureIoT
package import Credentials
package import HTTPClient
import MQTTClient
package import Model
package import Processes
import TargetCore
import Targets

/// A device at its hub.
///
/// A connection with its name throws out another one of that name: it is for the device itself.
package struct AzureHubDevice: Sendable {
    /// The hub's own name, which tokens and user names have, whatever address is connected to.
    package let hub: String
    package let deviceID: String
    package let credential: AzureHubCredential

    private static let tokenSeconds: Int64 = 3600
    private static let goodbye = Duration.seconds(3)

    package init(hub: String, deviceID: String, credential: AzureHubCredential) {
        self.hub = hub
        self.deviceID = deviceID
        self.credential = credential
    }

    private var words: HubMQTT { HubMQTT(host: hub, deviceID: deviceID) }

    /// The hub's usual address.
    package var address: String { "mqtts://\(hub):\(HubMQTT.port)" }

    /// Connects over MQTT 3.1.1, sends one message, and says goodbye once the hub has taken it. Without an endpoint
    /// it goes to the hub's usual address.
    ///
    /// - Throws: `DeviceCloudError`, `MQTTError`, `TPMError`.
    package func send(
        _ message: [UInt8], to endpoint: ServiceEndpoint? = nil, roots: [Certificate], at now: Timestamp,
        by deadline: Deadline
    ) async throws {
        let settings = MQTTSettings(
            host: endpoint?.host ?? hub, port: endpoint?.port ?? UInt16(HubMQTT.port),
            transport: .tls(roots: roots, identity: identity, now: now), clientID: words.clientID,
            login: MQTTSettings.Login(username: words.username, password: try await token(at: now)),
            version: .v311)
        do throws(MQTTError) {
            let connection = try await MQTTConnection.open(settings, by: deadline)
            try await connection.publish(message, to: words.events, by: deadline)
            await connection.close(by: Deadline(after: Self.goodbye).earlier(deadline))
        } catch {
            if case .refused(let code) = error, let refusal = HubMQTT.Refusal(rawValue: code) {
                throw DeviceCloudError.hubRefused(refusal)
            }
            throw error
        }
    }

    /// Sends one message over HTTPS, which disturbs no connection. Without a URL it goes to the hub's usual address.
    ///
    /// - Throws: `DeviceCloudError`, `HTTPClientError`, `TPMError`.
    package func post(
        _ message: [UInt8], to url: String? = nil, trust: HTTPClient.Trust, at now: Timestamp
    ) async throws {
        let client = try HTTPClient(trust: trust, identity: try identity.map(HTTPClient.Identity.init))
        let call = words.message(message)
        let token = try await token(at: now).map { [HTTPField("Authorization", $0.unredacted)] } ?? []
        let reply = try await client.send(
            HTTPCall(
                method: call.method, url: (url ?? "https://\(hub)") + call.target,
                headers: call.headers.map { HTTPField($0.name, $0.value) } + token, body: call.body))
        switch reply.status {
        case 204: return
        // What the hub says of it is meant for services.
        case 401, 403, 404: throw DeviceCloudError.hubRefused(.notAuthorised)
        default:
            throw DeviceCloudError.refused(AzureFaults.read(CloudReply(reply), plane: .iotHub(host: hub)))
        }
    }

    private var identity: TLSIdentity? {
        guard case .certificate(let identity) = credential else { return nil }
        return identity
    }

    /// `nil` for a device with a certificate.
    private func token(at now: Timestamp) async throws -> Redacted<String>? {
        let signature = SharedAccessSignature.hubDevice(
            host: hub, id: deviceID, expiry: now.milliseconds / 1000 + Self.tokenSeconds)
        switch credential {
        case .certificate: return nil
        case .symmetricKey(let key):
            do throws(AzureSigningFault) { return try signature.token(key: key, .system) } catch {
                throw DeviceCloudError.keyUnusable
            }
        case .tpm(let key):
            let bytes = try await TPMDesk(key.tpm).sign(signature.stringToSign, with: key)
            return signature.token(signature: bytes)
        }
    }
}
