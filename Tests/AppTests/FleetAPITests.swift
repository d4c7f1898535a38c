import Foundation
import Model
import TestSupport
import Testing

/// A technician's claim: asked of the team's registrar, with its rights, with a network or not at all.
@Suite(.enabled(if: CloudPeers.areUsable, Comment(rawValue: CloudPeers.missing)))
struct FleetAPITests {
    private let world: FleetWorld
    private var home: Home { world.home }

    init() throws {
        world = try FleetWorld()
        try world.putTemplate()
        try home.makeTeamRegistrar(
            "operator add ina --role installer --tenant acme --site oslo-1",
            "site add oslo-2 --tenant acme",
            "operator add tom --role installer --tenant acme --site oslo-2")
        try world.add(
            "eu", account: 0, "--set fleetTemplate=meters --directory reg", by: "muster-registrar")
        try world.run("muster-registrar placement set --static eu --directory reg")
    }

    private func pair(_ name: String, _ server: Server, store: String) throws {
        try world.run(
            "muster-registrar pairing \(name) --directory reg --url https://127.0.0.1:\(server.port) --output \(name).pairing"
        )
        try world.run("muster registrar pair \(name).pairing --store \(store)")
    }

    @Test
    func `an installer gets a claim for a device of theirs, the audit says so, and the key is nowhere else`()
        throws
    {
        let server = try Server(home, directory: "reg")
        defer { withExtendedLifetime(server) {} }
        try pair("ina", server, store: "tablet")
        try world.run("muster commission --serial SN-1 --tenant acme --site oslo-1 --store tablet")
        let claimed = try home.shell("muster fleet claim SN-1 --out claim --store tablet --json")
        #expect(claimed.code == 0, "\(claimed.output)\(claimed.errors)")
        let facts = try #require(try claimed.objects.first)
        #expect(facts["template"] as? String == "meters" && facts["target"] as? String == "eu")
        #expect(try home.shell("stat -c %a claim/claim.key").output == "600\n")
        let audit = try world.audited("reg/registrar.db")
        #expect(audit.contains("fleet_claim_issued ina"), "\(audit)")
        let secret = try home.contents("claim/claim.key").split(separator: "\n")[1]
        for place in ["reg", "tablet"] {
            #expect(try SecretSearch(Data(secret.utf8)).hits(in: home.directory.file(place)) == [])
        }
        // Another template is not an installer's to choose.
        let other = try home.shell("muster fleet claim SN-1 --template x --out other --store tablet")
        #expect(other.code == 77, "\(other.errors)")
        #expect(try home.shell("test -e other").code != 0)
    }

    @Test func `somebody of another site gets none, and without a network nothing is asked for later`() throws
    {
        let server = try Server(home, directory: "reg")
        try pair("ina", server, store: "tablet")
        try world.run("muster commission --serial SN-1 --tenant acme --site oslo-1 --store tablet")
        let id = try #require(
            try home.muster("device show --json SN-1 --store tablet").objects.first?["deviceID"] as? String)
        try pair("tom", server, store: "toms")
        try world.run("muster commission --serial SN-2 --tenant acme --site oslo-2 --store toms")
        let device = try #require(
            try home.muster("device show --json SN-2 --store toms").objects.first?["deviceID"] as? String)
        #expect(device != id)
        let token = try world.object(try home.contents("tom.pairing"))["token"] as? String ?? ""
        let asked = try home.shell(
            "curl -sk -o answer -w '%{http_code}' -X POST -H 'Authorization: Bearer \(token)' -d '{}' "
                + "https://127.0.0.1:\(server.port)/v1/devices/\(id)/provisioning-claim")
        let answer = try home.contents("answer")
        #expect(asked.output == "403", "\(asked.output) \(answer)")
        try server.stop()
        let offline = try home.shell("muster fleet claim SN-1 --out late --store tablet")
        #expect(offline.code == 69 && offline.errors.contains("none is asked for later"), "\(offline.errors)")
        #expect(try home.shell("test -e late").code != 0)
        #expect(
            try home.muster("queue list --json --store tablet").objects.allSatisfy {
                $0["state"] as? String == "applied"
            })
        #expect(try world.count("CreateProvisioningClaim") == 0)
    }
}
