import TestSupport
import Testing

/// What stands in the way of saving is said with a key to go on, and the screen stays alive.
@Suite struct TroubleTests {
    private let tablet: Tablet

    init() throws { tablet = try Tablet.withSamples() }

    private func openBatch(_ session: PTYSession) throws {
        try session.see("Fit out the basement in Oslo")
        try session.press(Keys.enter)
        try session.see("START SCANNING")
        try session.press(Keys.enter)
        try session.see("Ready: scan the next device")
    }

    /// What was not saved is said; one key leads back, and the outbox shows what was saved before.
    private func expectAlive(_ session: PTYSession, with serial: String) throws {
        try session.see("GO ON")
        #expect(session.screen.contains("→ "))
        try session.press(Keys.enter)
        try session.see("Ready: scan the next device")
        try session.press(Keys.f(6))
        try session.see("Outbox: ")
        try session.press("4")
        try session.see("outbox with \(serial)") { $0.contains("Outbox: ") && $0.contains(serial) }
    }

    @Test func `a full disk is said, and earlier work can be read`() throws {
        let first = try tablet.home.run([
            "commission", "--job", "sample-labels", "--serial", "NCT-000404", "--store", tablet.store,
        ])
        try #require(first.code == 0, "\(first.errors)")
        // A limit on the size of files stands for the disk: the kernel refuses further growth alike.
        let session = try tablet.openInShell(before: "trap '' XFSZ; ulimit -f 64")
        try openBatch(session)
        for number in 1...40 where !session.screen.contains("GO ON") {
            try session.scan("SN-\(1000 + number)")
            try session.see("outcome of SN-\(1000 + number)") { screen in
                screen.contains("SN-\(1000 + number) is saved") || screen.contains("GO ON")
            }
        }
        try expectAlive(session, with: "NCT-000404")
        try session.press(Keys.interrupt)
        _ = try session.end()
        session.expectRestored()
        #expect(try tablet.devices()["NCT-000404"] == 2)
        #expect(try tablet.muster("doctor").code == 0)
    }

    @Test func `a store that another program holds is said, and works again once it is free`() throws {
        let session = try tablet.open()
        try openBatch(session)
        try session.scan("NCT-000404")
        try session.seeRow("✓", "NCT-000404", "confirmed")
        let holder = try tablet.python(
            "-c",
            """
            import sqlite3, sys
            connection = sqlite3.connect(sys.argv[1], isolation_level=None)
            connection.execute("BEGIN IMMEDIATE")
            print("held")
            sys.stdin.read()
            """, tablet.store + "/store.db")
        try session.scan("]C1010950110153003421NDX-001212")
        try session.see("GO ON")
        #expect(!session.screen.contains("NDX-001212 is saved"))
        try expectAlive(session, with: "NCT-000404")
        try holder.end()
        try session.press(Keys.escape)
        try session.see("Ready: scan the next device")
        try session.scan("]C1010950110153003421NDX-001212")
        try session.see("NDX-001212 is saved → rack 1 / slot 2")
        try session.press(Keys.interrupt)
        #expect(try session.end() == .exited(0))
        #expect(try tablet.devices() == ["NCT-000404": 2, "NDX-001212": 2])
    }
}
