import Credentials
import Foundation
import Model
import TestSupport
import Testing

/// A device's whole life in a cloud, as the installer and the administrator of the registrar see it, with the real programs;
/// the vendor's own client looks on.
@Suite(.enabled(if: CloudPeers.areUsable, Comment(rawValue: CloudPeers.missing)))
struct CloudJourneyTests {
    private let home: Home
    private let peer: AWSPeer
    private let account: AWSAccount

    init() throws {
        home = try Home()
        peer = try AWSPeer()
        account = peer.ready.accounts[0]
        _ = try home.write(account.accessKeyID, to: "id")
        _ = try home.write(account.secretAccessKey.unredacted, to: "key")
        try #require(try home.shell("chmod 600 id key").code == 0)
        try #require(try home.muster("demo --prepare").code == 0)
    }

    private func add(_ options: String = "") throws -> Finished {
        try home.muster(
            "registrar target add eu aws --set endpoint.region=\(account.region) "
                + "--set endpoint.controlPlane=\(peer.ready.url) --set accountID=\(account.account) "
                + "--set policy=devices --secret accessKeyID=id --secret secretAccessKey=key \(options)")
    }

    /// The target and its policy, and every device sent there.
    private func prepare() throws {
        try SecondClient.makePolicy("devices", of: peer, as: account)
        let added = try add()
        try #require(added.code == 0, "\(added.output)\(added.errors)")
        try #require(try home.muster("registrar placement set --static eu").code == 0)
    }

    private func commission(_ serial: String) throws -> Finished {
        let request = try CertificateRequest.create(key: try PrivateKey.generate(.p256), commonName: serial)
        _ = try home.write(request.pem, to: "\(serial).csr")
        return try home.muster("commission --json --serial \(serial) --product dock --csr \(serial).csr")
    }

    /// Each certificate of the thing with its standing, as boto3 sees it; `nil` when there is no thing.
    private func certificates(_ thing: String) throws -> [String: String]? {
        guard let text = try? SecondClient.thing(thing, of: peer, as: account) else { return nil }
        let seen = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any] ?? [:]
        var standing: [String: String] = [:]
        for principal in seen["principals"] as? [[String: Any]] ?? [] {
            #expect(principal["policies"] as? [String] == ["devices"])
            standing[principal["principal"] as? String ?? ""] = principal["status"] as? String
        }
        return standing
    }

    @Test func `a right that lacks and a policy that is not there are named, and nothing is kept`() throws {
        let missing = try add()
        #expect(missing.code == 1 && missing.output.contains("There is no policy devices."))
        try SecondClient.makePolicy("devices", of: peer, as: account)
        _ = try home.write("quarkkeule", to: "key")
        try #require(try home.shell("chmod 600 key").code == 0)
        let denied = try add()
        #expect(denied.code == 1 && denied.output.contains("! sts:GetCallerIdentity"), "\(denied.output)")
        #expect(try home.muster("registrar target list --json").objects.isEmpty)
        #expect(!denied.output.contains("quarkkeule") && !denied.errors.contains("quarkkeule"))
    }

    @Test func `let in, rotated, cut off and given up`() throws {
        try prepare()
        try #require(try commission("SN-1").code == 0)
        let first = try #require(try certificates("SN-1"))
        #expect(Array(first.values) == ["ACTIVE"])
        // A new key comes beside the old one; proven, the old one goes.
        try #require(try commission("SN-1").code == 0)
        let both = try #require(try certificates("SN-1"))
        #expect(both.count == 2 && Set(both.values) == ["ACTIVE"])
        let held = try home.muster("registrar target work --device SN-1")
        #expect(held.output.contains("SN-1") && held.output.contains("until it is proven"), "\(held.errors)")
        #expect(try home.muster("registrar target settle SN-0").errors.contains("[device_unknown]"))
        let settled = try home.muster("registrar target settle SN-1")
        #expect(settled.output.contains("Ended: certificate ") && settled.output.contains("1 piece of work"))
        #expect(try home.muster("sync").code == 0, "what is due there is done with it")
        let second = try #require(try certificates("SN-1"))
        #expect(second.count == 1 && second.keys.first != first.keys.first, "the new one stays")
        #expect(Array(second.values) == ["ACTIVE"])
        #expect(try home.muster("revoke SN-1 --reason keyCompromise").code == 0)
        #expect(try certificates("SN-1").map { Array($0.values) } == ["INACTIVE"])
        #expect(try home.muster("release SN-1 --reason sold").code == 0)
        #expect(try certificates("SN-1") == nil)
        let work = try home.muster("registrar target work --all --json").objects
        #expect(
            work.reversed().compactMap { $0["intent"] as? String }
                == ["provision", "rotate", "finishRotation", "disable", "remove"])
        #expect(work.allSatisfy { $0["state"] as? String == "done" })
    }

    @Test func `a cloud that goes away in the middle loses nothing and doubles nothing`() throws {
        try prepare()
        try peer.order(.lost, on: "CreateCertificateFromCsr")
        try peer.order(.refuse, on: "ListCertificates", times: 1)
        let waiting = try commission("SN-2")
        let open = try home.muster("registrar target work --json").objects
        if waiting.code != 0 {
            #expect(open.first?["said"] as? String != nil)
            #expect(try home.muster("registrar target run").code == 0)
            let synced = try home.muster("sync --json")
            #expect(synced.code == 0, "\(synced.output)\(synced.errors)")
        }
        let certificates = try #require(try certificates("SN-2"))
        #expect(Array(certificates.values) == ["ACTIVE"])
        // The check of rights had one refused.
        let made = try peer.requests().filter {
            $0.operation == "CreateCertificateFromCsr" && $0.status != 400
        }
        #expect(made.count == 1)
        let shown = try #require(try home.muster("device show --json SN-2").objects.first)
        #expect(shown["state"] as? String == "provisioned")
    }

    @Test func `work that the cloud has not done yet needs no person, and the exit code says so`() throws {
        try prepare()
        try peer.order(.refuse, on: "CreateCertificateFromCsr", times: 100)
        let saved = try commission("SN-3")
        #expect(saved.code == 4, "\(saved.output)\(saved.errors)")
        let synced = try home.muster("sync --json --timeout 1")
        #expect(synced.code == 4, "\(synced.output)\(synced.errors)")
        let open = try #require(try home.muster("queue list --json").objects.last)
        #expect(open["code"] as? String == "in_progress" || "\(open)".contains("in_progress"), "\(open)")
    }
}
