import Credentials
import Foundation
import Model
import Processes
import TestSupport
import Testing

/// The main job with the real programs: a team's registrar that is not running, devices by image, serial and CSR.
@Suite struct MainJobTests {
    private let home: Home

    init() throws {
        home = try Home()
        try home.makeTeamRegistrar()
    }

    /// Pairs with a registrar that will listen on a port which is free now.
    private func pair() throws -> String {
        let server = try Server(home, directory: "reg")
        let port = server.port
        try server.stop()
        let pairing = try home.registrar(
            "pairing jk --directory reg --url https://127.0.0.1:\(port) --output jk.pairing")
        try #require(pairing.code == 0)
        try #require(try home.muster("registrar pair jk.pairing").code == 0)
        return port
    }

    private func makeRequest(_ serial: String) throws -> PrivateKey {
        let key = try PrivateKey.generate(.p256)
        _ = try home.write(try CertificateRequest.create(key: key, commonName: serial).pem, to: "device.csr")
        return key
    }

    @Test func `three devices are saved while the registrar is down, and confirmed when it is back`() throws {
        let port = try pair()
        let key = try makeRequest("SN-3")
        let lines = [
            "commission --json --image \(Home.sample("gs1-gateway.png"))", "commission --json --serial SN-2",
            "commission --json --serial SN-3 --csr device.csr --certificate device.pem",
        ]
        for line in lines {
            let finished = try home.muster(line)
            #expect(finished.code == 4, "\(line): \(finished.errors)")
            #expect(try finished.objects.allSatisfy { $0["state"] as? String != "applied" })
        }
        #expect(try home.muster("sync --timeout 0").code == 4)
        let server = try Server(home, directory: "reg", listen: "127.0.0.1:\(port)")
        let sync = try home.muster("sync")
        #expect(sync.code == 0, "\(sync.output)\(sync.errors)")
        for serial in ["NGW-000202", "SN-2", "SN-3"] {
            let history = try home.muster("device history --json \(serial)").objects
            #expect(!history.isEmpty)
            for entry in history {
                let receipt = try #require(entry["receipt"] as? [String: Any], "\(serial)")
                #expect(receipt["operationID"] as? String == entry["operationID"] as? String)
            }
            let there = try home.muster("device history --json --registrar \(serial)").objects
            #expect(there.count == history.count)
        }
        let again = try home.muster("commission --serial SN-3 --csr device.csr --certificate device.pem")
        #expect(again.code == 0 && again.errors.contains("saved already"))
        let chain = try Certificate.chain(pem: try home.contents("device.pem"))
        #expect(chain[0].summary.publicKeyHash == (try key.publicKeyHash))
        #expect(try home.registrar("audit --directory reg").code == 0)
        try server.stop()
        _ = try makeRequest("SN-3")
        let next = try home.muster("commission --serial SN-3 --csr device.csr --certificate next.pem")
        #expect(next.code == 4 && next.errors.contains("next.pem was not written"), "\(next.errors)")
        #expect(try Files.status(home.directory.file("next.pem")) == nil, "the one before is not of this key")
    }

    @Test func `a device that the list does not have waits, and is confirmed once the desk lists it`() throws
    {
        #expect(try home.registrar("product add gw --directory reg --match gtin=09501101530003").code == 0)
        let port = try pair()
        let server = try Server(home, directory: "reg", listen: "127.0.0.1:\(port)")
        let label = "(01)09501101530003(21)GW-1"
        let first = try home.run(["commission", "--json", "--label", label])
        #expect(first.code == 3)
        #expect(try (first.objects[0]["problem"] as? [String: Any])?["code"] as? String == "unknown_serial")
        _ = try home.write(
            #"{"identity":{"fields":{"gtin":"09501101530003","serial":"GW-1"},"product":"gw"}}"# + "\n",
            to: "list.jsonl")
        #expect(try home.registrar("delivery add list.jsonl --directory reg").code == 0)
        let code = try #require(try home.muster("queue list --json").objects[0]["operationID"] as? String)
        #expect(try home.muster("queue retry \(code.suffix(6))").code == 0)
        #expect(try home.muster("sync").code == 0)
        try server.stop()
    }

