import Credentials
import Foundation
import Model
import TestSupport
import Testing

/// What a cloud says of having seen a device, with the real programs, a device that connects and a stand-in for hubs.
@Suite(.enabled(if: CloudPeers.areUsable, Comment(rawValue: CloudPeers.missing)))
struct TargetWitnessTests {
    private let home: Home
    private let peer: AzurePeer

    init() throws {
        home = try Home.withPassphrase()
        peer = try AzurePeer(["--retry-after", "0"])
    }

    private var disk: String { home.directory.file("disk") }
    private var tty: String { home.directory.file("tty") }

    private func handOver(_ options: String) throws -> Finished {
        try home.muster(
            "commission --json --serial SIM-1 --product dock --hand-over serial:\(tty) \(options)")
    }

    private func connect(_ hub: Int) throws {
        let connected = try home.muster(
            "simulate device \(disk) --connect --hub-at \(peer.ready.hubs[hub].url) --root \(peer.ready.ca)")
        try #require(connected.code == 0, "\(connected.output)\(connected.errors)")
    }

    private func ask(_ options: String = "") throws -> Finished {
        try home.muster("verify SIM-1 --by target --json \(options)")
    }

    private func cause(_ finished: Finished) throws -> String? {
        let failure = try finished.objects.compactMap { $0["failure"] as? [String: Any] }.last
        return (failure?["cause"] as? [String: Any])?["code"] as? String
    }

    private func proof(_ finished: Finished) throws -> [String: Any]? {
        try finished.objects.compactMap { $0["proof"] as? [String: Any] }.last
    }

    private func work(_ intent: String) throws -> [String] {
        try home.registrar("target work --all --json \(Home.embedded)").objects
            .filter { $0["intent"] as? String == intent }.compactMap { $0["state"] as? String }
    }

