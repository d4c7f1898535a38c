import Model
import Preview
import Testing

struct PictureHintTests {
    /// Photographs of one label that fills the view, in good light.
    static let samples = [
        "lorawan-sensor.jpg", "gs1-gateway.png", "matter-bulb.webp", "cellular-tracker.jpg",
        "iso15434-controller.tif", "digital-link-meter.png", "product-and-serial.bmp", "json-gateway.jpg",
        "keyvalue-camera.webp", "vendor-url-lock.png", "mac-bridge.jpg", "other-tenant.jpg",
    ]

    private func hints(_ frame: GrayFrame) -> [PictureHint] { PictureHint.hints(frame: frame, symbols: []) }

    @Test(arguments: samples) func `a good photograph gets no hint`(_ file: String) throws {
        #expect(hints(try .sample(file)) == [])
    }

    @Test(arguments: samples) func `in the dark it is too dark`(_ file: String) throws {
        #expect(hints(try .sample(file).changed { $0 / 5 }) == [.tooDark])
    }

    @Test(arguments: samples) func `over-exposed it is too bright`(_ file: String) throws {
        #expect(hints(try .sample(file).changed { 232 + $0 / 4 }) == [.tooBright])
    }

    @Test(arguments: samples) func `in fog it has hardly any contrast`(_ file: String) throws {
        #expect(hints(try .sample(file).changed { 120 + $0 / 8 }) == [.lowContrast])
    }

    @Test(arguments: samples) func `out of focus or shaken it is blurred`(_ file: String) throws {
        #expect(hints(try .sample(file).smeared(by: 6)) == [.blurred])
    }

    @Test func `the sample that was shaken while it was taken is blurred`() throws {
        #expect(hints(try .sample("unreadable.jpg")) == [.blurred])
    }

    @Test(arguments: samples) func `from afar it is too far`(_ file: String) throws {
        #expect(hints(try .sample(file).movedAway(times: 6)) == [.tooFar])
    }

    @Test(arguments: samples) func `a lamp's reflection on it is glare`(_ file: String) throws {
        let frame = try GrayFrame.sample(file)
        let (x0, y0, radius) = (frame.width / 3, frame.height / 2, frame.height / 5)
        let lit = GrayFrame.drawn(frame.width, frame.height) { x, y in
            let distance = (x - x0) * (x - x0) + (y - y0) * (y - y0)
            return distance < radius * radius ? 255 : Int(frame.pixels[y * frame.width + x])
        }
        #expect(hints(lit) == [.glare])
    }

    @Test func `a wall is nothing to say anything about`() {
        #expect(hints(.drawn(640, 480) { x, y in 150 + (x * 7 + y * 13) % 5 }) == [.lowContrast])
        #expect(hints(.drawn(640, 480) { x, _ in 90 + x / 8 }) == [])
    }

    @Test(arguments: [(1, 1), (2, 3), (23, 15), (640, 1)])
    func `a tiny frame is judged without harm`(_ width: Int, _ height: Int) {
        for shade in [0, 128, 255] {
            #expect(hints(.drawn(width, height) { _, _ in shade }).count <= 2)
        }
    }

    @Test func `what was read is good enough, unless its modules are small`() {
        let frame = GrayFrame.drawn(64, 48) { _, _ in 3 }
        func qr(side: Int) -> Symbol {
            Symbol(
                symbology: .qr, bytes: [UInt8](repeating: 65, count: 40),
                points: [
                    Point(x: 10, y: 10), Point(x: 10 + side, y: 10), Point(x: 10 + side, y: 10 + side),
                    Point(x: 10, y: 10 + side),
                ])
        }
        // 40 characters need version 2: 25 modules.
        #expect(PictureHint.hints(frame: frame, symbols: [qr(side: 75)]) == [])
        #expect(PictureHint.hints(frame: frame, symbols: [qr(side: 74)]) == [.tooFar])
        let bare = Symbol(symbology: .qr, bytes: [65])
        #expect(PictureHint.hints(frame: frame, symbols: [bare]) == [])
    }

    @Test func `every hint says what to do`() {
        for hint in PictureHint.allCases { #expect(hint.advice.contains(":")) }
    }
}
