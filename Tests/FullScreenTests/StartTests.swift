import TestSupport
import Testing

/// The program without a command, as it begins and ends.
@Suite struct StartTests {
    @Test(arguments: ["9", Keys.interrupt])
    func `it shows the sample job at once, and leaves with one key`(_ key: String) throws {
        let tablet = try Tablet.withSamples()
        let session = try tablet.open()
        try session.see("Muster · Home")
        #expect(session.screen.isAlternate)
        try session.see("Fit out the basement in Oslo")
        #expect(session.screen.contains("SCAN A DEVICE"))
        try session.press(key)
        #expect(try session.end() == .exited(0))
        session.expectRestored()
        #expect(session.screen.lines.allSatisfy { $0.isEmpty })
    }

    @Test func `a first start needs nothing that was set up`() throws {
        let tablet = try Tablet()
        let session = try tablet.open()
        try session.see("No job is open")
        try session.see("default/default · online")
        try session.scan("SN-1001")
        try session.save("SN-1001")
        try session.seeRow("✓ confirmed", "receipt")
        try session.press(Keys.interrupt)
        #expect(try session.end() == .exited(0))
        #expect(try tablet.devices().keys.sorted() == ["SN-1001"])
    }

    @Test func `without anybody to talk to it refuses politely`() throws {
        let tablet = try Tablet()
        let finished = try tablet.home.shell("muster --store \(tablet.store) </dev/null >file")
        #expect(finished.code == 64)
        #expect(finished.errors.contains("needs a terminal") && finished.errors.contains("muster --help"))
        #expect(try tablet.home.contents("file").isEmpty)
    }
}
