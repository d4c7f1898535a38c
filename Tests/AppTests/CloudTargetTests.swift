import Credentials
import Foundation
import Model
import TestSupport
import Testing

/// The companion's side of targets, with the real programs and stand-ins for hubs.
@Suite(.enabled(if: CloudPeers.areUsable, Comment(rawValue: CloudPeers.missing)))
struct CloudTargetTests {
    private let home: Home
    private let peer: AzurePeer

    init() throws {
        home = try Home.withPassphrase()
        peer = try AzurePeer(["--retry-after", "0"])
    }

    private func endpoint(_ hub: Int) -> String { "mqtts://\(peer.ready.hubs[hub].name):8883" }

    private func commission(_ serial: String, _ options: String) throws -> Finished {
        try home.muster("commission --json --serial \(serial) --product dock \(options)")
    }

    private func certified(_ serial: String, _ options: String) throws {
        let key = try PrivateKey.generate(.p256)
        _ = try home.write(
            try CertificateRequest.create(key: key, commonName: serial).pem, to: "\(serial).csr")
        let finished = try commission(serial, "--csr \(serial).csr \(options)")
        try #require(finished.code == 0, "\(finished.output)\(finished.errors)")
    }

    private func shown(_ serial: String) throws -> [String: Any] {
        try #require(try home.muster("device show --json \(serial)").objects.first)
    }

    @Test func `a symmetric key comes back sealed, opens once asked for, and is wiped`() throws {
        try home.addHub("eu", 0, of: peer, proof: "symmetricKey")
        try #require(try home.muster("vault create").code == 0)
        let finished = try commission("SN-1", "--symmetric-key --target eu")
        #expect(finished.code == 0, "\(finished.output)\(finished.errors)")
        let written = try home.muster("device key SN-1 --output SN-1.key --json")
        #expect(written.code == 0, "\(written.errors)")
        #expect(try home.shell("stat -c %a SN-1.key").output == "600\n")
        let text = try home.contents("SN-1.key").trimmingCharacters(in: .newlines)
        let key = try #require(Base64.decode(text))
        #expect(key.count >= 16)
        for said in [written.output, written.errors, finished.output, finished.errors] {
            #expect(!said.contains(text))
        }
        let revealed = try home.muster("device key SN-1 --output - --reveal")
        #expect(revealed.output == text + "\n")
        // Neither the key nor its text lies anywhere that is kept.
        #expect(try SecretSearch(Data(text.utf8)).hits(in: home.store) == [])
        #expect(try SecretSearch(Data(key)).hits(in: home.store) == [])
        let again = try commission("SN-1", "--symmetric-key --target eu")
        #expect(again.errors.contains("everything is saved already"), "\(again.errors)")
        #expect(try home.muster("device key SN-1 --forget").code == 0)
        let wiped = try home.muster("device key SN-1 --output again.key")
        #expect(wiped.code == 65, "\(wiped.output)")
    }

    @Test func `a device is shown where it is and moved to another place`() throws {
        try home.addHub("eu", 0, of: peer, proof: "thumbprint")
        try home.addHub("us", 1, of: peer, proof: "thumbprint")
        try certified("SN-1", "--target eu")
        let target = try #require(try shown("SN-1")["target"] as? [String: Any])
        #expect(target["target"] as? String == "eu" && target["kind"] as? String == "iot-hub")
        let five = try #require(try shown("SN-1")["principals"] as? [[String: Any]])
        #expect(five[2]["subject"] as? String == endpoint(0))
        let moved = try home.muster("reprovision SN-1 --target us --json")
        #expect(moved.code == 0, "\(moved.output)\(moved.errors)")
        let text = try home.muster("device show SN-1").output
        #expect(text.contains("us (iot-hub), let in"), "\(text)")
        #expect(text.contains("us: the operation names it") && text.contains(endpoint(1)))
        let history = try home.muster("device history SN-1").output
        #expect(history.contains("WHERE TO") && history.contains("Move SN-1 to us"), "\(history)")
        for (command, words) in [("show", ["us (iot-hub)"]), ("history", ["WHERE TO", "us"])] {
            let there = try home.muster("device \(command) SN-1 --registrar")
            #expect(there.code == 0, "\(there.errors)")
            #expect(words.allSatisfy { there.output.contains($0) }, "\(there.output)")
        }
    }

    @Test func `a hand-over brings the device its target's endpoint and its name there`() throws {
        try home.addHub("eu", 0, of: peer, proof: "thumbprint")
        let (disk, tty) = (home.directory.file("disk"), home.directory.file("tty"))
        let device = try DeviceProcess(disk: disk, tty: tty, ["--identity", "SIM-1"])
        defer { withExtendedLifetime(device) {} }
        let handed = try commission("SIM-1", "--hand-over serial:\(tty) --target eu")
        #expect(handed.code == 0, "\(handed.output)\(handed.errors)")
        let standing = try #require(try home.muster("simulate device \(disk) --show --json").objects.last)
        #expect(standing["principals"] as? String == "whole")
        #expect(standing["endpoint"] as? String == endpoint(0))
        #expect(standing["target"] as? String == "eu")
        let target = try #require(try shown("SIM-1")["target"] as? [String: Any])
        #expect(standing["nameThere"] as? String == target["name"] as? String)
        let five = try #require(try shown("SIM-1")["principals"] as? [[String: Any]])
        #expect(five[2]["subject"] as? String == endpoint(0) && five[2]["holder"] as? String == "device")
    }

    @Test func `placement names the target and why`() throws {
        try home.addHub("eu", 0, of: peer, proof: "thumbprint")
        try home.addHub("us", 1, of: peer, proof: "thumbprint")
        let set = try home.registrar("placement set --static us --static eu \(Home.embedded)")
        try #require(set.code == 0, "\(set.errors)")
        let asked = try home.muster("placement --serial SN-1 --json").objects.first
        #expect(asked?["target"] as? String == "us")
        try certified("SN-1", "")
        let target = try #require(try shown("SN-1")["target"] as? [String: Any])
        #expect(target["target"] as? String == "us")
        #expect(target["reason"] as? String == asked?["reason"] as? String)
    }
}
