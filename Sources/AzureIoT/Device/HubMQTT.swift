package import Model
package import TargetCore

/// The words of a device's connection to its hub over MQTT 3.1.1 with TLS. Source: IoT Hub documentation,
/// "Communicate with your IoT hub using the MQTT protocol".
///
/// A second connection of one device id throws the first out: connect only before the device itself does,
/// or ask by `message`, which needs no connection that stays.
package struct HubMQTT: Equatable, Sendable {
    package var host: String
    package var deviceID: String

    package init(host: String, deviceID: String) {
        self.host = host
        self.deviceID = deviceID
    }

    package static let port = 8883
    /// Where 8883 is blocked: WebSocket on 443, with the subprotocol `mqtt`.
    package static let webSocketPath = "/$iothub/websocket"
    /// The hub ends connections that are silent for longer, in seconds.
    package static let longestKeepAliveSeconds = 1177

    package var clientID: String { deviceID }

    /// What a device's connections to the hub have to be like. What it publishes goes to the cloud and does not come back.
    package var client: DeviceTarget.Client {
        DeviceTarget.Client(clientID: clientID, userName: username, topic: events)
    }

    /// The password is the device's token; with a certificate there is none. The host is the logical one,
    /// also for SNI.
    package var username: String { "\(host)/\(deviceID)/?api-version=2021-04-12" }

    /// Telemetry, at QoS 0 or 1, not retained: for QoS 2 and others' topics the hub ends the connection.
    package var events: String { "devices/\(deviceID)/messages/events/" }
    package var commands: String { "devices/\(deviceID)/messages/devicebound/#" }

    package static let twinAnswers = "$iothub/twin/res/#"

    package static func twin(request: Int) -> String { "$iothub/twin/GET/?$rid=\(request)" }

    /// Whether a topic is the answer that the twin was read.
    package static func isTwin(_ topic: String, request: Int) -> Bool {
        topic == "$iothub/twin/res/200/?$rid=\(request)"
    }

    /// One message by HTTPS, which disturbs no connection; answered with 204.
    package func message(_ body: [UInt8]) -> CloudCall {
        CloudCall(
            "POST /devices/{id}/messages/events", plane: AzurePlane.iotHub(host: host).name, method: "POST",
            path: ["devices", deviceID, "messages", "events"],
            query: [CloudCall.Field("api-version", "2020-03-13")],
            headers: [CloudCall.Field("Content-Type", "application/json; charset=utf-8")], body: body)
    }

    /// Why a hub did not take a connection, by the code of MQTT 3.1.1.
    package enum Refusal: Int, CaseIterable, Sendable {
        case protocolVersion = 1
        case identifier = 2
        case unavailable = 3
        case credentialsForm = 4
        case notAuthorised = 5

        package var what: String {
            switch self {
            case .protocolVersion: "The hub takes MQTT 3.1.1 and was offered another"
            case .identifier: "The hub did not take the client id: it must be the device id"
            case .unavailable: "The hub is not to be reached, or has used up its quota of the day"
            case .credentialsForm:
                "The hub could not read user name or password: host, device id or token have a wrong form"
            case .notAuthorised:
                "The hub did not let the device in: it is unknown or disabled there, or its key, "
                    + "certificate or clock is "
                    + "not the hub's"
            }
        }
    }
}
