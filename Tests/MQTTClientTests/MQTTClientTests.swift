import Credentials
import MQTTClient
import Model
import Processes
import TestSupport
import Testing

/// MQTT with a real mosquitto that demands client certificates.
@Suite struct MQTTClientTests {
    private let ours: PeerCredentials
    private let server: PeerCredentials.Server
    private let deadline = Deadline(after: .seconds(30))
    private let token = Array("token".utf8)

    init() throws {
        ours = try PeerCredentials()
        server = try ours.server()
    }

    private func settings(
        _ port: UInt16, _ identity: TLSIdentity?, host: String = "localhost", id: String = "muster-test",
        version: MQTTSettings.Version = .v5
    ) -> MQTTSettings {
        MQTTSettings(
            host: host, port: port,
            transport: .tls(roots: [ours.root.certificate], identity: identity, now: ours.now),
            clientID: id, version: version)
    }

    private func broker(access: String? = nil) throws -> BrokerPeer {
        try BrokerPeer(server, clientRoot: ours.root.certificate, access: access)
    }

    @Test(arguments: [MQTTSettings.Version.v5, .v311])
    func `a message goes round, and the broker has seen the device's own certificate`(
        _ version: MQTTSettings.Version
    ) async throws {
        let broker = try broker()
        let trip = MQTTRoundTrip(
            settings: settings(broker.port, try ours.device("SN-7"), version: version),
            topic: "muster/verify/x", token: token)
        let finding = try await trip.run(by: deadline)
        #expect(finding.version == version && finding.roundTrip > .zero && finding.connecting > .zero)
        try broker.wait(for: "Received DISCONNECT from muster-test")
        let log = try broker.end()
        #expect(log.contains("as muster-test") && log.contains("u'SN-7'"))
    }

    @Test(arguments: [MQTTSettings.Version.v5, .v311])
    func `a certificate of another authority, or none, is refused by the broker`(
        _ version: MQTTSettings.Version
    ) async throws {
        let broker = try broker()
        let stranger = try PeerCredentials(name: "Other root").device()
        await #expect(throws: MQTTError.tls(.certificateRefused(reason: "unknown CA"))) {
            try await MQTTConnection.open(settings(broker.port, stranger, version: version), by: deadline)
        }
        await #expect(throws: MQTTError.tls(.certificateRequired)) {
            try await MQTTConnection.open(settings(broker.port, nil, version: version), by: deadline)
        }
        #expect(try !broker.end().contains("CONNECT from"))
    }

    @Test func `a topic that the broker's rules keep from the device`() async throws {
        let broker = try broker(access: "user SN-1\ntopic readwrite allowed/#\n")
        let device = try ours.device()
        for version in [MQTTSettings.Version.v5, .v311] {
            let refused = MQTTRoundTrip(
                settings: settings(broker.port, device, version: version), topic: "other/x", token: token)
            let error = try await #require(throws: MQTTError.self) { try await refused.run(by: deadline) }
            #expect(["mqtt_not_allowed", "mqtt_not_delivered"].contains(error.code), "\(error)")
            #expect(error.explanation.what.contains("other/x"))
            var allowed = refused
            allowed.topic = "allowed/x"
            #expect(try await allowed.run(by: deadline).version == version)
        }
    }

    @Test func `a client throws out none but one of its own id`() async throws {
        let broker = try broker()
        let identity = try ours.device()
        let device = try await MQTTConnection.open(settings(broker.port, identity, id: "SN-1"), by: deadline)
        let fresh = MQTTSettings.freshClientID(random: Array(1...8))
        #expect(fresh == "muster-0102030405060708")
        let other = try await MQTTConnection.open(settings(broker.port, identity, id: fresh), by: deadline)
        try await device.publish(token, to: "a", by: deadline)
        #expect(device.end == nil && other.end == nil)
        await other.close(by: deadline)
        let thief = try await MQTTConnection.open(settings(broker.port, identity, id: "SN-1"), by: deadline)
        for await _ in device.messages {}
        // Brokers may say why; this version of mosquitto hangs up without a word.
        let end = try #require(device.end)
        #expect([.sentAway(code: 0x8E), .hungUp(.connected)].contains(end))
        await #expect(throws: MQTTError.hungUp(.publishing)) {
            try await device.publish(token, to: "a", by: deadline)
        }
        await thief.close(by: deadline)
    }

    @Test func `messages for the topics of a device come to it`() async throws {
        let broker = try broker()
        let device = try await MQTTConnection.open(
            settings(broker.port, try ours.device("SN-1"), id: "SN-1"), by: deadline)
        try await device.subscribe(to: "devices/SN-1/#", by: deadline)
        let desk = try await MQTTConnection.open(
            settings(broker.port, try ours.device("DESK"), id: "desk", version: .v311), by: deadline)
        for number in 0..<50 {
            try await desk.publish([UInt8(number)], to: "devices/SN-1/\(number)", by: deadline)
        }
        var got: [[UInt8]] = []
        for await message in device.messages {
            got.append(message.payload)
            if got.count == 50 { break }
        }
        #expect(got == (0..<50).map { [UInt8($0)] })
        await device.close(by: deadline)
        await desk.close(by: deadline)
    }

    @Test func `a broker that ends is noticed, and ends the messages`() async throws {
        let broker = try broker()
        let connection = try await MQTTConnection.open(
            settings(broker.port, try ours.device()), by: deadline)
        #expect(try broker.end().contains("as muster-test"))
        for await _ in connection.messages {}
        let end = try #require(connection.end)
        #expect([.hungUp(.connected), .sentAway(code: 0x8B)].contains(end))
        await #expect(throws: MQTTError.hungUp(.publishing)) {
            try await connection.publish(token, to: "a", by: deadline)
        }
    }

    @Test func `a topic that cannot be one is refused here`() async throws {
        let broker = try broker()
        let connection = try await MQTTConnection.open(
            settings(broker.port, try ours.device()), by: deadline)
        for topic in ["", "a/#/b", "+"] {
            await #expect(throws: MQTTError.unusable(reason: "`\(topic)` cannot be used as a topic")) {
                try await connection.publish(token, to: topic, by: deadline)
            }
        }
        await connection.close(by: deadline)
    }
}
