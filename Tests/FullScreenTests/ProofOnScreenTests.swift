import Canvas
import Credentials
import Foundation
import Model
import Processes
import TestSupport
import Testing

/// Connections proven, and trust taken back, on the real screen.
@Suite struct ProofOnScreenTests {
    private let tablet: Tablet
    private let service: PeerCredentials
    private let chain: [Certificate]

    init() throws {
        tablet = try Tablet.withSamples()
        service = try PeerCredentials(name: "Service root")
        let key = try PrivateKey.generate(.p256)
        let home = tablet.home
        _ = try home.write(try service.root.certificate.pem, to: "root.pem")
        _ = try home.write(try key.pem.unredacted, to: "SN-7.key")
        _ = try home.write(try CertificateRequest.create(key: key, commonName: "SN-7").pem, to: "SN-7.csr")
        let finished = try tablet.muster(
            "commission --serial SN-7 --product dock --csr SN-7.csr --certificate SN-7.pem")
        try #require(finished.code == 0, "\(finished.errors)")
        chain = try Certificate.chain(pem: try home.contents("SN-7.pem"))
    }

    private func objects(_ line: String) throws -> [[String: Any]] {
        try tablet.muster(line).objects
    }

    private func openVerify(_ endpoint: String) throws -> PTYSession {
        let session = try tablet.open()
        try session.openDevice("SN-7")
        try session.press("4")
        try session.see("Nothing is proven of its connection yet")
        try session.press("6")
        try session.see("Service mqtts://▏")
        try session.paste(endpoint)
        try session.see("press Root")
        try session.press("7")
        try session.choose("root.pem")
        try session.see("VERIFY")
        return session
    }

    @Test func `the device's key is taken by its broker, and that is kept`() throws {
        let root: Certificate = try #require(chain.last)
        let broker = try BrokerPeer(try service.server(), clientRoot: root)
        let session = try openVerify("mqtts://localhost:\(broker.port)")
        try session.press("5")
        try session.choose("SN-7.key")
        try session.see("VERIFY")
        try session.press(Keys.enter)
        try session.see("took its key and certificate")
        try session.see("a message came back")
        try session.seeRow("operation", "✓ confirmed")
        let body = try #require(try objects("device history --json SN-7").last)
        #expect(body["kind"] as? String == "verify" && body["state"] as? String == "applied")
        try session.press(Keys.escape)
        try session.see("What was done")
        try session.press("4")
        try session.see("took its key and certificate")
        try session.press(Keys.interrupt)
        #expect(try session.end() == .exited(0))
    }

    @Test func `why nothing is proven is said by its name, and kept too`() throws {
        let stranger = try PeerCredentials(name: "Stranger")
        let broker = try BrokerPeer(try stranger.server(), clientRoot: nil)
        let session = try openVerify("mqtts://localhost:\(broker.port)")
        try session.press(Keys.enter)
        try session.see("Nothing is proven. The peer's certificate does not lead to the given root")
        try session.seeRow("operation", "✓ confirmed")
        let shown = try #require(try objects("device show --json SN-7").first)
        let text = String(
            decoding: try JSONSerialization.data(withJSONObject: shown), as: UTF8.self)
        #expect(text.contains("unknown_authority"))
        try session.press(Keys.escape)
        try session.press("4")
        try session.see("unknown_authority")
    }

    @Test func `a certificate is revoked once the end of the name is typed`() throws {
        let session = try tablet.open(size: .smallest)
        try session.openDevice("SN-7")
        try session.press("7")
        try session.see("the revocation list")
        try session.press(Keys.down)
        try session.press(Keys.enter)
        try session.see("End of the name")
        try session.scan("SN-1001")
        try session.see("a scan confirms nothing")
        try session.type("SN-8", into: "End of the name")
        try session.press(Keys.enter)
        try session.see("That is not the end")
        #expect(try objects("device history --json SN-7").allSatisfy { $0["kind"] as? String != "revoke" })
        try session.type("SN-7", into: "End of the name")
        try session.press(Keys.enter)
        try session.seeRow("✓ confirmed", "Revoke")
        let revoked = try #require(try objects("device history --json SN-7").last)
        #expect(revoked["kind"] as? String == "revoke" && revoked["state"] as? String == "applied")
    }
}
