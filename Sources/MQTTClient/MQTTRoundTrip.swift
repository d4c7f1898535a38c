package import Processes

/// A message to oneself through a broker: the proof that a client connects, and is let send and receive.
package struct MQTTRoundTrip: Sendable {
    package var settings: MQTTSettings
    /// Where the message goes; without wildcards.
    package var topic: String
    /// What is sent, so that no other message is taken for it: random bytes.
    package var token: [UInt8]

    package init(settings: MQTTSettings, topic: String, token: [UInt8]) {
        self.settings = settings
        self.topic = topic
        self.token = token
    }

    /// How a round trip went.
    package struct Finding: Equatable, Sendable {
        package var version: MQTTSettings.Version
        /// From the first packet to the broker's word that it takes the client.
        package var connecting: Duration
        /// From sending the message to having it back.
        package var roundTrip: Duration
    }

    /// A broker that has taken a message brings it at once, or never: its rules drop it without a word.
    package static let deliveryTime = Duration.seconds(3)

    /// Connects, subscribes, publishes, waits for the message, says goodbye. A broker that refuses MQTT 5 is asked for 3.1.1.
    package func run(by deadline: Deadline) async throws(MQTTError) -> Finding {
        do throws(MQTTError) {
            return try await run(settings, by: deadline)
        } catch {
            guard case .versionRefused = error, settings.version == .v5 else { throw error }
            var older = settings
            older.version = .v311
            return try await run(older, by: deadline)
        }
    }

    private func run(_ settings: MQTTSettings, by deadline: Deadline) async throws(MQTTError) -> Finding {
        let began = ContinuousClock.now
        let connection = try await MQTTConnection.open(settings, by: deadline)
        let connected = ContinuousClock.now
        let result: Result<Duration, MQTTError>
        do throws(MQTTError) {
            result = .success(try await messageOneself(over: connection, by: deadline))
        } catch {
            result = .failure(error)
        }
        await connection.close(by: Deadline(after: Self.deliveryTime).earlier(deadline))
        return Finding(
            version: settings.version, connecting: connected - began, roundTrip: try result.get())
    }

    private func messageOneself(
        over connection: MQTTConnection, by deadline: Deadline
    ) async throws(MQTTError) -> Duration {
        try await connection.subscribe(to: topic, by: deadline)
        let sent = ContinuousClock.now
        try await connection.publish(token, to: topic, by: deadline)
        let limit = Deadline(after: Self.deliveryTime).earlier(deadline)
        switch await Self.next(MQTTMessage(topic: topic, payload: token), of: connection, by: limit) {
        case .came: return ContinuousClock.now - sent
        case .ended: throw .hungUp(.receiving)
        case .timeUp: throw deadline.hasPassed ? .timedOut(.receiving) : .notDelivered(topic: topic)
        }
    }

    private enum Waiting: Sendable {
        case came, ended, timeUp
    }

    private static func next(
        _ message: MQTTMessage, of connection: MQTTConnection, by deadline: Deadline
    ) async -> Waiting {
        await withTaskGroup(of: Waiting.self) { group in
            group.addTask {
                for await got in connection.messages where got == message { return .came }
                return .ended
            }
            group.addTask {
                try? await Task.sleep(for: .milliseconds(deadline.millisecondsLeft))
                return .timeUp
            }
            defer { group.cancelAll() }
            return await group.next() ?? .ended
        }
    }
}
