package import AWSIoT
package import Credentials
import MQTTClient
package import Model
package import Processes

/// A device that gets its identity by a fleet's template: it connects with a claim certificate, has a certificate made for
/// its own key, and is registered, all over MQTT. Source: AWS IoT developer guide, "Device provisioning MQTT API".
package struct AWSFleetRegistration: Sendable {
    private let endpoint: ServiceEndpoint
    private let claim: TLSIdentity
    private let roots: [Certificate]
    private let clientID: String
    private let now: @Sendable () -> Timestamp

    private static let goodbye = Duration.seconds(2)
    /// Connections that break are made anew so often.
    private static let limitConnections = 4

    package init(
        at endpoint: ServiceEndpoint, claim: TLSIdentity, roots: [Certificate], clientID: String,
        now: @escaping @Sendable () -> Timestamp
    ) {
        self.endpoint = endpoint
        self.claim = claim
        self.roots = roots
        self.clientID = clientID
        self.now = now
    }

    /// Goes through the exchange until the device has its identity.
    ///
    /// - Throws: `DeviceCloudError.refused`, or an `MQTTError` when nobody answered.
    package func run(
        _ exchange: FleetProvisioning, by deadline: Deadline
    ) async throws -> FleetIdentity {
        var exchange = exchange
        // A claim that has run out is not even shown.
        for case .refuse(let fault) in exchange.handle(.disconnected, at: now()) {
            throw DeviceCloudError.refused(fault)
        }
        for _ in 0..<Self.limitConnections {
            let connection = try await MQTTConnection.open(settings, by: deadline)
            let timer = Task {
                try? await Task.sleep(for: .milliseconds(deadline.millisecondsLeft))
                if !Task.isCancelled { await connection.close(by: Deadline(after: Self.goodbye)) }
            }
            defer { timer.cancel() }
            let identity: FleetIdentity?
            do { identity = try await talk(&exchange, over: connection, by: deadline) } catch {
                await connection.close(by: Deadline(after: Self.goodbye))
                throw error
            }
            if let identity {
                await connection.close(by: Deadline(after: Self.goodbye).earlier(deadline))
                return identity
            }
            if deadline.hasPassed { throw MQTTError.timedOut(.receiving) }
        }
        throw MQTTError.hungUp(.receiving)
    }

    private var settings: MQTTSettings {
        MQTTSettings(
            host: endpoint.host, port: endpoint.port,
            transport: .tls(roots: roots, identity: claim, now: now()), clientID: clientID)
    }

    /// `nil` when the connection broke and another is to be made.
    private func talk(
        _ exchange: inout FleetProvisioning, over connection: MQTTConnection, by deadline: Deadline
    ) async throws -> FleetIdentity? {
        if let identity = try await follow(
            exchange.handle(.connected, at: now()), &exchange, connection, deadline)
        {
            return identity
        }
        for await message in connection.messages {
            let event = FleetProvisioning.Event.received(topic: message.topic, payload: message.payload)
            let instructions = exchange.handle(event, at: now())
            if let identity = try await follow(instructions, &exchange, connection, deadline) {
                return identity
            }
        }
        for case .refuse(let fault) in exchange.handle(.disconnected, at: now()) {
            throw DeviceCloudError.refused(fault)
        }
        return nil
    }

    private func follow(
        _ instructions: [FleetProvisioning.Instruction], _ exchange: inout FleetProvisioning,
        _ connection: MQTTConnection, _ deadline: Deadline
    ) async throws -> FleetIdentity? {
        var waiting = instructions[...]
        while let instruction = waiting.popFirst() {
            switch instruction {
            case .subscribe(let topics):
                for topic in topics { try await connection.subscribe(to: topic, by: deadline) }
                waiting += exchange.handle(.subscribed, at: now())
            case .publish(let topic, let payload):
                try await connection.publish(payload, to: topic, by: deadline)
            case .reconnect: return nil
            case .changeTo(let identity): return identity
            case .refuse(let fault): throw DeviceCloudError.refused(fault)
            }
        }
        return nil
    }
}
