import Credentials
import Foundation
import Model
import Processes
import TestSupport
import Testing

/// From the label to a proven connection, with the real programs and a real broker.
@Suite struct VerifyTests {
    private let home: Home
    private let service: PeerCredentials
    private let server: PeerCredentials.Server

    init() throws {
        home = try Home()
        service = try PeerCredentials(name: "Service root")
        server = try service.server()
        _ = try home.write(try service.root.certificate.pem, to: "root.pem")
        try #require(try home.muster("demo --prepare").code == 0)
    }

    /// Commissions a device with a request of its own key, which is in `SERIAL.key`; its certificate chain is in `SERIAL.pem`.
    private func commission(_ serial: String) throws -> [Certificate] {
        let key = try PrivateKey.generate(.p256)
        _ = try home.write(try key.pem.unredacted, to: "\(serial).key")
        _ = try home.write(
            try CertificateRequest.create(key: key, commonName: serial).pem, to: "\(serial).csr")
        let finished = try home.muster(
            "commission --serial \(serial) --product dock --csr \(serial).csr --certificate \(serial).pem")
        try #require(finished.code == 0, "\(finished.errors)")
        return try Certificate.chain(pem: try home.contents("\(serial).pem"))
    }

    /// A broker that takes what the registrar's authority issued.
    private func broker(_ chain: [Certificate]) throws -> BrokerPeer {
        let root: Certificate = try #require(chain.last)
        return try BrokerPeer(server, clientRoot: root)
    }

    private func verify(_ serial: String, _ endpoint: String, _ options: String = "") throws -> Finished {
        try home.muster("verify \(serial) --json --root root.pem --endpoint \(endpoint) \(options)")
    }

    private static func text(_ object: [String: Any]) throws -> String {
        let data = try JSONSerialization.data(withJSONObject: object, options: [.sortedKeys])
        return String(decoding: data, as: UTF8.self)
    }

    private func error(_ finished: Finished) throws -> String? {
        try finished.objects.last?["error"] as? String
    }

    @Test func `a simulated device goes from the picture of its label to its broker`() throws {
        let (disk, tty) = (home.directory.file("disk"), home.directory.file("tty"))
        let drawn = try home.muster("simulate device \(disk) --identity SIM-9 --label-picture label.pgm")
        #expect(drawn.code == 0, "\(drawn.errors)")
        #expect(try home.muster("simulate device \(disk) --connect").code == 1)
        // The registrar's root is known from the first certificate that it issues.
        let broker = try broker(try commission("SN-8"))
        let device = try DeviceProcess(disk: disk, tty: tty, [])
        defer { withExtendedLifetime(device) {} }
        let handed = try home.muster(
            "commission --image label.pgm --product dock --hand-over serial:\(tty) "
                + "--endpoint mqtts://localhost:\(broker.port)")
        #expect(handed.code == 0, "\(handed.output)\(handed.errors)")
        let connected = try home.muster("simulate device \(disk) --connect --json --root root.pem")
        #expect(connected.code == 0, "\(connected.output)\(connected.errors)")
        #expect(try connected.objects.last?["connected"] as? String == "mqtts://localhost:\(broker.port)")
        let stranger = try home.muster("simulate device \(disk) --connect")
        #expect(stranger.code == 1, "without the service's root nothing is believed")
    }

