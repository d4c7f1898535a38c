import Credentials
import Foundation
import Model
import TestSupport
import Testing

/// Verifying a device that its cloud lets in by its own name alone: a real broker looks at how Muster comes.
@Suite(.enabled(if: CloudPeers.areUsable, Comment(rawValue: CloudPeers.missing)))
struct BoundClientTests {
    private let home: Home
    private let peer: AzurePeer
    private let service: PeerCredentials

    init() throws {
        home = try Home.withPassphrase()
        peer = try AzurePeer(["--retry-after", "0"])
        service = try PeerCredentials(name: "Service root")
        _ = try home.write(try service.root.certificate.pem, to: "root.pem")
        try home.addHub("eu", of: peer)
    }

    private func commission(_ options: String) throws -> [Certificate] {
        let finished = try home.muster(
            "commission --serial SN-1 --product dock --target eu --certificate SN-1.pem \(options)")
        try #require(finished.code == 0, "\(finished.output)\(finished.errors)")
        return try Certificate.chain(pem: try home.contents("SN-1.pem"))
    }

    private func certified() throws -> [Certificate] {
        let key = try PrivateKey.generate(.p256)
        _ = try home.write(try key.pem.unredacted, to: "SN-1.key")
        _ = try home.write(try CertificateRequest.create(key: key, commonName: "SN-1").pem, to: "SN-1.csr")
        return try commission("--csr SN-1.csr")
    }

    private func broker(_ chain: [Certificate]) throws -> BrokerPeer {
        try BrokerPeer(try service.server(), clientRoot: chain.last)
    }

    private func verify(_ broker: BrokerPeer, _ options: String) throws -> Finished {
        try home.muster(
            "verify SN-1 --json --root root.pem --endpoint mqtts://localhost:\(broker.port) \(options)")
    }

    @Test func `the fifth principal of a device in Azure is there, and so is how it connects`() throws {
        _ = try certified()
        let shown = try #require(try home.muster("device show SN-1 --json").objects.first)
        let five = try #require(shown["principals"] as? [[String: Any]])
        #expect((five.last?["subject"] as? String)?.contains("DigiCert Global Root G2") == true, "\(five)")
        let target = try #require(shown["target"] as? [String: Any])
        let client = try #require(target["client"] as? [String: Any])
        #expect(client["topic"] as? String == "devices/SN-1/messages/events/")
        #expect(client["clientID"] as? String == "SN-1" && client["echoes"] as? Bool == false)
    }

    @Test func `a device that may be connected is not thrown out unasked`() throws {
        let broker = try broker(try certified())
        let refused = try verify(broker, "--key SN-1.key")
        #expect(refused.code == 64 && refused.errors.contains("--may-interrupt"), "\(refused.errors)")
        #expect(refused.errors.contains("--by target"))
        let asked = try verify(broker, "--key SN-1.key --may-interrupt")
        #expect(asked.code == 0, "\(asked.output)\(asked.errors)")
        let proof = try #require(try asked.objects.compactMap { $0["proof"] as? [String: Any] }.last)
        #expect(proof["extent"] as? String == "authenticated" && proof["clientID"] as? String == "SN-1")
        #expect(proof["isCertificateOnRecord"] as? Bool == true)
        let log = try broker.end()
        // As a hub wants it: MQTT 3.1.1 by the device's id, and not a word to the cloud behind it.
        #expect(log.contains("as SN-1 (p2"), "\(log)")
        #expect(!log.contains("Received PUBLISH") && log.contains("Received DISCONNECT from SN-1"))
    }

    @Test func `a key that the device has not been given can interrupt nobody`() throws {
        try #require(try home.muster("vault create").code == 0)
        let broker = try broker(try commission("--make-key"))
        let finished = try verify(broker, "")
        #expect(finished.code == 0, "\(finished.output)\(finished.errors)")
        #expect(try broker.end().contains("as SN-1 (p2"))
    }

    @Test func `without the key the service alone is proven, and the target is offered`() throws {
        // A hub asks for a certificate and takes a connection without one, for those with keys.
        _ = try certified()
        let finished = try verify(try BrokerPeer(try service.server(), clientRoot: nil), "")
        #expect(finished.code == 0, "\(finished.output)\(finished.errors)")
        let proof = try #require(try finished.objects.compactMap { $0["proof"] as? [String: Any] }.last)
        #expect(proof["witness"] as? String == "muster" && proof["extent"] as? String == "endpoint")
        #expect(finished.errors.contains("`muster verify SN-1 --by target` asks eu"), "\(finished.errors)")
    }
}
