import Credentials
import Foundation
import Model
import TestSupport
import Testing

/// `target devices`: what a cloud holds, set against the records, with the real programs and a stand-in for a hub.
@Suite(.enabled(if: CloudPeers.areUsable, Comment(rawValue: CloudPeers.missing)))
struct TargetDevicesTests {
    private let home: Home
    private let peer: AzurePeer

    /// Two devices at a hub, of which the stand-in puts one on a page.
    init() throws {
        home = try Home()
        peer = try AzurePeer(["--retry-after", "0", "--page", "1"])
        try #require(try home.muster("demo --prepare").code == 0)
        try home.addHub("eu", of: peer)
        for serial in ["SN-1", "SN-2"] {
            let key = try PrivateKey.generate(.p256)
            _ = try home.write(
                try CertificateRequest.create(key: key, commonName: serial).pem, to: "\(serial).csr")
            let finished = try home.muster(
                "commission --serial \(serial) --product dock --csr \(serial).csr --target eu")
            try #require(finished.code == 0, "\(finished.output)\(finished.errors)")
        }
    }

    private func devices(_ options: String = "") throws -> Finished {
        try home.registrar("target devices eu \(Home.embedded) \(options)")
    }

    @Test func `what both have is known, page by page`() throws {
        let listed = try devices("--json")
        #expect(listed.code == 0, "\(listed.errors)")
        let lines = try listed.objects
        #expect(lines.map { $0["name"] as? String } == ["SN-1", "SN-2"])
        #expect(lines.allSatisfy { $0["verdict"] as? String == "known" })
        #expect(lines.allSatisfy { $0["tenant"] as? String == "nordlicht" && $0["device"] != nil })
        #expect(listed.errors.contains("eu: 2 known to both."))
        #expect(try peer.requests().filter { $0.operation == "POST /devices/query" }.count == 2)
        let text = try devices()
        #expect(text.output.split(separator: "\n").count == 2 && text.output.hasPrefix("known "))
        #expect(try devices("--differences --json").objects.isEmpty)
    }

    @Test func `what one side alone has is said, and asks for a person`() throws {
        let hub = peer.ready.hubs[0]
        try SecondClient.deleteDevice("SN-1", of: peer, hub: hub)
        try SecondClient.makeDevice("by-hand", of: peer, hub: hub)
        let listed = try devices("--json --differences")
        #expect(listed.code == 3, "\(listed.output)\(listed.errors)")
        let verdicts = try listed.objects.map { "\($0["name"] ?? "") \($0["verdict"] ?? "")" }
        #expect(verdicts == ["by-hand foreign", "SN-1 missing"])
        #expect(listed.errors.contains("1 in the records and missing there: provision them again"))
        // A query is the hub's own, and what it leaves out is not missing.
        let words = "target devices eu \(Home.embedded) --json --query".split(separator: " ").map(
            String.init)
        let found = try home.run(
            words + ["SELECT * FROM devices WHERE tags.site = 'nowhere'"], program: "muster-registrar")
        let none = try found.objects
        #expect(found.code == 0 && none.isEmpty)
    }

    @Test func `a list that breaks off says so, and nothing of what is missing`() throws {
        try peer.order(.status(401, code: "401002"), on: "POST /devices/query", times: 0)
        let listed = try devices("--json")
        #expect(listed.code == 1)
        let lines = try listed.objects
        #expect(lines.allSatisfy { $0["verdict"] == nil })
        #expect(listed.errors.contains("key or token"), "\(listed.errors)")
        #expect(try devices("--query nonsense").code == 1)
    }

    @Test func `a target that is not kept is named`() throws {
        let listed = try home.registrar("target devices nowhere \(Home.embedded)")
        #expect(
            listed.code == 65 && listed.errors.contains("There is no target nowhere."), "\(listed.errors)")
    }
}
