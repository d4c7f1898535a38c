import Credentials
import Foundation
import Model
import TestSupport
import Testing

/// The service of the target that a device is at, as its receipt brought it, in proofs and principals.
@Suite struct TargetServiceTests {
    private let home: Home
    private let service: PeerCredentials

    init() throws {
        home = try Home()
        service = try PeerCredentials(name: "Cloud root")
        try #require(try home.muster("demo --prepare").code == 0)
    }

    private func shown() throws -> [String: Any] {
        try #require(try home.muster("device show --json SN-1").objects.first)
    }

    /// Commissions SN-1; the root of its certificate.
    private func commission() throws -> Certificate {
        let key = try PrivateKey.generate(.p256)
        _ = try home.write(try key.pem.unredacted, to: "SN-1.key")
        _ = try home.write(
            try CertificateRequest.create(key: key, commonName: "SN-1").pem, to: "SN-1.csr")
        let finished = try home.muster(
            "commission --serial SN-1 --product dock --csr SN-1.csr --certificate SN-1.pem")
        try #require(finished.code == 0, "\(finished.errors)")
        return try #require(try Certificate.chain(pem: try home.contents("SN-1.pem")).last)
    }

    /// Writes into the store what a receipt of a target would have brought.
    private func put(endpoint: String, roots: String?, standing: String = "enabled") throws {
        let target = DeviceTarget(
            target: TargetID(trusted: "eu"), kind: .aws, name: "SN-1", place: "eu-west-1",
            reason: "eu: nearest to site oslo", endpoint: endpoint,
            standing: try #require(DeviceTarget.Standing(rawValue: standing)))
        _ = try home.write(try CanonicalJSON.text(target), to: "target.json")
        _ = try home.write(roots ?? "", to: "roots.pem")
        let lane = try #require(try shown()["lane"] as? String)
        _ = try home.write(
            """
            import sqlite3
            store = sqlite3.connect("state/muster/store.db")
            store.execute(
                "INSERT OR REPLACE INTO device_target(lane, target, service_roots) VALUES (?, ?, nullif(?, ''))",
                ("\(lane)", open("target.json").read(), open("roots.pem").read()))
            store.commit()
            """, to: "put.py")
        try #require(try home.shell("python3 put.py").code == 0)
    }

    @Test func `a verification goes to the target's service and believes it by the root that came along`()
        throws
    {
        let broker = try BrokerPeer(try service.server(), clientRoot: try commission())
        let endpoint = "mqtts://localhost:\(broker.port)"
        try put(endpoint: endpoint, roots: try service.root.certificate.pem)
        let proven = try home.muster("verify SN-1 --key SN-1.key --json")
        #expect(proven.code == 0, "\(proven.output)\(proven.errors)")
        let proof = try #require(
            try proven.objects.compactMap { $0["proof"] as? [String: Any] }.last)
        #expect(proof["endpoint"] as? String == endpoint)
        #expect(
            proof["trust"] as? [String] == [service.root.certificate.summary.fingerprint.rawValue])
    }

    @Test func `what the target says goes before the registrar's list, in principals and on the screen`()
        throws
    {
        _ = try commission()
        _ = try home.write(try service.root.certificate.pem, to: "root.pem")
        for line in ["mqtt localhost:1883", "tls localhost:1884"] {
            let set = try home.registrar(
                "endpoint set \(line) --root root.pem --directory state/muster/registrar")
            try #require(set.code == 0, "\(set.errors)")
        }
        try #require(try home.muster("sync").code == 0)
        try put(endpoint: "mqtts://cloud:8883", roots: try service.root.certificate.pem, standing: "disabled")
        let five = try #require(try shown()["principals"] as? [[String: Any]])
        #expect(five[2]["subject"] as? String == "mqtts://cloud:8883, tls://localhost:1884")
        #expect(five[4]["subject"] as? String == "Cloud root")
        let text = try home.muster("device show SN-1").output
        for words in [
            "eu (aws), known there and not let in", "name there", "eu-west-1", "eu: nearest to site oslo",
        ] { #expect(text.contains(words), "\(words): \(text)") }
    }

    @Test func `without a root, or where a device is only assigned, the person is asked`() throws {
        _ = try commission()
        try put(endpoint: "mqtts://localhost:8883", roots: nil)
        let rootless = try home.muster("verify SN-1 --key SN-1.key")
        #expect(rootless.code == 64 && rootless.errors.contains("--root"), "\(rootless.errors)")
        try put(endpoint: "https://assign.example/0ne0001", roots: nil)
        let assigned = try home.muster("verify SN-1 --key SN-1.key")
        #expect(assigned.code == 64 && assigned.errors.contains("0ne0001"), "\(assigned.errors)")
    }
}
