import Foundation
import Model
import TestSupport
import Testing

/// Devices that come to an account with a certificate that they have: from another account, or from their factory.
@Suite(.enabled(if: CloudPeers.areUsable, Comment(rawValue: CloudPeers.missing)))
struct FleetMoveTests {
    private let world: FleetWorld
    private var home: Home { world.home }

    init() throws {
        world = try FleetWorld()
    }

    /// A device that AWS has let in, in the first account.
    private func device(_ serial: String) throws -> String {
        try world.request(serial)
        try world.commission(serial, "--csr \(serial).csr --target eu")
        return try world.id(serial)
    }

    private func certificate(_ serial: String, account: Int) throws -> String? {
        let principals = try world.thing(serial, account: account)?["principals"] as? [[String: Any]]
        return (principals?.first?["principal"] as? String)?.split(separator: "/").last.map(String.init)
    }

    @Test(arguments: [
        nil, "UpdateCertificate", "TransferCertificate", "AcceptCertificateTransfer", "AttachPolicy",
    ])
    func `a device changes accounts with its certificate, whichever answer is lost, and history says so`(
        _ lost: String?
    ) throws {
        let id = try device("T-1")
        let before = try #require(try certificate("T-1", account: 0))
        if let lost { try world.peer.order(.lost, on: lost) }
        var moved = try world.fleet("transfer \(id) --to other --json")
        if moved.code != 0 {
            #expect(moved.errors.contains("fleet_unfinished"), "\(moved.errors)")
            #expect(try home.muster("registrar target run").code == 0)
            moved = try world.fleet("transfer \(id) --to other --json")
        }
        #expect(moved.code == 0, "\(moved.output)\(moved.errors)")
        #expect(try certificate("T-1", account: 1) == before)
        #expect(try world.standings("T-1", account: 1) == ["ACTIVE"])
        #expect(try world.standings("T-1") == [], "the old account keeps the thing for now")
        try world.run("muster sync")
        let shown = try home.muster("device show T-1").output
        #expect(shown.contains("other (aws), let in"), "\(shown)")
        let history = try home.muster("device history T-1 --registrar").output
        #expect(history.contains("Transfer T-1 to other") && history.contains("local"), "\(history)")
        #expect(try home.muster("registrar target settle \(id)").code == 0)
        #expect(try home.muster("registrar target run").code == 0)
        #expect(try world.thing("T-1") == nil)
        #expect(try world.standings("T-1", account: 1) == ["ACTIVE"])
    }

    @Test func `what the other account does not take stays where it was`() throws {
        let id = try device("T-1")
        try world.peer.order(
            .status(400, code: "InvalidRequestException"), on: "AcceptCertificateTransfer")
        let refused = try world.fleet("transfer \(id) --to other")
        #expect(refused.code == 1 && refused.errors.contains("aws_request"), "\(refused.errors)")
        #expect(try world.standings("T-1") == ["ACTIVE"])
        #expect(try world.thing("T-1", account: 1) == nil)
        #expect(try world.count("CancelCertificateTransfer") == 1)
        try world.run("muster sync")
        #expect(try home.muster("device show T-1").output.contains("eu (aws), let in"))
        // Asked again, it is begun anew.
        #expect(try world.fleet("transfer \(id) --to other").code == 0)
        #expect(try world.standings("T-1", account: 1) == ["ACTIVE"])
    }

    @Test func `a transfer needs two accounts and a device that is at one`() throws {
        let id = try device("T-1")
        try world.add("same", account: 0)
        let same = try world.fleet("transfer \(id) --to same")
        #expect(same.code == 1 && same.errors.contains("fleet_not_between"), "\(same.errors)")
        try world.commission("N-1")
        let nowhere = try world.fleet("transfer \(try world.id("N-1")) --to other")
        #expect(nowhere.code == 1 && nowhere.errors.contains("fleet_not_there"), "\(nowhere.errors)")
        #expect(try world.standings("T-1") == ["ACTIVE"])
    }

    /// A certificate of a factory, and its fingerprint as labels have it.
    private func factory(_ name: String) throws -> String {
        try world.run(
            "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout \(name).key "
                + "-out \(name).pem -subj '/CN=\(name) 7' -days 30 2>/dev/null")
        let text = try world.run("openssl x509 -in \(name).pem -noout -fingerprint -sha256")
        return try #require(text.split(separator: "=").last).trimmingCharacters(in: .newlines)
    }

