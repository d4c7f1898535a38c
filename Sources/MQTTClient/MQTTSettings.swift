package import Credentials
package import Model

/// Where a client connects to, and as whom.
package struct MQTTSettings: Sendable {
    package enum Version: String, Codable, Sendable {
        case v5 = "5.0"
        case v311 = "3.1.1"
    }

    /// How the bytes travel.
    package enum Transport: Sendable {
        /// With these roots alone, and the client certificate when there is one.
        case tls(roots: [Certificate], identity: TLSIdentity?, now: Timestamp)
        /// Readable and changeable by everybody in between: for brokers on the same machine.
        case plain
    }

    package var host: String
    package var port: UInt16
    package var transport: Transport
    /// What the client is let in with beside its certificate, or in its place.
    package struct Login: Equatable, Sendable {
        package var username: String
        package var password: Redacted<String>?

        package init(username: String, password: Redacted<String>? = nil) {
            self.username = username
            self.password = password
        }
    }

    /// A broker lets each id connect once: a client that comes with another's id throws it out.
    package var clientID: String
    package var login: Login?
    package var version: Version
    /// So long may nothing be said before the client shows that it is there.
    package var keepAliveSeconds: Int

    package init(
        host: String, port: UInt16, transport: Transport, clientID: String, login: Login? = nil,
        version: Version = .v5, keepAliveSeconds: Int = 60
    ) {
        self.host = host
        self.port = port
        self.transport = transport
        self.clientID = clientID
        self.login = login
        self.version = version
        self.keepAliveSeconds = keepAliveSeconds
    }

    /// An id that no device has, so that none is thrown out. 23 characters of letters, digits and hyphens, which every broker
    /// takes save the hyphen. Source: MQTT 3.1.1, section 3.1.3.1.
    package static func freshClientID(random: [UInt8]) -> String {
        "muster-" + Hexadecimal.encode(random.prefix(8))
    }
}

/// A message as it came.
package struct MQTTMessage: Equatable, Sendable {
    package var topic: String
    package var payload: [UInt8]
}
