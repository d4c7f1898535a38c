import Credentials
import Foundation
import Model
import TestSupport
import Testing

/// A device that comes by a claim certificate, from the claim to its first message, with the real programs.
@Suite(.enabled(if: CloudPeers.areUsable, Comment(rawValue: CloudPeers.missing)))
struct FleetClaimTests {
    private let world: FleetWorld
    private var home: Home { world.home }

    init() throws {
        world = try FleetWorld(mqtt: true)
    }

    private func provision(_ serial: String, claim: String = "claim", _ more: String = "") throws -> Finished
    {
        let at = try #require(world.peer.ready.mqtt)
        return try home.shell(
            "muster simulate device disk-\(serial) --identity \(serial) --fleet \(claim) --hub-at \(at) "
                + "--root \(world.peer.ready.ca) --json \(more)")
    }

    private func claim(_ directory: String = "claim") throws {
        try world.run("muster registrar fleet claim eu --out \(directory)")
    }

    @Test
    func `it gets its own certificate for its own key, and says hello with it; nothing of the claim stays`()
        throws
    {
        try world.putTemplate(draft: "--attribute serial={SerialNumber} --tell interval=60")
        let claimed = try world.fleet("claim eu --out claim --json")
        #expect(claimed.code == 0, "\(claimed.errors)")
        #expect(try home.shell("stat -c %a claim claim/*").output == "700\n600\n600\n600\n600\n")
        let provisioned = try provision("SIM-1", "--connect")
        #expect(provisioned.code == 0, "\(provisioned.output)\(provisioned.errors)")
        let said = try #require(try provisioned.objects.first)
        #expect(said["thing"] as? String == "SIM-1")
        #expect(said["deviceConfiguration"] as? [String: String] == ["interval": "60"])
        let thing = try #require(try world.thing("SIM-1"))
        #expect(thing["attributes"] as? [String: String] == ["serial": "SIM-1"])
        let principal = try #require((thing["principals"] as? [[String: Any]])?.first)
        #expect(principal["status"] as? String == "ACTIVE")
        #expect(principal["policies"] as? [String] == ["devices"])
        let pem = try #require(principal["certificatePem"] as? String)
        let key = try PrivateKey(pem: Redacted(try home.contents("disk-SIM-1/key.pem")))
        #expect(try Certificate.chain(pem: pem).first?.summary.publicKeyHash == key.publicKeyHash)
        // It remembers, and connects without the claim.
        try world.run("mv claim/claim.key kept && rm -r claim")
        let again = try home.shell("muster simulate device disk-SIM-1 --connect")
        #expect(again.code == 0, "\(again.errors)")
        let secret = try home.contents("kept").split(separator: "\n").dropFirst().prefix(2).joined(
            separator: "\n")
        #expect(try SecretSearch(Data(secret.utf8)).hits(in: home.store) == [])
    }

    @Test func `a claim that has run out, or of another template, lets nobody in`() throws {
        try world.putTemplate()
        try claim()
        try world.peer.ageClaims(bySeconds: 400)
        let late = try provision("SIM-1")
        #expect(late.code == 77 && late.errors.contains("aws_fleet_forbidden"), "\(late.errors)")
        // By the device's own clock it is not even shown.
        let facts = try home.contents("claim/claim.json")
        let year = #/"expires":"\d{4}/#
        _ = try home.write(facts.replacing(year, with: "\"expires\":\"2020"), to: "claim/claim.json")
        let asked = try world.peer.requests().count
        let stale = try provision("SIM-2")
        #expect(stale.code == 77 && stale.errors.contains("aws_claim_expired"), "\(stale.errors)")
        #expect(try world.peer.requests().count == asked)
        try claim("fresh")
        let other = try home.contents("fresh/claim.json").replacing("meters", with: "others")
        _ = try home.write(other, to: "fresh/claim.json")
        #expect(try provision("SIM-3", claim: "fresh").code != 0)
        #expect(try world.thing("SIM-1") == nil)
        #expect(try world.thing("SIM-3") == nil)
    }

    @Test func `the hook lets serials of the job in and nobody else`() throws {
        _ = try home.write(
            #"{"jobID":"J-1","tenant":"nordlicht","site":"oslo-1","expected":[{"fields":{"serial":"SIM-1"}}]}"#,
            to: "job.json")
        try world.run("muster registrar job add job.json")
        try world.putTemplate("--hook \(FleetWorld.hook)")
        try world.peer.answerHook(
            FleetWorld.hook,
            by: [
                Home.programs + "/muster", "registrar", "fleet", "hook", "J-1", "--tenant", "nordlicht",
            ], in: home)
        try claim()
        let stranger = try provision("SIM-9")
        #expect(stranger.code == 77 && stranger.errors.contains("aws_fleet_forbidden"), "\(stranger.errors)")
        let known = try provision("SIM-1")
        #expect(known.code == 0, "\(known.errors)")
        #expect(try world.thing("SIM-9") == nil)
        #expect(try world.thing("SIM-1") != nil)
        let audit = try world.audited("state/muster/registrar/registrar.db")
        #expect(audit.contains("fleet_hook_refused") && audit.contains("fleet_hook_allowed"))
    }

    @Test func `AWS's own device SDK comes by the same claim, and by the principals that the device got`()
        throws
    {
        try world.putTemplate()
        try claim()
        let (key, csr) = try world.request("SDK-1")
        let made = try world.object(
            try SecondClient.provision(
                "SDK-1", by: home.directory.file("claim"), template: "meters", request: csr,
                at: world.peer))
        #expect(made["thingName"] as? String == "SDK-1")
        let pem = try home.write(try #require(made["certificatePem"] as? String), to: "sdk.pem")
        #expect(
            try SecondClient.hello("SDK-1", certificate: pem, key: key, at: world.peer).contains("hello"))
        // What Muster's device got serves the SDK as well.
        #expect(try provision("SIM-1").code == 0)
        let place = try world.object(try home.contents("disk-SIM-1/fleet.json"))
        let own = try home.write(try #require(place["certificate"] as? String), to: "own.pem")
        let ownKey = home.directory.file("disk-SIM-1/key.pem")
        #expect(
            try SecondClient.hello("SIM-1", certificate: own, key: ownKey, at: world.peer).contains("hello"))
    }
}
