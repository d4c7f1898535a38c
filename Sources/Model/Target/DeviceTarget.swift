/// Where a device has been provisioned, as its record and its receipt say it.
package struct DeviceTarget: Codable, Equatable, Sendable {
    package enum Standing: String, Codable, CaseIterable, Sendable {
        case enabled
        /// Known there, and not let in.
        case disabled
    }

    package var target: TargetID
    package var kind: TargetKind
    /// The device's name there: the thing's, the registration's or the hub's device id.
    package var name: String
    /// The region or hub, where the target or the policy has chosen one.
    package var place: String?
    /// Why it stands there, in a sentence.
    package var reason: String
    /// Where the device connects: `mqtts://…`, or the provisioning service's address with its scope.
    package var endpoint: String?
    package var standing: Standing
    /// The target's own marks of the device, such as a certificate id; free of secrets.
    package var marks: [String: String]
    /// What the device's own connections there have to be like; `nil` where nobody knows.
    package var client: Client?

    /// How a device connects to its service over MQTT, as far as the target binds it.
    package struct Client: Codable, Equatable, Sendable {
        /// The only client id that is let in, of which a second connection throws the first out; `nil` where any is.
        package var clientID: String?
        /// The user name that the service asks for.
        package var userName: String?
        /// Where the device may publish.
        package var topic: String?
        /// Whether the device may also hear what it publishes there.
        package var echoes: Bool

        package init(
            clientID: String? = nil, userName: String? = nil, topic: String? = nil, echoes: Bool = false
        ) {
            self.clientID = clientID
            self.userName = userName
            self.topic = topic
            self.echoes = echoes
        }
    }

    package init(
        target: TargetID, kind: TargetKind, name: String, place: String? = nil, reason: String,
        endpoint: String? = nil, standing: Standing = .enabled, marks: [String: String] = [:],
        client: Client? = nil
    ) {
        self.target = target
        self.kind = kind
        self.name = name
        self.place = place
        self.reason = reason
        self.endpoint = endpoint
        self.standing = standing
        self.marks = marks
        self.client = client
    }
}
