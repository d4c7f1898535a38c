internal import CMosquitto
internal import Credentials
internal import Model
package import Processes

/// One connection to a broker: made once, never made again by itself. It has a thread of its own; callers only wait.
///
/// Every message has quality of service 1: it is sent once its answer has come. Nothing survives the connection on the broker.
/// Sources: MQTT 3.1.1; MQTT 5.0.
package final class MQTTConnection: Sendable {
    private let client: Client
    private let session: MQTTSession
    /// What comes for the topics that were subscribed to; ends with the connection.
    package var messages: AsyncStream<MQTTMessage> { session.messages }

    /// Why the connection has ended; `nil` while it stands.
    package var end: MQTTError? { session.end }

    /// Connects, with the broker's word that it takes this client.
    ///
    /// - Throws: `MQTTError`. Unless it is `refused` or what comes later, nothing but a TLS handshake has left this machine.
    package static func open(
        _ settings: MQTTSettings, by deadline: Deadline
    ) async throws(MQTTError) -> MQTTConnection {
        let connection = try MQTTConnection(settings)
        try await connection.session.wait(for: .connection, by: deadline, .connecting)
        return connection
    }

    private init(_ settings: MQTTSettings) throws(MQTTError) {
        if let reason = cmosquitto_missing() { throw .libraryMissing(reason: String(cString: reason)) }
        let tls = try Self.context(settings)
        session = MQTTSession(tls: tls)
        client = Client(pointer: try Self.start(settings, tls, session))
    }

    deinit {
        cmosquitto_stop(client.pointer)
        cmosquitto_release(client.pointer)
    }

    private static func context(_ settings: MQTTSettings) throws(MQTTError) -> TLSContext? {
        guard case .tls(let roots, let identity, let now) = settings.transport else { return nil }
        do throws(CredentialsError) {
            return try TLSContext(
                peer: TLSPeer(name: settings.host, roots: roots), identity: identity, now: now)
        } catch {
            throw .tls(.failed(reason: error.explanation.what))
        }
    }

    private static func start(
        _ settings: MQTTSettings, _ tls: TLSContext?, _ session: MQTTSession
    ) throws(MQTTError) -> OpaquePointer {
        var events = MQTTEvents.all
        // The thread's own reference; its last event gives it back.
        let context = Unmanaged.passRetained(session)
        func start(_ library: UnsafeMutableRawPointer?) -> OpaquePointer? {
            settings.withTexts { host, clientID, username, password in
                var raw = cmosquitto_settings(
                    host: host, port: Int32(settings.port), client_id: clientID, username: username,
                    password: password, is_version_5: settings.version == .v5 ? 1 : 0,
                    keep_alive_seconds: Int32(clamping: settings.keepAliveSeconds), tls: library)
                return cmosquitto_start(&raw, &events, context.toOpaque())
            }
        }
        let started = if let tls { tls.withLibraryContext { start($0) } } else { start(nil) }
        guard let started else {
            context.release()
            throw .unusable(reason: "the connection could not be set up")
        }
        return started
    }

    /// Has the broker bring what is published on a topic, which may have wildcards.
    package func subscribe(to topic: String, by deadline: Deadline) async throws(MQTTError) {
        let number = cmosquitto_subscribe(client.pointer, topic)
        try await answer(number, topic, by: deadline, .subscribing)
    }

    /// Sends a message; returns once the broker has taken it.
    package func publish(
        _ payload: [UInt8], to topic: String, by deadline: Deadline
    ) async throws(MQTTError) {
        let number = payload.withUnsafeBufferPointer {
            cmosquitto_publish(client.pointer, topic, $0.baseAddress, $0.count)
        }
        try await answer(number, topic, by: deadline, .publishing)
    }

    private func answer(
        _ number: Int32, _ topic: String, by deadline: Deadline, _ stage: MQTTError.Stage
    ) async throws(MQTTError) {
        guard number >= 0 else {
            throw session.hasEnded
                ? .hungUp(stage) : .unusable(reason: "`\(topic)` cannot be used as a topic")
        }
        do throws(MQTTError) {
            try await session.wait(for: .message(number), by: deadline, stage)
        } catch {
            // The session knows neither topic nor stage.
            switch error {
            case .notAllowed(_, _, let code): throw .notAllowed(stage, topic: topic, code: code)
            case .hungUp: throw .hungUp(stage)
            default: throw error
            }
        }
    }

    /// Says goodbye and returns once the connection is gone, at the deadline at the latest.
    package func close(by deadline: Deadline) async {
        guard !session.hasEnded else { return }
        cmosquitto_stop(client.pointer)
        try? await session.wait(for: .end, by: deadline, .connected)
    }
}

extension MQTTSettings {
    /// Its texts as C has them: host, client id, and user name and password where there are.
    fileprivate func withTexts<Result>(
        _ use: (UnsafePointer<CChar>, UnsafePointer<CChar>, UnsafePointer<CChar>?, UnsafePointer<CChar>?)
            -> Result
    ) -> Result {
        host.withCString { host in
            clientID.withCString { clientID in
                Self.withText(login?.username) { username in
                    Self.withText(login?.password?.unredacted) { use(host, clientID, username, $0) }
                }
            }
        }
    }

    private static func withText<Result>(
        _ text: String?, _ use: (UnsafePointer<CChar>?) -> Result
    ) -> Result {
        guard let text else { return use(nil) }
        return text.withCString { use($0) }
    }
}

/// The C client; it locks for itself and may be called from any thread.
private struct Client: @unchecked Sendable {
    let pointer: OpaquePointer
}
