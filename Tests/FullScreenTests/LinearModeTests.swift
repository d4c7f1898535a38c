import TestSupport
import Testing

/// The same journeys in lines, through pipes.
@Suite struct LinearModeTests {
    private let tablet: Tablet

    init() throws { tablet = try Tablet.withSamples() }

    private func expectPlain(_ session: LineSession) {
        #expect(!session.said.contains(0x1B) && !session.said.contains(0x0D))
        #expect(!String(decoding: session.said, as: UTF8.self).contains("\u{FFFD}"))
    }

    @Test func `a job is worked off in lines, down to the outbox`() throws {
        let session = try LineSession(tablet)
        try session.hear("== Home ==")
        try session.hear("#1 ·, Fit out the basement in Oslo")
        try session.say("#1")
        try session.hear("Enter: START SCANNING")
        try session.say("")
        try session.hear("Ready: scan the next device")
        try session.say("NCT-000404")
        try session.hear("* NCT-000404 is saved → rack 1 / slot 1")
        try session.hear("✓, 1, NCT-000404, confirmed")
        try session.say("]C1010950110153003421NDX-001212")
        try session.hear("✓, 2, NDX-001212, confirmed")
        try session.say("SNX-12345678")
        try session.hear("✓, 3, SNX-12345678, confirmed")
        try session.say(".4")
        try session.hear("Ready: scan, then Enter")
        try session.say("]Q1https://id.nordlicht.example/01/09501101530010/21/NEM-000606")
        try session.hear("NEM-000606: Enter saves it")
        try session.say("")
        try session.hear("NEM-000606 is saved → rack 1 / slot 3")
        try session.say(".4")
        try session.hear("Ready: scan the next device")
        try session.say("POS:roof")
        try session.hear("Position roof: now the device")
        try session.say("SN-2")
        try session.hear("SN-2 is saved → roof")
        try session.say("]d2010950110153000321NGW-001515")
        try session.hear("NGW-001515, needs you")
        try session.say(".6")
        try session.hear("== Outbox: needs you ==")
        try session.hear("#1 ! needs you")
        try session.hear("→ ")
        #expect(try session.finish() == 0)
        expectPlain(session)
        let devices = try tablet.devices()
        #expect(devices.count == 6 && devices.keys.contains("SNX-12345678"), "\(devices)")
    }

    @Test func `one device by picture, in lines`() throws {
        let session = try LineSession(tablet)
        try session.hear("#1 ·, Fit out the basement in Oslo")
        try session.say(".1")
        try session.hear("The scanner is armed")
        try session.say(".2")
        try session.hear("== Picture of a label ==")
        try session.hear("#5 ·, gs1-gateway.png")
        try session.say("#5")
        try session.hear("This is NGW-000202")
        try session.say("")
        try session.hear("Nothing speaks against it")
        try session.say("")
        try session.hear("NGW-000202 is on the disk")
        try session.hear("✓ confirmed")
        #expect(try session.finish() == 0)
        expectPlain(session)
    }

    @Test func `after an error the next scan counts, and so does the way on`() throws {
        let session = try LineSession(tablet)
        try session.hear("#1 ·, Fit out the basement in Oslo")
        try session.say("#1")
        try session.hear("Enter: START SCANNING")
        try session.say("]d2010950110153004221NPM-001313")
        try session.hear("[label_bad_check_digit]")
        try session.say("NCT-000404")
        try session.hear("NCT-000404 is saved → rack 1 / slot 1")
        try session.say("]d2010950110153004221NPM-001313")
        try session.hear("[label_bad_check_digit]")
        try session.say("")
        try session.hear("Ready: scan the next device")
        #expect(try session.finish() == 0)
        expectPlain(session)
        #expect(try tablet.devices() == ["NCT-000404": 2])
    }

    @Test func `what is said last before the end of the input is saved`() throws {
        let session = try LineSession(tablet)
        try session.hear("#1 ·, Fit out the basement in Oslo")
        try session.say("#1")
        try session.hear("Enter: START SCANNING")
        try session.say("NCT-000404")
        #expect(try session.finish() == 0)
        #expect(try tablet.devices() == ["NCT-000404": 2])
    }
}
