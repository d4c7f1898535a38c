import AzureIoT
import Credentials
import DeviceClouds
import MQTTClient
import Model
import Processes
import Targets
import TestSupport
import Testing

/// Devices at their hub over MQTT: a real mosquitto holds their names and passwords against what Azure documents.
@Suite struct AzureHubConnectionTests {
    private static let hub = "contoso-hub-1.azure-devices.net"
    private static let username = "contoso-hub-1.azure-devices.net/meter-0001/?api-version=2021-04-12"

    private let ours: PeerCredentials
    private let directory: TemporaryDirectory
    private let deadline = Deadline(after: .seconds(30))
    private let secret = [UInt8](1...32)

    init() throws {
        ours = try PeerCredentials()
        directory = try TemporaryDirectory()
    }

    /// The token of the device's key, made in software.
    private var password: String {
        get throws {
            let expiry = ours.now.milliseconds / 1000 + 3600
            return try SharedAccessSignature.hubDevice(host: Self.hub, id: "meter-0001", expiry: expiry)
                .token(key: Redacted(Base64.encode(secret)), .system).unredacted
        }
    }

    /// A broker that lets in who has the device's name and token.
    private func broker() throws -> BrokerPeer {
        let file = directory.file("passwords")
        let made = try Child.run(
            "/usr/bin/mosquitto_passwd", arguments: ["-c", "-b", file, Self.username, try password],
            timeout: .seconds(30))
        #expect(made.status == .exited(0))
        return try BrokerPeer(
            try ours.server(), clientRoot: nil, options: ["password_file \(file)"])
    }

    private func send(_ credential: AzureHubCredential, to broker: BrokerPeer) async throws {
        let device = AzureHubDevice(hub: Self.hub, deviceID: "meter-0001", credential: credential)
        let endpoint = try #require(ServiceEndpoint("mqtts://localhost:\(broker.port)"))
        try await device.send(
            Array("{}".utf8), to: endpoint, roots: [ours.root.certificate], at: ours.now, by: deadline)
    }

    /// - Returns: the broker's whole log.
    @discardableResult
    private func expectMessage(at broker: BrokerPeer) throws -> String {
        // A broker that is ended may not have read the last of it.
        try broker.wait(for: "Received DISCONNECT from meter-0001")
        let log = try broker.end()
        #expect(log.contains("as meter-0001 (p2"))
        #expect(log.contains("Received PUBLISH from meter-0001 (d0, q1, r0"))
        #expect(log.contains("'devices/meter-0001/messages/events/'"))
        return log
    }

    @Test func `with a symmetric key`() async throws {
        let broker = try broker()
        try await send(.symmetricKey(Redacted(Base64.encode(secret))), to: broker)
        let log = try expectMessage(at: broker)
        #expect(log.contains("u'\(Self.username)'"))
    }

    @Test func `with a key in the TPM, whose token is the one of software`() async throws {
        let emulated = try SoftwareTPM()
        let tpm = TPM(at: try TPMAddress(emulated.tcti))
        let key = try tpm.open(try KeySealer(for: try tpm.identity()).seal(secret))
        let broker = try broker()
        try await send(.tpm(key), to: broker)
        try expectMessage(at: broker)
    }

    @Test func `with a certificate, and without a password`() async throws {
        let root = directory.file("root.pem")
        try Files.writeAtomically(Array(try ours.root.certificate.pem.utf8), to: root)
        let broker = try BrokerPeer(
            try ours.server(), clientRoot: nil, options: ["cafile \(root)", "require_certificate true"])
        try await send(.certificate(try ours.device("meter-0001")), to: broker)
        let log = try expectMessage(at: broker)
        #expect(log.contains("u'\(Self.username)'"))
    }

    @Test func `a wrong key is refused with the hub's own word`() async throws {
        let broker = try broker()
        await #expect(throws: DeviceCloudError.hubRefused(.notAuthorised)) {
            try await send(.symmetricKey(Redacted(Base64.encode([9, 9, 9]))), to: broker)
        }
        _ = try broker.end()
    }
}
