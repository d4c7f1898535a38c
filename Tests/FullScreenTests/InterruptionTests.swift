import Canvas
import Glibc
import TestSupport
import Testing

/// The terminal changes, stops or goes away amid the work: it is given back, and what was saved is there.
@Suite struct InterruptionTests {
    private let tablet: Tablet

    init() throws { tablet = try Tablet.withSamples() }

    /// In the batch lane of the sample job, with one device saved.
    private func work(in session: PTYSession) throws {
        try session.see("Fit out the basement in Oslo")
        try session.press(Keys.enter)
        try session.see("START SCANNING")
        try session.scan("NCT-000404")
        try session.see("NCT-000404 is saved → rack 1 / slot 1")
        try session.seeRow("✓", "NCT-000404", "confirmed")
    }

    private func expectSaved(_ serials: [String], sourceLocation: SourceLocation = #_sourceLocation) throws {
        let devices = try tablet.devices()
        #expect(devices.keys.sorted() == serials.sorted(), sourceLocation: sourceLocation)
        #expect(devices.values.allSatisfy { $0 == 2 }, "\(devices)", sourceLocation: sourceLocation)
    }

    @Test func `the batch lane works at every size`() throws {
        let session = try tablet.open()
        try work(in: session)
        session.resize(Size(columns: 40, rows: 10))
        try session.see("screen of ten rows") { screen in
            (screen.lines.last ?? "").contains("nordlicht/oslo-1")
        }
        #expect(session.screen.lines.count == 10)
        try session.scan("]C1010950110153003421NDX-001212")
        try session.see("NDX-001212 is saved")
        session.resize(Size(columns: 200, rows: 60))
        try session.see("screen of sixty rows") { screen in
            (screen.lines.last ?? "").contains("confirmed")
        }
        #expect(session.screen.lines.count == 60)
        try session.scan("]Q1https://id.nordlicht.example/01/09501101530010/21/NEM-000606")
        try session.see("NEM-000606 is saved → rack 1 / slot 3")
        try session.seeRow("✓", "NDX-001212", "confirmed", "rack 1 / slot 2")
        try session.press(Keys.interrupt)
        #expect(try session.end() == .exited(0))
        session.expectRestored()
        try expectSaved(["NCT-000404", "NDX-001212", "NEM-000606"])
    }

    @Test func `Ctrl-Z gives the terminal to the shell, and fg goes on where it was`() throws {
        let session = try tablet.openInShell(
            before: "set -m", after: "stty -a | grep -o ' icanon'; echo st\\opped; read line; fg; echo d\\one"
        )
        try work(in: session)
        try session.press(Keys.suspend)
        try session.see("stopped")
        #expect(!session.screen.isAlternate)
        #expect(session.screen.contains(" icanon"))
        try session.send("\n")
        try session.see("Ready: scan the next device")
        try session.scan("]C1010950110153003421NDX-001212")
        try session.see("NDX-001212 is saved → rack 1 / slot 2")
        try session.press(Keys.interrupt)
        try session.see("done")
        _ = try session.end()
        session.expectRestored()
        try expectSaved(["NCT-000404", "NDX-001212"])
    }

    @Test(arguments: [SIGTERM, SIGHUP, SIGINT, SIGQUIT])
    func `a signal that ends gives the terminal back`(_ number: Int32) throws {
        let session = try tablet.open()
        try work(in: session)
        session.signal(number)
        #expect(try session.end() == .exited(0))
        session.expectRestored()
        try expectSaved(["NCT-000404"])
    }

    @Test func `a terminal that goes away ends the program, and what was scanned last is saved`() throws {
        let session = try tablet.open()
        try work(in: session)
        session.hangUp()
        #expect(try session.end() == .exited(0))
        try expectSaved(["NCT-000404"])
    }

    @Test func `killed amid the work, it opens where it was, with nothing lost and nothing doubled`() throws {
        let first = try tablet.open()
        try work(in: first)
        try first.scan("]C1010950110153003421NDX-001212")
        try first.see("NDX-001212 is saved → rack 1 / slot 2")
        first.signal(SIGKILL)
        #expect(try first.end() == .signalled(SIGKILL))
        let second = try tablet.open()
        try second.see("2/14 Fit out the basement in Oslo")
        try second.see("Ready: scan the next device")
        #expect(second.screen.contains("sample-labels"))
        try second.scan("NCT-000404")
        try second.see("NCT-000404 is saved")
        try second.scan("]Q1https://id.nordlicht.example/01/09501101530010/21/NEM-000606")
        try second.see("NEM-000606 is saved → rack 1 / slot 3")
        try second.see("3/14")
        try second.press(Keys.interrupt)
        #expect(try second.end() == .exited(0))
        try expectSaved(["NCT-000404", "NDX-001212", "NEM-000606"])
        let doctor = try tablet.muster("doctor")
        #expect(doctor.code == 0, "\(doctor.output)")
    }
}