    @Test func `a key that Muster made connects out of the vault, without ever being in a file`() throws {
        try Files.writeAtomically(
            Array("tisch-pferd-lampe-zwiebel".utf8), to: home.directory.file("pass"), mode: 0o600)
        #expect(try home.muster("vault create --passphrase-file pass").code == 0)
        let made = try home.muster(
            "commission --serial SN-7 --product dock --make-key --certificate SN-7.pem --passphrase-file pass"
        )
        #expect(made.code == 0, "\(made.errors)")
        let broker = try broker(try Certificate.chain(pem: try home.contents("SN-7.pem")))
        let finished = try verify("SN-7", "mqtts://localhost:\(broker.port)", "--passphrase-file pass")
        #expect(finished.code == 0, "\(finished.output)\(finished.errors)")
        let proof = try #require(
            try finished.objects.compactMap { $0["proof"] as? [String: Any] }.last)
        #expect(proof["witness"] as? String == "musterWithDeviceKey")
        #expect(proof["isCertificateOnRecord"] as? Bool == true)
        #expect(proof["isKeyWithheld"] as? Bool == true)
    }

    @Test func `a device is taken from its label to a proven connection`() throws {
        let chain = try commission("SN-1")
        let broker = try broker(chain)
        let finished = try verify("SN-1", "mqtts://localhost:\(broker.port)", "--key SN-1.key")
        #expect(finished.code == 0, "\(finished.output)\(finished.errors)")
        let steps = try finished.objects
        #expect(steps.compactMap { $0["verify"] as? String } == ["tls", "mqtt", "proven"])
        let proof = try #require(steps[2]["proof"] as? [String: Any])
        #expect(
            proof["witness"] as? String == "musterWithDeviceKey" && proof["extent"] as? String == "roundTrip")
        #expect(proof["certificate"] as? String == chain[0].summary.fingerprint.rawValue)
        #expect(proof["isCertificateOnRecord"] as? Bool == true)
        let tls = try #require(proof["tls"] as? [String: Any])
        #expect(tls["chain"] as? [String] == [server.certificate.summary.fingerprint.rawValue])
        let log = try broker.end()
        let name = chain[0].summary.subject
        #expect(log.contains("u'\(name)'") && !log.contains("as \(name) "))
        // The proof is in the history, with the registrar's receipt, and shown with the device.
        let history = try home.muster("device history --json SN-1").objects
        #expect(history.last?["kind"] as? String == "verify")
        let receipt = try #require(history.last?["receipt"] as? [String: Any])
        #expect(receipt["outcome"] as? String == "verified")
        let told = try home.muster("device history --json --registrar SN-1").objects
        #expect(told.last?["outcome"] as? String == "verified")
        let shown = try #require(try home.muster("device show --json SN-1").objects.first)
        let last = try #require(shown["lastConnection"] as? [String: Any])
        #expect(try Self.text(last) == Self.text(proof))
        let principals = try #require(shown["principals"] as? [[String: Any]])
        let ways = principals.map { ($0["lastProof"] as? [String: Any])?["way"] as? String }
        #expect(ways.prefix(2) == ["connection", "connection"])
        let text = try home.muster("device show SN-1").output
        #expect(text.contains("its key and certificate were taken by mqtts://localhost:\(broker.port)"))
    }

    @Test func `the key may be in a TPM`() throws {
        let emulated = try SoftwareTPM()
        let made = try home.muster(
            "key make --tpm d.tss --csr d.csr --serial SN-1 --tcti \(emulated.tcti)")
        try #require(made.code == 0, "\(made.errors)")
        let commissioned = try home.muster(
            "commission --serial SN-1 --product dock --csr d.csr --certificate d.pem")
        try #require(commissioned.code == 0, "\(commissioned.errors)")
        let broker = try broker(try Certificate.chain(pem: try home.contents("d.pem")))
        let endpoint = "mqtts://localhost:\(broker.port)"
        let finished = try verify("SN-1", endpoint, "--key d.tss --tcti \(emulated.tcti)")
        #expect(finished.code == 0, "\(finished.output)\(finished.errors)")
        #expect(try finished.objects.compactMap { $0["verify"] as? String } == ["tls", "mqtt", "proven"])
    }

    @Test func `before any proof nothing is said of a connection`() throws {
        _ = try commission("SN-1")
        let shown = try #require(try home.muster("device show --json SN-1").objects.first)
        #expect(shown["lastConnection"] == nil)
        let text = try home.muster("device show SN-1").output
        #expect(text.contains("not proven; `muster verify` proves it") && !text.contains("online"))
    }

    @Test func `only the service is proven without the device's key`() throws {
        _ = try commission("SN-1")
        let peer = try TLSServerPeer(server)
        let finished = try verify("SN-1", "tls://127.0.0.1:\(peer.port)")
        #expect(finished.code == 0, "\(finished.output)\(finished.errors)")
        let proof = try #require(try finished.objects[1]["proof"] as? [String: Any])
        #expect(proof["witness"] as? String == "muster" && proof["certificate"] == nil)
        let text = try home.muster("device show SN-1").output
        #expect(text.contains("nothing is proven of the device"))
        // A service that does not ask for the certificate has not proven it.
        let unasked = try verify("SN-1", "tls://127.0.0.1:\(peer.port)", "--key SN-1.key")
        #expect(try unasked.code == 1 && error(unasked) == "certificate_not_asked")
    }

    @Test func `peers that must not be believed get a handshake and no word of MQTT`() throws {
        _ = try commission("SN-1")
        let stranger = try PeerCredentials(name: "Other root")
        let peers: [(PeerCredentials.Server, [String], String)] = [
            (try service.server(["broker.example"]), [], "name_mismatch"),
            (try service.server(from: -20, to: -10), [], "certificate_expired"),
            (try service.server(from: 10, to: 20), [], "certificate_not_yet_valid"),
            (try stranger.server(), [], "unknown_authority"),
            (server, ["-tls1_1", "-cipher", "ALL:@SECLEVEL=0"], "tls_too_old"),
        ]
        for (server, options, code) in peers {
            let peer = try TLSServerPeer(server, options)
            let finished = try verify("SN-1", "mqtts://localhost:\(peer.port)", "--key SN-1.key")
            #expect(try finished.code == 1 && error(finished) == code, "\(code): \(finished.errors)")
            #expect(finished.errors.contains("Nothing is proven of SN-1."))
            let said = try peer.end()
            #expect(!said.contains("MQTT") && !said.contains("muster"))
        }
        for (behaviour, code) in [
            (RawPeer.Behaviour.signInPage, "not_tls"), (.closesAtOnce, "hung_up"), (.silent, "silent"),
        ] {
            let peer = try RawPeer(behaviour)
            let finished = try verify("SN-1", "mqtts://localhost:\(peer.port)", "--key SN-1.key --timeout 1")
            #expect(try finished.code == 1 && error(finished) == code, "\(code): \(finished.errors)")
            #expect(peer.gotHandshakesOnly)
        }
        // Each that was tried is kept, confirmed by the registrar, and proves nothing.
        let tries = try home.muster("device history --json SN-1").objects.filter {
            $0["kind"] as? String == "verify"
        }
        let outcomes = tries.map { ($0["receipt"] as? [String: Any])?["outcome"] as? String }
        #expect(outcomes == Array(repeating: "verificationFailed", count: 8))
        let shown = try #require(try home.muster("device show --json SN-1").objects.first)
        #expect(shown["lastConnection"] == nil)
        let failure = try #require(shown["lastFailure"] as? [String: Any])
        #expect((failure["cause"] as? [String: Any])?["code"] as? String == "silent")
        #expect(failure["witness"] as? String == "musterWithDeviceKey")
        let text = try home.muster("device show SN-1").output
        #expect(text.contains("not proven; `muster verify` proves it") && text.contains("(silent)"))
    }

    @Test func `a revoked or foreign certificate is refused by the broker, and told apart from nobody`()
        throws
    {
        _ = try commission("SN-1")
        let broker = try BrokerPeer(server, clientRoot: service.root.certificate)
        let refused = try verify("SN-1", "mqtts://localhost:\(broker.port)", "--key SN-1.key")
        #expect(try refused.code == 1 && error(refused) == "certificate_refused", "\(refused.errors)")
        let free = try RawPeer(.silent).port
        let nobody = try verify("SN-1", "mqtts://localhost:\(free)", "--key SN-1.key")
        #expect(try nobody.code == 69 && error(nobody) == "not_reached", "\(nobody.errors)")
    }

    @Test func `what is not the device's is refused before anything is sent`() throws {
        _ = try commission("SN-1")
        _ = try commission("SN-2")
        let peer = try RawPeer(.silent)
        let endpoint = "mqtts://localhost:\(peer.port)"
        for (options, code, id) in [
            ("--key SN-2.key", 65, "not_genuine"),
            ("--key SN-2.key --certificate SN-2.pem", 65, "key_of_another"),
            ("--key SN-1.csr", 65, "credential_unreadable"), ("--key none.key", 69, "path_missing"),
            ("--certificate SN-1.pem", 64, "usage"), ("--timeout 0", 64, "usage"),
        ] as [(String, Int32, String)] {
            let finished = try verify("SN-1", endpoint, options)
            #expect(try finished.code == code && error(finished) == id, "\(options): \(finished.errors)")
        }
        #expect(try verify("nobody", endpoint).code == 65)
        #expect(try verify("SN-1", "http://localhost").code == 64)
        #expect(try home.muster("verify SN-1 --endpoint \(endpoint)").code == 64)
        #expect(try home.muster("verify SN-1 --root root.pem").code == 64)
        #expect(try home.muster("verify SN-1 --root SN-1.key --endpoint \(endpoint)").code == 65)
        #expect(peer.received.isEmpty)
    }
}
