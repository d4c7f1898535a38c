import TestSupport
import Testing

/// A team's registrar that is away, comes back, or is somebody else.
@Suite struct AwayTests {
    private let tablet: Tablet
    private let port: String

    /// Paired with a registrar that will listen on a port which is free now.
    init() throws {
        tablet = try Tablet()
        try tablet.home.makeTeamRegistrar("product add gateway --admission open --match gtin=09501101530003")
        let server = try Server(tablet.home, directory: "reg")
        port = server.port
        try server.stop()
        let pairing = try tablet.home.registrar(
            "pairing jk --directory reg --url https://127.0.0.1:\(port) --output jk.pairing")
        try #require(pairing.code == 0, "\(pairing.errors)")
        let paired = try tablet.muster("registrar pair jk.pairing")
        try #require(paired.code == 0, "\(paired.errors)")
    }

    /// The batch lane without a job.
    private func openBatch() throws -> PTYSession {
        let session = try tablet.open()
        try session.see("jk@Acme")
        try session.press("2")
        try session.see("Set once what every device gets")
        try session.press(Keys.enter)
        try session.see("Ready: scan the next device")
        return session
    }

    @Test func `three devices are saved while it is away, and confirmed without a key when it is back`()
        throws
    {
        let session = try openBatch()
        try session.press(Keys.f(5))
        try session.choose("gs1-gateway.png")
        try session.see("NGW-000202 is saved")
        try session.scan("SN-1001")
        try session.see("SN-1001 is saved")
        try session.type("SN-1002", into: "Serial or code")
        try session.press(Keys.enter)
        try session.see("SN-1002 is saved")
        for serial in ["NGW-000202", "SN-1001", "SN-1002"] { try session.seeRow("●", serial, "saved") }
        try session.see("offline")
        let server = try Server(tablet.home, directory: "reg", listen: "127.0.0.1:\(port)")
        for serial in ["NGW-000202", "SN-1001", "SN-1002"] {
            try session.seeRow("✓", serial, "confirmed", seconds: PTYSession.patienceForRetry)
        }
        try session.see("online")
        #expect(try tablet.operations().allSatisfy { $0["state"] as? String == "applied" })
        try server.stop()
    }

    @Test func `the last one is taken back with one key while it is not sent`() throws {
        let session = try openBatch()
        try session.scan("SN-1001")
        try session.seeRow("●", "SN-1001", "saved")
        try session.press(Keys.f(1))
        try session.see("SN-1001 is taken back")
        try session.scan("SN-1001")
        try session.see("SN-1001 is saved")
        let states = try tablet.operations().compactMap { $0["state"] as? String }
        #expect(states.contains("withdrawn") && states.contains { $0 != "withdrawn" })
        let server = try Server(tablet.home, directory: "reg", listen: "127.0.0.1:\(port)")
        try session.seeRow("✓", "SN-1001", "confirmed", seconds: PTYSession.patienceForRetry)
        try server.stop()
    }

    @Test func `another registrar at its address is a wrong network, and gets nothing`() throws {
        try #require(try tablet.home.registrar("init --directory other --name Other").code == 0)
        let stranger = try Server(tablet.home, directory: "other", listen: "127.0.0.1:\(port)")
        let session = try openBatch()
        try session.scan("SN-1001")
        try session.see("SN-1001 is saved")
        try session.see("wrong network")
        try session.press(Keys.f(8))
        try session.see("wrong network: ")
        #expect(try tablet.operations().allSatisfy { $0["receipt"] == nil })
        try stranger.stop()
    }

    @Test func `something at its address that does not even speak TLS leaves the work on the tablet`() throws
    {
        let server = try tablet.python("-m", "http.server", port, "--bind", "127.0.0.1")
        let session = try openBatch()
        try session.scan("SN-1001")
        try session.see("SN-1001 is saved")
        try session.see("offline or wrong network") { $0.contains("offline") || $0.contains("wrong network") }
        try session.press(Keys.f(8))
        try session.see("explanation") { $0.contains("offline: ") || $0.contains("wrong network: ") }
        #expect(try tablet.operations().allSatisfy { $0["receipt"] == nil })
        try server.end()
    }
}
