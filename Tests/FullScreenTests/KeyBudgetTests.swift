import TestSupport
import Testing

/// How many keys the work takes, counted at a real terminal.
@Suite struct KeyBudgetTests {
    private let tablet: Tablet
    private let session: PTYSession

    /// In the batch lane of the sample job, after one key.
    init() throws {
        tablet = try Tablet.withSamples()
        session = try tablet.open()
        try session.see("Fit out the basement in Oslo")
        try session.press(Keys.enter)
        try session.see("START SCANNING")
    }

    @Test func `a job, its first device and each further one take one key and a scan each`() throws {
        try session.scan("NCT-000404")
        try session.see("NCT-000404 is saved → rack 1 / slot 1")
        try session.scan("]C1010950110153003421NDX-001212")
        try session.see("NDX-001212 is saved → rack 1 / slot 2")
        try session.scan("]Q1https://id.nordlicht.example/01/09501101530010/21/NEM-000606")
        try session.see("NEM-000606 is saved → rack 1 / slot 3")
        for serial in ["NCT-000404", "NDX-001212", "NEM-000606"] {
            try session.seeRow("✓", serial, "confirmed")
        }
        #expect(try tablet.devices().keys.sorted() == ["NCT-000404", "NDX-001212", "NEM-000606"])
    }

    @Test func `a typed serial takes its characters and Enter`() throws {
        try session.press(Keys.enter)
        try session.see("Ready: scan the next device")
        #expect(try session.type("SNX-12345678", into: "Serial or code") == 12)
        #expect(try tablet.operations().isEmpty)
        try session.press(Keys.enter)
        try session.see("SNX-12345678 is saved")
        try session.seeRow("✓", "SNX-12345678", "confirmed")
    }

    @Test func `where the lane confirms, a scan waits for one key`() throws {
        try session.press(Keys.enter)
        try session.see("Ready: scan the next device")
        try session.press(Keys.f(4))
        try session.see("Ready: scan, then Enter")
        try session.scan("NCT-000404")
        try session.see("NCT-000404: Enter saves it")
        #expect(try tablet.operations().isEmpty)
        try session.press(Keys.enter)
        try session.see("NCT-000404 is saved → rack 1 / slot 1")
    }

    @Test func `a place and its device are two scans`() throws {
        try session.scan("POS:rack 1 / slot 9")
        try session.see("Position rack 1 / slot 9: now the device")
        try session.scan("]C000005E005311")
        try session.see("is saved → rack 1 / slot 9")
        try session.scan("POS:roof")
        try session.see("Position roof: now the device")
        try session.scan("NCT-000404")
        try session.see("NCT-000404 is saved → roof")
    }

    @Test func `from an error one key leads back to the work, and a scan needs none`() throws {
        let misprinted = "]d2010950110153004221NPM-001313"
        try session.scan(misprinted)
        try session.see("[label_bad_check_digit]")
        try session.press(Keys.enter)
        try session.see("Ready: scan the next device")
        try session.scan(misprinted)
        try session.see("[label_bad_check_digit]")
        try session.scan("NCT-000404")
        try session.see("NCT-000404 is saved → rack 1 / slot 1")
        #expect(try tablet.devices().keys.sorted() == ["NCT-000404"])
    }

    @Test func `what is confirmed already is not taken back but explained`() throws {
        try session.scan("NCT-000404")
        try session.seeRow("✓", "NCT-000404", "confirmed")
        try session.press(Keys.f(1))
        try session.see("GO ON")
        try session.press(Keys.enter)
        try session.seeRow("✓", "NCT-000404", "confirmed")
        #expect(try tablet.devices().keys.sorted() == ["NCT-000404"])
    }
}
