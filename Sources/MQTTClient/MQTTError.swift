package import Credentials
package import Model

/// Why something was not done over MQTT.
package enum MQTTError: Error, Equatable, Sendable {
    /// What was being done when it went wrong.
    package enum Stage: String, Codable, Sendable {
        case connecting, subscribing, publishing, receiving, connected
    }

    /// Nobody was reached: no address, no route, nobody listens.
    case notReached(reason: String)
    case timedOut(Stage)
    /// No TLS, for a cause that has a name: whose certificate was not taken by whom.
    case tls(TLSFault)
    /// The broker refused the connection, with its reason code.
    case refused(code: Int)
    /// The broker refuses the version of MQTT.
    case versionRefused
    /// The broker does not let this client subscribe or publish there.
    case notAllowed(Stage, topic: String, code: Int)
    /// The broker took a message, and did not bring it to its own subscriber: usually its access rules.
    case notDelivered(topic: String)
    /// The broker ended the connection: another client with the same id came, it shuts down …
    case sentAway(code: Int)
    /// The connection broke.
    case hungUp(Stage)
    /// What was received is no MQTT.
    case notMQTT(reason: String)
    case cancelled
    /// The request itself cannot be sent: a malformed topic, a message that is too large.
    case unusable(reason: String)
    /// libmosquitto is not installed, or is another one than this program was made for.
    case libraryMissing(reason: String)

    /// Stable, for scripts.
    package var code: String {
        switch self {
        case .notReached: "not_reached"
        case .timedOut: "timed_out"
        case .tls(let fault): fault.code
        case .refused: "mqtt_refused"
        case .versionRefused: "mqtt_version_refused"
        case .notAllowed: "mqtt_not_allowed"
        case .notDelivered: "mqtt_not_delivered"
        case .sentAway: "mqtt_sent_away"
        case .hungUp: "hung_up"
        case .notMQTT: "not_mqtt"
        case .cancelled: "cancelled"
        case .unusable: "mqtt_unusable"
        case .libraryMissing: "library_missing"
        }
    }
}

extension MQTTError: Explained {
    package var explanation: Explanation {
        if case .tls(let fault) = self { return fault.explanation }
        let kind: Explanation.Kind = if case .libraryMissing = self { .unavailable } else { .failed }
        return Explanation(id: code, kind: kind, what: what, nextStep: nextStep)
    }

    private var what: Sentence {
        switch self {
        case .notReached(let reason): "The broker was not reached: \(reason)."
        case .timedOut(let stage): "The broker did not answer in time while \(stage.rawValue)."
        case .tls(let fault): "\(fault.explanation.what)"
        case .refused(let code): "The broker refused the connection: \(MQTTReason.words(code))."
        case .versionRefused: "The broker does not speak this version of MQTT."
        case .notAllowed(let stage, let topic, let code):
            "The broker refused \(stage.rawValue) on \(topic): \(MQTTReason.words(code))."
        case .notDelivered(let topic):
            "The broker took a message on \(topic) and did not bring it back to its subscriber."
        case .sentAway(let code): "The broker ended the connection: \(MQTTReason.words(code))."
        case .hungUp(let stage): "The connection broke while \(stage.rawValue)."
        case .notMQTT(let reason): "What answers there does not speak MQTT: \(reason)."
        case .cancelled: "The work was given up."
        case .unusable(let reason): "The request cannot be sent: \(reason)."
        case .libraryMissing(let reason): "MQTT cannot be spoken from this machine: \(reason)."
        }
    }

    private var nextStep: String {
        switch self {
        case .notReached, .timedOut, .hungUp: "Check the address, the port and the network, then try again."
        case .tls(let fault): fault.explanation.nextStep
        case .refused:
            "Check that the broker knows the certificate, and that it allows the client id "
                + "(--client-id gives another)."
        case .versionRefused: "Ask the device's target or the device itself instead."
        case .notAllowed, .notDelivered:
            "Ask the device's target or the device itself instead, or give a topic that the broker's access "
                + "rules allow it (--topic)."
        case .sentAway: "Check whether another client uses the same client id."
        case .notMQTT: "Check the port; `tls://` proves the TLS connection alone."
        case .cancelled: "Try again when ready."
        case .unusable: "Check the topic and the client id."
        case .libraryMissing: "Install the package libmosquitto1."
        }
    }
}

/// What reason codes mean. Sources: MQTT 3.1.1, section 3.2.2.3; MQTT 5.0, section 2.4.
enum MQTTReason {
    static func words(_ code: Int) -> String {
        let words: [Int: String] = [
            1: "protocol version not accepted", 2: "client id refused", 3: "service unavailable",
            4: "user name or password refused", 5: "not authorised", 0x80: "refused without a reason",
            0x81: "malformed packet", 0x82: "protocol error", 0x83: "refused by the broker's own rules",
            0x84: "protocol version not accepted", 0x85: "client id refused",
            0x86: "user name or password refused", 0x87: "not authorised", 0x88: "service unavailable",
            0x89: "broker busy", 0x8A: "banned", 0x8B: "broker shuts down",
            0x8C: "authentication method refused", 0x8D: "kept silent for too long",
            0x8E: "another client with the same id has connected", 0x90: "topic name refused",
            0x95: "packet too large", 0x97: "quota exceeded", 0x98: "by its administrator",
            0x9F: "connection rate exceeded",
        ]
        return words[code] ?? "reason code \(code)"
    }

    /// Whether the version of the protocol is what was refused.
    static func isVersion(_ code: Int) -> Bool { code == 1 || code == 0x84 }
}
