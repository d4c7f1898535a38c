import Foundation
import TestSupport
import Testing

/// What AWS says of having seen a device: with the real programs, a device that connects to a broker, and fleet indexing as
/// an account's administrator switches it on.
@Suite(.enabled(if: CloudPeers.areUsable, Comment(rawValue: CloudPeers.missing)))
struct AWSWitnessTests {
    private let world: FleetWorld
    private let device: DeviceProcess
    private var home: Home { world.home }
    private var peer: AWSPeer { world.peer }

    init() throws {
        world = try FleetWorld(mqtt: true)
        let tty = world.home.directory.file("tty")
        device = try DeviceProcess(
            disk: world.home.directory.file("disk"), tty: tty, ["--identity", "SIM-1"])
        try world.commission("SIM-1", "--hand-over serial:\(tty) --target eu")
    }

    private func index(_ things: String, connectivity: String = "OFF") throws {
        try SecondClient.index(things, connectivity: connectivity, of: peer, as: peer.ready.accounts[0])
    }

    private func connect() throws {
        let at = try #require(peer.ready.mqtt)
        try world.run("muster simulate device disk --connect --hub-at \(at) --root \(peer.ready.ca)")
    }

    private func ask(_ options: String = "") throws -> Finished {
        withExtendedLifetime(device) {}
        return try home.muster("verify SIM-1 --by target --json \(options)")
    }

    private func told(_ finished: Finished, _ member: String) throws -> [String: Any] {
        try #require(
            try finished.objects.compactMap { $0[member] as? [String: Any] }.last,
            "\(finished.output)\(finished.errors)")
    }

    private func cause(_ finished: Finished) throws -> String? {
        (try told(finished, "failure")["cause"] as? [String: Any])?["code"] as? String
    }

    private func text(_ finished: Finished) throws -> String {
        (try told(finished, "failure")["cause"] as? [String: Any])?["text"] as? String ?? ""
    }

    @Test func `a device is online by the word of AWS once it has connected, and never before`() throws {
        try index("REGISTRY", connectivity: "STATUS")
        let early = try ask()
        #expect(try early.code == 1 && cause(early) == "not_seen_by_target", "\(early.errors)")
        #expect(try home.muster("device show SIM-1").output.contains("eu has not seen it yet"))
        try connect()
        let seen = try ask()
        #expect(seen.code == 0, "\(seen.output)\(seen.errors)")
        let proof = try told(seen, "proof")
        #expect(proof["witness"] as? String == "target" && proof["extent"] as? String == "authenticated")
        #expect((proof["endpoint"] as? String)?.contains("-ats.iot.eu-west-1.amazonaws.com") == true)
        #expect(proof["isCertificateOnRecord"] as? Bool == true)
        let shown = try home.muster("device show SIM-1").output
        #expect(shown.contains("online: its target says that it was seen at mqtts://"), "\(shown)")
    }

    @Test func `an index that is still being built is asked again, by itself`() throws {
        try connect()
        try index("REGISTRY", connectivity: "STATUS")
        // What waits is waited for here, however long.
        #expect(try ask("--offline").code == 4)
        let synced = try home.muster("sync")
        #expect(synced.code == 0, "\(synced.output)\(synced.errors)")
        #expect(try home.muster("device show SIM-1").output.contains("online: its target says"))
        let looks = try peer.requests().filter { $0.operation == "SearchIndex" }.map(\.status)
        #expect(looks == [400, 200], "the first look finds it being built")
    }

    @Test func `without an index, or one of connections, what to switch on is named`() throws {
        try connect()
        let next = "Switch fleet indexing with thing connectivity on"
        let blind = try ask()
        #expect(try blind.code == 1 && cause(blind) == "target_not_asked", "\(blind.errors)")
        #expect(try text(blind).contains("eu could not be asked. Whether SIM-1 has connected is not known"))
        #expect(try text(blind).contains("there is no search index. \(next)"))
        try index("REGISTRY")
        let deaf = try ask()
        #expect(try deaf.code == 1 && cause(deaf) == "target_not_asked", "\(deaf.errors)")
        #expect(try text(deaf).contains("the account does not index connectivity. \(next)"))
        // What could not be asked stops nothing that comes after it for the device.
        #expect(try home.muster("queue list --json").objects.isEmpty)
        #expect(try home.muster("device show SIM-1").output.contains(next))
        #expect(try !home.muster("device show SIM-1").output.contains("online"))
        // Once it is on, the question is asked anew.
        try index("REGISTRY", connectivity: "STATUS")
        let seen = try ask()
        #expect(seen.code == 0, "\(seen.output)\(seen.errors)")
    }

    @Test func `a thing that the index has not caught up with has not been seen`() throws {
        try connect()
        try index("REGISTRY", connectivity: "STATUS")
        try peer.unindex("SIM-1")
        let asked = try ask()
        #expect(try asked.code == 1 && cause(asked) == "not_seen_by_target", "\(asked.errors)")
    }
}
