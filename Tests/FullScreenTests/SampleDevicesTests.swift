import TestSupport
import Testing

/// Devices by picture, scanner and keyboard, with the embedded registrar: saved, sent and confirmed without a key.
@Suite struct SampleDevicesTests {
    private let tablet: Tablet
    private let session: PTYSession

    init() throws {
        tablet = try Tablet.withSamples()
        session = try tablet.open()
        try session.see("Fit out the basement in Oslo")
    }

    @Test func `one device by picture, one by scanner and one typed are confirmed`() throws {
        try session.press("1")
        try session.see("The scanner is armed")
        try session.press(Keys.f(2))
        try session.choose("gs1-gateway.png")
        try session.save("NGW-000202")
        try session.seeRow("✓ confirmed", "Claim", "receipt")
        try session.scan("]C1010950110153003421NDX-001212")
        try session.save("NDX-001212")
        try session.press(Keys.enter)
        try session.type("SNX-7", into: "Serial or code")
        try session.press(Keys.enter)
        try session.save("SNX-7")
        try session.seeRow("✓ confirmed", "Claim", "receipt")
        try session.press("8")
        try session.see("● 0 saved  ↑ 0 sent")
        #expect(try tablet.devices().keys.sorted() == ["NDX-001212", "NGW-000202", "SNX-7"])
        #expect(try tablet.operations().allSatisfy { $0["state"] as? String == "applied" })
    }

    @Test func `all codes of one picture make one device`() throws {
        try session.press(Keys.enter)
        try session.see("START SCANNING")
        try session.press(Keys.enter)
        try session.see("Ready: scan the next device")
        try session.press(Keys.f(5))
        try session.choose("cellular-tracker.jpg")
        try session.see("NCT-000404 is saved → rack 1 / slot 1")
        try session.see("Batch: 1")
        try session.press(Keys.f(5))
        try session.choose("product-and-serial.bmp")
        try session.see("NRT-000707 is saved → rack 1 / slot 12")
        try session.see("Batch: 2")
        try session.seeRow("✓", "NRT-000707", "confirmed", "router")
        let identities = try tablet.muster("device show --json 490154203237518")
        #expect(identities.code == 0 && identities.output.contains("NCT-000404"))
        #expect(try tablet.operations().count == 4)
    }

    @Test func `a device of another tenant needs a person, and the outbox says what to do`() throws {
        try session.press(Keys.enter)
        try session.see("START SCANNING")
        try session.scan("]d2010950110153000321NGW-000202")
        try session.see("NGW-000202 is saved → rack 1 / slot 4")
        try session.scan("]d2010950110153000321NGW-001515")
        try session.seeRow("!", "NGW-001515", "needs you")
        try session.seeRow("✓", "NGW-000202", "confirmed")
        try session.press(Keys.f(6))
        try session.see("Outbox: needs you")
        try session.seeRow("! needs you", "NGW-001515")
        try session.see("→ ")
        #expect(!session.screen.contains("other-customer"))
        try session.press(Keys.enter)
        try session.see("claimed_other_tenant")
        #expect(session.screen.contains("→ "))
        let refused = try tablet.operations().filter { $0["state"] as? String == "rejected" }
        #expect(refused.count == 1)
    }
}
