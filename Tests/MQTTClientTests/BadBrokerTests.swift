import Credentials
import MQTTClient
import Model
import Processes
import TestSupport
import Testing

/// Peers that are no broker to be believed: each fault has its name, and no MQTT is sent to any of them.
@Suite struct BadBrokerTests {
    private let ours: PeerCredentials

    init() throws { ours = try PeerCredentials() }

    private func error(
        of port: UInt16, host: String = "127.0.0.1", by limit: Duration = .seconds(30)
    ) async throws -> MQTTError {
        let settings = MQTTSettings(
            host: host, port: port,
            transport: .tls(roots: [ours.root.certificate], identity: try ours.device(), now: ours.now),
            clientID: "muster-test")
        return try await #require(throws: MQTTError.self) {
            try await MQTTConnection.open(settings, by: Deadline(after: limit))
        }
    }

    private func fault(
        of server: PeerCredentials.Server, _ options: [String] = []
    ) async throws -> String {
        let peer = try TLSServerPeer(server, options)
        let error = try await error(of: peer.port)
        #expect(try !peer.end().contains("MQTT"))
        return error.code
    }

    @Test func `certificates that do not hold`() async throws {
        #expect(try await fault(of: try ours.server(["broker.example"])) == "name_mismatch")
        #expect(try await fault(of: try ours.server(from: -20, to: -10)) == "certificate_expired")
        #expect(try await fault(of: try ours.server(from: 10, to: 20)) == "certificate_not_yet_valid")
        #expect(try await fault(of: try PeerCredentials().server()) == "unknown_authority")
        #expect(
            try await fault(of: try ours.server(), ["-tls1_1", "-cipher", "ALL:@SECLEVEL=0"])
                == "tls_too_old")
    }

    @Test func `a sign-in page, one who hangs up, one who says nothing, nobody`() async throws {
        let page = try RawPeer(.signInPage)
        #expect(try await error(of: page.port).code == "not_tls")
        #expect(page.gotHandshakesOnly && !page.received.isEmpty)
        let rude = try RawPeer(.closesAtOnce)
        #expect(try await error(of: rude.port).code == "hung_up")
        withExtendedLifetime(rude) {}
        let silent = try RawPeer(.silent)
        #expect(try await error(of: silent.port, by: .milliseconds(500)) == .timedOut(.connecting))
        #expect(silent.gotHandshakesOnly)
        let free = try RawPeer(.silent).port
        #expect(try await error(of: free).code == "not_reached")
        #expect(try await error(of: free, host: "there-is-none.invalid").code == "not_reached")
    }

    @Test func `a server behind the right certificate that speaks no MQTT`() async throws {
        let peer = try TLSServerPeer(try ours.server(), ["-www"])
        let code = try await error(of: peer.port, by: .seconds(2)).code
        #expect(["not_mqtt", "hung_up", "timed_out"].contains(code))
    }

    @Test func `a cancelled task gives the connection up`() async throws {
        let silent = try RawPeer(.silent)
        let task = Task { try await error(of: silent.port) }
        task.cancel()
        #expect(try await task.value == .cancelled)
        withExtendedLifetime(silent) {}
    }

    @Test func `every error says what happened and what to do`() {
        let errors: [MQTTError] = [
            .notReached(reason: "a"), .timedOut(.connecting), .tls(.silent), .refused(code: 5),
            .versionRefused,
            .notAllowed(.subscribing, topic: "t", code: 0x87), .notDelivered(topic: "t"),
            .sentAway(code: 0x8E), .hungUp(.publishing), .notMQTT(reason: "a"), .cancelled,
            .unusable(reason: "a"), .libraryMissing(reason: "a"),
        ]
        #expect(Set(errors.map(\.code)).count == errors.count)
        for error in errors {
            let said = error.explanation
            #expect(said.id == error.code && said.what.hasSuffix(".") && said.nextStep.hasSuffix("."))
        }
        #expect(MQTTError.refused(code: 200).explanation.what.contains("reason code 200"))
    }
}