    @Test func `a refusal stays until a named person closes it`() throws {
        #expect(try home.registrar("tenant add zebra --directory reg").code == 0)
        #expect(try home.registrar("operator add zoe --directory reg --tenant zebra").code == 0)
        let port = try pair()
        let server = try Server(home, directory: "reg", listen: "127.0.0.1:\(port)")
        #expect(try home.muster("commission --serial SN-1").code == 0)
        let pairing = try home.registrar(
            "pairing zoe --directory reg --url https://127.0.0.1:\(port) --output zoe.pairing")
        #expect(pairing.code == 0)
        #expect(try home.muster("registrar pair zoe.pairing --store zoe").code == 0)
        let refused = try home.muster("commission --json --serial SN-1 --store zoe")
        #expect(refused.code == 3 && !refused.output.contains("acme"))
        let entry = try #require(
            try home.muster("queue list --json --state needs-you --store zoe").objects.first)
        #expect((entry["problem"] as? [String: Any])?["code"] as? String == "claimed_other_tenant")
        #expect(try home.muster("sync --store zoe").code == 3)
        let id = try #require(entry["operationID"] as? String)
        #expect(try home.muster("queue withdraw \(id) --store zoe").code == 64)
        #expect(
            try home.run(["queue", "withdraw", id, "--reason", "wrong label", "--store", "zoe"]).code == 0)
        #expect(try home.muster("sync --store zoe").code == 0)
        try server.stop()
    }

    @Test func `an outbox that is exported is sent from another tablet, once`() throws {
        let port = try pair()
        for serial in ["SN-1", "SN-2", "SN-3"] {
            #expect(try home.muster("commission --serial \(serial)").code == 4)
        }
        #expect(try home.muster("queue export outbox.jsonl").code == 0)
        #expect(try home.muster("registrar pair jk.pairing --store second").code == 0)
        #expect(try home.muster("queue import outbox.jsonl --store second").output.contains("3 operations"))
        #expect(try home.muster("queue import outbox.jsonl --store second").output.hasPrefix("0 operations"))
        let server = try Server(home, directory: "reg", listen: "127.0.0.1:\(port)")
        #expect(try home.muster("sync --store second").code == 0)
        #expect(try home.muster("sync").code == 0)
        let found = try home.muster("device find --json --registrar SN-").objects
        #expect(found.count == 3)
        #expect(found.allSatisfy { $0["version"] as? Int == 1 })
        try server.stop()
    }

    @Test func `a registrar of another authority is not talked to`() throws {
        _ = try pair()
        #expect(try home.registrar("init --directory other --name Other").code == 0)
        let stranger = try Server(home, directory: "other")
        let pairing = try home.contents("jk.pairing")
        let address = try #require(pairing.firstMatch(of: #/https:\/\/127\.0\.0\.1:\d+/#)).output
        _ = try home.write(
            pairing.replacingOccurrences(of: address, with: "https://127.0.0.1:\(stranger.port)"),
            to: "moved.pairing")
        #expect(try home.muster("registrar pair moved.pairing").code == 0)
        let finished = try home.muster("commission --serial SN-1")
        #expect(finished.code == 4 && finished.errors.contains("certificate"))
        try stranger.stop()
    }

    @Test func `the demonstration ends with the good confirmed and the bad explained`() throws {
        let finished = try home.run(["demo", "--json"], timeout: .seconds(120))
        #expect(finished.code == 0, "\(finished.errors)")
        let results = try finished.objects.filter { $0["picture"] != nil }
        #expect(results.count == 15)
        let job = try #require(try finished.objects.last)
        #expect(job["jobID"] as? String == "sample-labels")
        #expect(
            job["counts"] as? [String: Int] == [
                "expected": 14, "done": 12, "needsPerson": 1, "open": 1, "saved": 0, "unexpected": 0,
            ])
        let problems = Dictionary(
            uniqueKeysWithValues: results.compactMap { result in
                (result["problem"] as? String).map { (result["picture"] as? String ?? "", $0) }
            })
        #expect(
            problems == [
                "other-tenant.jpg": "claimed_other_tenant", "unreadable.jpg": "no_symbol",
                "wrong-check-digit.png": "label_bad_check_digit",
            ])
        #expect(results.count { ($0["receipts"] as? [String])?.count == 3 } == 12)
        #expect(!finished.output.contains("C7F2A94D"))
    }
}
