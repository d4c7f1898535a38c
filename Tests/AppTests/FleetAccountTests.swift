import Credentials
import Foundation
import Model
import TestSupport
import Testing

/// Templates, authorities and bulk tasks of an account, put there with the real programs and read back by boto3.
@Suite(.enabled(if: CloudPeers.areUsable, Comment(rawValue: CloudPeers.missing)))
struct FleetAccountTests {
    private let world: FleetWorld
    private var home: Home { world.home }

    init() throws {
        world = try FleetWorld()
    }

    private func seen(_ kind: String) throws -> [[String: Any]] {
        let all = try world.object(
            try SecondClient.fleet(of: world.peer, as: world.peer.ready.accounts[0]))
        return try #require(all[kind] as? [[String: Any]])
    }

    @Test func `a template is made, left alone, changed and removed`() throws {
        try world.putTemplate()
        try world.putTemplate()
        #expect(try world.count("CreateProvisioningTemplate") == 1)
        #expect(try world.count("CreateProvisioningTemplateVersion") == 0)
        let first = try #require(try seen("templates").first)
        #expect(first["templateName"] as? String == "meters" && first["enabled"] as? Bool == true)
        #expect(first["provisioningRoleArn"] as? String == FleetWorld.role)
        let drafted = try home.contents("meters.json").trimmingCharacters(in: .newlines)
        #expect((first["templateBody"] as? String)?.trimmingCharacters(in: .newlines) == drafted)
        for number in 0..<6 {
            try world.putTemplate("--hook \(FleetWorld.hook)", draft: "--tell version=\(number)")
        }
        let changed = try #require(try seen("templates").first)
        #expect((changed["templateBody"] as? String)?.contains(#""version":"5""#) == true)
        #expect(
            (changed["preProvisioningHook"] as? [String: Any])?["targetArn"] as? String == FleetWorld.hook)
        #expect(try world.fleet("template list eu --json").objects.count == 1)
        #expect(try world.fleet("template remove eu meters").code == 0)
        #expect(try seen("templates").isEmpty)
        let gone = try world.fleet("template show eu meters")
        #expect(gone.code == 1 && gone.errors.contains("There is no template meters"), "\(gone.errors)")
    }

    @Test func `what AWS would refuse of a template is named before anything is sent`() throws {
        _ = try home.write(#"{"Resources":{}}"#, to: "bad.json")
        let asked = try world.peer.requests().count
        let refused = try world.fleet("template put eu meters bad.json --role \(FleetWorld.role)")
        #expect(refused.code == 1 && refused.errors.contains("aws_template_certificate"), "\(refused.errors)")
        #expect(try world.peer.requests().count == asked)
        try world.run("muster-registrar init --directory own --name Own")
        let wrong = try home.shell("muster-registrar fleet template list eu --directory own")
        #expect(wrong.code == 1 && wrong.errors.contains("unknown_target"), "\(wrong.errors)")
    }

    @Test func `the issuing authority proves its key, and its devices are known by it`() throws {
        try world.peer.order(.lost, on: "RegisterCACertificate")
        let registered = try world.fleet("authority register eu --auto-registration --json")
        #expect(registered.code == 0, "\(registered.output)\(registered.errors)")
        let id = try #require(try registered.objects.first?["certificateID"] as? String)
        let authority = try #require(
            try seen("authorities").first?["certificateDescription"] as? [String: Any])
        #expect(authority["certificateId"] as? String == id && authority["status"] as? String == "ACTIVE")
        #expect(authority["autoRegistrationStatus"] as? String == "ENABLE")
        #expect(authority["certificateMode"] as? String == "DEFAULT")
        let listed = try #require(try world.fleet("authority list eu --json").objects.first)
        #expect(listed["isOwn"] as? Bool == true)
        // A target of that authority takes its devices in.
        try world.add("mine", account: 0, "--set issuer=authority")
        try world.request("SN-1")
        try world.commission("SN-1", "--csr SN-1.csr --target mine")
        #expect(try world.standings("SN-1") == ["ACTIVE"])
        #expect(try world.fleet("authority remove eu \(id)").code == 0)
        #expect(try seen("authorities").isEmpty)
        let byName = try world.fleet("authority register other --mode sni-only")
        #expect(byName.code == 0, "\(byName.errors)")
    }

    @Test func `devices of the authority are provisioned by a template with their first connection`() throws {
        try world.run(
            "muster registrar fleet template draft --use just-in-time --policy devices >first.json")
        let role = "--role \(FleetWorld.role)"
        try world.run("muster registrar fleet template put eu first first.json --just-in-time \(role)")
        let registered = try world.fleet("authority register eu --template first --json")
        #expect(registered.code == 0, "\(registered.output)\(registered.errors)")
        #expect(try registered.objects.first?["template"] as? String == "first")
        let authority = try #require(try seen("authorities").first)
        let first = authority["registrationConfig"] as? [String: Any]
        #expect(first?["templateName"] as? String == "first", "\(authority)")
        let listed = try #require(try world.fleet("authority list eu --json").objects.first)
        #expect(listed["template"] as? String == "first")
    }

    private func prepareBulk(_ serials: [String]) throws -> String {
        try world.run(
            "muster registrar fleet template draft --use bulk --thing {SerialNumber} --policy devices >bulk.json"
        )
        var lines = ""
        for serial in serials {
            let (_, csr) = try world.request(serial)
            let pem = try String(contentsOfFile: csr, encoding: .utf8)
            lines += try CanonicalJSON.text(["SerialNumber": serial, "CSR": pem]) + "\n"
        }
        _ = try home.write(lines, to: "devices.json")
        return "bulk start eu devices.json --template bulk.json --bucket acme --role \(FleetWorld.role)"
    }

    @Test func `a bulk task is checked, uploaded, started once and reported on`() throws {
        let start = try prepareBulk(["B-1", "B-2"])
        let early = try world.fleet(start)
        #expect(early.code == 1 && early.errors.contains("aws_bucket_missing"), "\(early.errors)")
        try world.peer.makeBucket("acme")
        // The answer is lost, and the task is found again by its file.
        try world.peer.order(.lost, on: "StartThingRegistrationTask")
        let started = try world.fleet(start + " --wait")
        #expect(started.code == 0, "\(started.output)\(started.errors)")
        #expect(try world.count("StartThingRegistrationTask") == 1)
        let task = try #require(try seen("tasks").first)
        #expect(task["status"] as? String == "Completed" && task["successCount"] as? Int == 2)
        #expect(try world.standings("B-1") == ["ACTIVE"])
        #expect(try world.standings("B-2") == ["ACTIVE"])
        #expect(try world.fleet("bulk report eu --results").objects.count == 2)
        #expect(try world.fleet("bulk report eu").output == "")
        #expect(try world.fleet("work --all --json").objects.first?["state"] as? String == "done")
    }

    @Test func `a file at fault is not sent, and a task that is under way is stopped`() throws {
        let start = try prepareBulk(["B-1"])
        let good = try home.contents("devices.json")
        _ = try home.write(good + "{\"SerialNumber\":\"B-2\"}\n", to: "devices.json")
        let asked = try world.peer.requests().count
        let refused = try world.fleet(start)
        #expect(refused.code == 65 && refused.errors.contains("Line 2 does not say CSR"), "\(refused.errors)")
        #expect(try world.peer.requests().count == asked)
        _ = try home.write(good, to: "devices.json")
        try world.peer.put(good, bucket: "acme", key: "devices.json")
        #expect(try world.fleet(start + " --uploaded").code == 0)
        #expect(try world.count("PutObject") == 0)
        #expect(try world.fleet("bulk stop eu").code == 0)
        let stopped = try world.fleet("bulk status eu --json")
        let state = try #require(try stopped.objects.first?["task"] as? [String: Any])
        #expect(state["status"] as? String == "Cancelled", "\(stopped.output)\(stopped.errors)")
        #expect(try world.thing("B-1") == nil)
    }
}