    @Test(arguments: [true, false])
    func `a factory's device is let in once claimed and seen, in whatever order`(_ claimFirst: Bool) throws {
        try world.add("mine", account: 0, "--set issuer=registrar")
        try world.commission("L-1")
        let fingerprint = try factory("maker")
        let claim = "lobby claim \(fingerprint) \(try world.id("L-1")) mine --json"
        let steps =
            claimFirst
            ? [claim, "lobby contact maker.pem --json"] : ["lobby contact maker.pem --json", claim]
        let first = try world.fleet(steps[0])
        #expect(first.code == 0 && !first.output.contains("endpoint"), "\(first.output)\(first.errors)")
        #expect(try world.thing("L-1") == nil)
        let second = try world.fleet(steps[1])
        #expect(second.code == 0 && second.output.contains("mqtts://"), "\(second.output)\(second.errors)")
        #expect(try world.standings("L-1") == ["ACTIVE"])
        let plain = fingerprint.filter { $0 != ":" }.lowercased()
        #expect(try certificate("L-1", account: 0) == plain)
        try world.run("muster sync")
        #expect(try home.muster("device show L-1").output.contains("mine (aws), let in"))
        let history = try home.muster("device history L-1 --registrar").output
        #expect(history.contains("by its maker's certificate"), "\(history)")
        // A device that comes again is told where it belongs, and nothing is done twice.
        let registered = try world.count("RegisterCertificateWithoutCA")
        #expect(try world.fleet("lobby contact maker.pem").output.contains("connects to mqtts://"))
        #expect(try world.count("RegisterCertificateWithoutCA") == registered)
    }

    @Test func `certificates of an authority in the lobby's account are met there, each once`() throws {
        try world.add("mine", account: 0, "--set issuer=registrar")
        let registered = try world.fleet("authority register other --auto-registration --json")
        let authority = try #require(try registered.objects.first?["certificateID"] as? String)
        #expect(try world.fleet("lobby look other \(authority)").errors.contains("Nobody new is there"))
        try world.request("L-1")
        try world.commission("L-1", "--csr L-1.csr --certificate L-1.pem")
        try SecondClient.register(
            home.directory.file("L-1.pem"), under: authority, of: world.peer, as: world.peer.ready.accounts[1]
        )
        let met = try world.fleet("lobby look other \(authority)")
        #expect(met.code == 0 && met.output.contains("seen, and claimed by nobody yet"), "\(met.errors)")
        let text = try world.run("openssl x509 -in L-1.pem -noout -fingerprint -sha256")
        let fingerprint = try #require(text.split(separator: "=").last).trimmingCharacters(in: .newlines)
        let claimed = try world.fleet("lobby claim \(fingerprint) \(try world.id("L-1")) mine")
        #expect(
            claimed.code == 0 && claimed.output.contains("mqtts://"), "\(claimed.output)\(claimed.errors)")
        #expect(try world.standings("L-1") == ["ACTIVE"])
        #expect(try world.fleet("lobby look other \(authority)").errors.contains("Nobody new is there"))
    }

    @Test func `a certificate is one owner's, and only a target that takes it can be claimed for`() throws {
        try world.add("mine", account: 0, "--set issuer=registrar")
        try world.commission("L-1")
        try world.commission("L-2")
        let (one, two) = (try world.id("L-1"), try world.id("L-2"))
        let fingerprint = try factory("maker")
        let unfit = try world.fleet("lobby claim \(fingerprint) \(one) eu")
        #expect(unfit.code == 1 && unfit.errors.contains("lobby_target"), "\(unfit.errors)")
        #expect(try world.fleet("lobby claim \(fingerprint) \(one) mine").code == 0)
        let rival = try world.fleet("lobby claim \(fingerprint) \(two) mine")
        #expect(rival.code == 1 && rival.errors.contains("lobby_claimed"), "\(rival.errors)")
        #expect(try world.fleet("lobby release \(fingerprint)").code == 0)
        #expect(try world.fleet("lobby claim \(fingerprint) \(two) mine").code == 0)
        #expect(try world.fleet("lobby contact maker.pem").code == 0)
        #expect(try world.standings("L-2") == ["ACTIVE"])
        #expect(try world.thing("L-1") == nil)
        #expect(try world.fleet("lobby release \(String(repeating: "0", count: 64))").code == 1)
    }
}
