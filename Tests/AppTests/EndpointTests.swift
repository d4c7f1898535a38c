import Credentials
import Foundation
import Model
import TestSupport
import Testing

/// Services that a registrar gives out, on their way to tablets, to devices and into proofs, with the real programs.
@Suite struct EndpointTests {
    private static let directory = "--directory state/muster/registrar"
    private let home: Home
    private let service: PeerCredentials

    init() throws {
        home = try Home()
        service = try PeerCredentials(name: "Service root")
        _ = try home.write(try service.root.certificate.pem, to: "root.pem")
        try #require(try home.muster("demo --prepare").code == 0)
    }

    /// Commissions a device with a request of its own key, which is in `SERIAL.key`.
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

    private func principals(_ serial: String) throws -> [[String: Any]] {
        let shown = try #require(try home.muster("device show --json \(serial)").objects.first)
        return try #require(shown["principals"] as? [[String: Any]])
    }

    private func way(_ principal: [String: Any]) -> String? {
        (principal["lastProof"] as? [String: Any])?["way"] as? String
    }

    private func giveOut(_ port: UInt16, _ options: String = "") throws {
        let set = try home.registrar(
            "endpoint set mqtt localhost:\(port) --root root.pem \(Self.directory) \(options)")
        try #require(set.code == 0, "\(set.errors)")
        try #require(try home.muster("sync").code == 0)
    }

    @Test func `a service and its root reach the device, which connects with what it was given`() throws {
        let root = try #require(try commission("SN-1").last)
        let broker = try BrokerPeer(try service.server(), clientRoot: root)
        try giveOut(broker.port)
        let endpoint = "mqtts://localhost:\(broker.port)"
        let (disk, tty) = (home.directory.file("disk"), home.directory.file("tty"))
        let device = try DeviceProcess(disk: disk, tty: tty, ["--identity", "SIM-1"])
        defer { withExtendedLifetime(device) {} }
        let handed = try home.muster(
            "commission --serial SIM-1 --product dock --hand-over serial:\(tty)")
        #expect(handed.code == 0, "\(handed.output)\(handed.errors)")
        // Without --root: what it trusts is what it was given.
        let connected = try home.muster("simulate device \(disk) --connect --json")
        #expect(connected.code == 0, "\(connected.output)\(connected.errors)")
        #expect(try connected.objects.last?["connected"] as? String == endpoint)
        let standing = try #require(try home.muster("simulate device \(disk) --show --json").objects.last)
        let trusted = try String(
            contentsOfFile: try #require(standing["trustFile"] as? String), encoding: .utf8)
        let names = try Certificate.chain(pem: trusted).map(\.summary.subject)
        #expect(names == ["Service root", root.summary.subject])
        let five = try principals("SIM-1")
        #expect(five[2]["subject"] as? String == endpoint && five[2]["holder"] as? String == "device")
        #expect(five[2]["issuer"] as? String == "Service root" && five[2]["notAfter"] is String)
        #expect(five[4]["subject"] as? String == "Service root")
        #expect(way(five[2]) == "confirmedInstallation" && way(five[4]) == "confirmedInstallation")
        let history = try home.muster("device history SIM-1").output
        #expect(history.contains("Note on SIM-1"))
    }

    @Test func `a verification goes where the registrar says, and proves endpoint and root`() throws {
        let root = try #require(try commission("SN-1").last)
        let broker = try BrokerPeer(try service.server(), clientRoot: root)
        let before = try home.muster("verify SN-1 --key SN-1.key")
        #expect(before.code == 64 && before.errors.contains("endpoint set"), "\(before.errors)")
        try giveOut(broker.port)
        let onRecord = try principals("SN-1")
        #expect(onRecord[2]["holder"] as? String == "registrar" && way(onRecord[2]) == nil)
        let proven = try home.muster("verify SN-1 --key SN-1.key --json")
        #expect(proven.code == 0, "\(proven.output)\(proven.errors)")
        let proof = try #require(try proven.objects.last?["proof"] as? [String: Any])
        #expect(
            proof["trust"] as? [String] == [service.root.certificate.summary.fingerprint.rawValue])
        let five = try principals("SN-1")
        #expect(five.map(way) == ["connection", "connection", "connection", nil, "connection"])
        let text = try home.muster("device show SN-1").output
        #expect(text.contains("mqtts://localhost:\(broker.port); kept in this store"))
    }

    @Test func `a product's own service goes before the usual one, until it is removed`() throws {
        _ = try commission("SN-1")
        try giveOut(1883)
        try giveOut(1884, "--product dock")
        #expect(try principals("SN-1")[2]["subject"] as? String == "mqtts://localhost:1884")
        let listed = try home.registrar("endpoint list --json \(Self.directory)").objects
        #expect(listed.compactMap { $0["product"] as? String } == ["dock"] && listed.count == 2)
        let removed = try home.registrar("endpoint remove mqtt --product dock --json \(Self.directory)")
        #expect(try removed.objects.first?["removed"] as? Bool == true)
        #expect(try home.muster("sync").code == 0)
        #expect(try principals("SN-1")[2]["subject"] as? String == "mqtts://localhost:1883")
    }

    @Test(
        arguments: [
            ("set mqtt localhost", 64), ("set ftp localhost --root root.pem", 64),
            ("set tls localhost --root root.pem", 64), ("set mqtt localhost --root none.pem", 69),
            ("set mqtt localhost --root words.txt", 65),
            ("set mqtt localhost --root root.pem --product nothing", 1), ("remove ftp", 64),
        ] as [(String, Int32)])
    func `what cannot be a service is refused, and nothing changes`(_ line: String, _ code: Int32) throws {
        _ = try home.write("no certificate", to: "words.txt")
        let refused = try home.registrar("endpoint \(line) \(Self.directory)")
        #expect(refused.code == code, "\(line): \(refused.errors)")
        #expect(try home.registrar("endpoint list --json \(Self.directory)").objects.isEmpty)
    }
}