    @Test func `a device is online by its hub's word once the hub has seen it, and never before`() throws {
        try home.addHub("eu", 0, of: peer)
        let device = try DeviceProcess(disk: disk, tty: tty, ["--identity", "SIM-1"])
        defer { withExtendedLifetime(device) {} }
        try #require(try handOver("--target eu").code == 0)
        let early = try ask()
        #expect(early.code == 1, "\(early.output)\(early.errors)")
        #expect(try cause(early) == "not_seen_by_target")
        let before = try home.muster("device show SIM-1").output
        #expect(before.contains("not proven; `muster verify` proves it") && !before.contains("online"))
        #expect(before.contains("eu has not seen it yet"), "\(before)")
        try connect(0)
        let seen = try ask()
        #expect(seen.code == 0, "\(seen.output)\(seen.errors)")
        let proof = try #require(try proof(seen))
        #expect(proof["witness"] as? String == "target" && proof["extent"] as? String == "authenticated")
        #expect(proof["endpoint"] as? String == "mqtts://\(peer.ready.hubs[0].name):8883")
        #expect(proof["isCertificateOnRecord"] as? Bool == true && proof["operatorID"] as? String != nil)
        let shown = try home.muster("device show SIM-1").output
        #expect(shown.contains("online: its target says that it was seen at mqtts://"), "\(shown)")
        let board = try #require(
            try home.muster("device show SIM-1 --json").objects.first?["principals"] as? [[String: Any]])
        let ways = board.map { ($0["lastProof"] as? [String: Any])?["way"] as? String }
        #expect(ways.prefix(2) == ["connection", "connection"], "\(board)")
        let told = try home.muster("device history --json --registrar SIM-1").objects
        #expect(told.suffix(1).first?["outcome"] as? String == "verified")
    }

    @Test func `without a network the question waits, and the answer comes with the next sync`() throws {
        try home.addHub("eu", 0, of: peer)
        let device = try DeviceProcess(disk: disk, tty: tty, ["--identity", "SIM-1"])
        defer { withExtendedLifetime(device) {} }
        try #require(try handOver("--target eu").code == 0)
        try connect(0)
        let saved = try ask("--offline")
        #expect(saved.code == 4 && saved.errors.contains("Nothing is known yet"), "\(saved.errors)")
        #expect(try !home.muster("device show SIM-1").output.contains("online"))
        #expect(try home.muster("sync").code == 0)
        #expect(try home.muster("device show SIM-1").output.contains("online: its target says"))
    }

    @Test func `what is held at the old place goes once the new one has seen the device`() throws {
        try home.addHub("eu", 0, of: peer)
        try home.addHub("us", 1, of: peer)
        let device = try DeviceProcess(disk: disk, tty: tty, ["--identity", "SIM-1"])
        defer { withExtendedLifetime(device) {} }
        try #require(try handOver("--target eu").code == 0)
        try connect(0)
        try #require(try home.muster("reprovision SIM-1 --target us").code == 0)
        // The old hub's word is not asked, and the new one has not seen the device.
        #expect(try cause(ask()) == "not_seen_by_target")
        #expect(try work("remove") == ["held"])
        try connect(1)
        #expect(try ask().code == 0)
        #expect(try home.registrar("target run \(Home.embedded)").code == 0)
        #expect(try work("remove") == ["done"])
    }

    @Test func `during a rotation the word does not say by which certificate, and the old one stays`() throws
    {
        try home.addHub("eu", 0, of: peer)
        let device = try DeviceProcess(disk: disk, tty: tty, ["--identity", "SIM-1"])
        defer { withExtendedLifetime(device) {} }
        try #require(try handOver("--target eu").code == 0)
        try connect(0)
        let request = try CertificateRequest.create(key: try PrivateKey.generate(.p256), commonName: "SIM-1")
        _ = try home.write(request.pem, to: "new.csr")
        let rotated = try home.muster("commission --serial SIM-1 --product dock --csr new.csr --target eu")
        try #require(rotated.code == 0, "\(rotated.output)\(rotated.errors)")
        let old = try ask()
        #expect(old.code == 1)
        #expect(try cause(old) == "seen_before_certificate")
        // It comes by its old certificate, which is let in too.
        try connect(0)
        let seen = try ask()
        #expect(seen.code == 0, "\(seen.output)")
        let proof = try #require(try proof(seen))
        #expect(proof["isByOldOrNew"] as? Bool == true && proof["certificate"] == nil)
        #expect(try work("finishRotation") == ["held"])
        #expect(try home.muster("device show SIM-1").output.contains("or by the new is not known"))
    }

    @Test func `a device without a target has nobody who could have seen it`() throws {
        let request = try CertificateRequest.create(key: try PrivateKey.generate(.p256), commonName: "SIM-1")
        _ = try home.write(request.pem, to: "a.csr")
        try #require(try home.muster("commission --serial SIM-1 --product dock --csr a.csr").code == 0)
        let refused = try ask()
        #expect(refused.code == 65 && refused.errors.contains("sees no device connect"), "\(refused.errors)")
        #expect(try home.muster("verify SIM-1 --to dir:x").code == 64)
    }

    @Test func `a symmetric key is handed over, works at the hub, and is wiped here`() throws {
        try home.addHub("eu", 0, of: peer, proof: "symmetricKey")
        try #require(try home.muster("vault create").code == 0)
        let device = try DeviceProcess(
            disk: disk, tty: tty, ["--identity", "SIM-1", "--takes-symmetric-key"])
        defer { withExtendedLifetime(device) {} }
        let handed = try handOver("--target eu --symmetric-key")
        #expect(handed.code == 0, "\(handed.output)\(handed.errors)")
        #expect(handed.errors.contains("The symmetric key is wiped here"), "\(handed.errors)")
        let key = try home.muster("device key SIM-1 --output k")
        #expect(key.code == 65, "it can be written out no more")
        let standing = try #require(try home.muster("simulate device \(disk) --show --json").objects.last)
        #expect(standing["principals"] as? String == "whole" && standing["certificate"] == nil)
        let id = try #require(standing["active"] as? String)
        let text = try home.contents("disk/bundles/\(id).symmetric.key")
        #expect(try SecretSearch(Data(text.utf8)).hits(in: home.store) == [])
        #expect(try !SecretSearch(Data(text.utf8)).hits(in: disk).isEmpty, "the search finds nothing at all")
        for said in [handed.output, handed.errors] { #expect(!said.contains(text)) }
        let history = try home.muster("device history SIM-1 --json").output
        #expect(history.contains("\"kind\":\"note\"") && !history.contains(text))
        try connect(0)
        let seen = try ask()
        #expect(seen.code == 0, "\(seen.output)\(seen.errors)")
        #expect(try home.muster("device show SIM-1").output.contains("online"))
    }

    @Test func `a device that cannot prove the symmetric key loses nothing here`() throws {
        try home.addHub("eu", 0, of: peer, proof: "symmetricKey")
        try #require(try home.muster("vault create").code == 0)
        let device = try DeviceProcess(
            disk: disk, tty: tty, ["--identity", "SIM-1", "--takes-symmetric-key", "--lie", "clone"])
        defer { withExtendedLifetime(device) {} }
        let handed = try handOver("--target eu --symmetric-key")
        #expect(handed.code != 0 && handed.errors.contains("its proof does not hold"), "\(handed.errors)")
        #expect(try home.muster("device key SIM-1 --output k").code == 0)
    }

    @Test func `a symmetric key goes over no link that others can read`() throws {
        try home.addHub("eu", 0, of: peer, proof: "symmetricKey")
        try #require(try home.muster("vault create").code == 0)
        let device = try DeviceProcess(disk: disk, ["--identity", "SIM-1", "--takes-symmetric-key"])
        defer { withExtendedLifetime(device) {} }
        let handed = try home.muster(
            "commission --json --serial SIM-1 --product dock --target eu --symmetric-key "
                + "--hand-over \(device.place)")
        #expect(handed.code != 0 && handed.errors.contains("link_not_encrypted"), "\(handed.errors)")
        let standing = try #require(try home.muster("simulate device \(disk) --show --json").objects.last)
        #expect(standing["principals"] as? String == "none")
        #expect(try home.muster("device key SIM-1 --output k").code == 0)
    }
}
