import Decoding
import Model
import Testing

/// What is found beyond one clean symbol, and what is not made up.
struct LadderTests {
    private func symbols(in picture: GrayPicture) throws -> [Symbol] {
        try #require(Decoder()).symbols(in: picture)
    }

    private func texts(in picture: GrayPicture) throws -> [String] {
        try symbols(in: picture).map { String(decoding: $0.bytes, as: UTF8.self) }
    }

    // MARK: What is found

    @Test func `a QR code of 7,089 digits is read whole`() throws {
        let digits = (0..<7089).map { UInt8(ascii: "0") + UInt8(($0 * 7919 + $0 / 10) % 10) }
        let symbol = try #require(try symbols(in: try Pictures.fixture("qr40-digits")).first)
        #expect(symbol.bytes == digits)
        #expect(!symbol.isDisputed)
    }

    @Test func `an Aztec code that was photographed aslant is straightened`() throws {
        let symbol = try #require(try symbols(in: try Pictures.fixture("aztec-aslant")).first)
        #expect(symbol.bytes == Array("Nordlicht AZ-77 aslant".utf8))
        #expect(!symbol.isDisputed)
        // Its corners lie in the photograph, not in the straightened copy.
        let corners = [
            Point(x: 121, y: 64), Point(x: 243, y: 112), Point(x: 224, y: 233), Point(x: 72, y: 186),
        ]
        for corner in corners {
            #expect(symbol.points.contains { abs($0.x - corner.x) <= 6 && abs($0.y - corner.y) <= 6 })
        }
    }

    @Test(arguments: ["gs1-datamatrix", "macro06", "eci-datamatrix", "aztec"])
    func `light on dark is read as dark on light is`(_ name: String) throws {
        let picture = try Pictures.fixture(name)
        let inverted = Pictures.gray(width: picture.width, height: picture.height) { x, y in
            255 - picture.pixels[y * picture.width + x]
        }
        #expect(try texts(in: inverted) == texts(in: picture))
        #expect(try !texts(in: picture).isEmpty)
    }

    @Test func `a small QR code is read`() throws {
        let large = try Pictures.fixture("utf8-qr")
        // Modules of one and a half pixels.
        let small = large.shrunk(toFit: large.longSide / 2)
        #expect(try texts(in: small) == ["Gerät Nr. 7 – Tür"])
    }

    // MARK: Series

    @Test func `a series that one picture shows whole is one text`() throws {
        let found = try symbols(in: try Pictures.fixture("series-qr"))
        #expect(
            found.map { String(decoding: $0.bytes, as: UTF8.self) } == [
                "SERIES:Nordlicht gateway NGW-7 in three parts of one text, read together"
            ])
        #expect(found.map(\.isDisputed) == [false])
    }

    @Test func `a part of a series is shown as doubtful`() throws {
        let found = try symbols(in: try Pictures.fixture("part-qr"))
        #expect(found.map { String(decoding: $0.bytes, as: UTF8.self) } == ["SERIES:Nordlicht gateway"])
        #expect(found.map(\.isDisputed) == [true])
        // Not in a live picture, of which the next comes soon.
        let live = try #require(Decoder()).symbols(in: try Pictures.fixture("part-qr"), thorough: false)
        #expect(live == [])
    }

    // MARK: What is not made up

    @Test(arguments: [0.3, 0.45, 0.6, 0.7, 0.8])
    func `an ITF that is cut off is not read as a shorter one`(_ share: Double) throws {
        let whole = try Pictures.fixture("itf14")
        let width = Int(Double(whole.width) * share)
        let part = Pictures.gray(width: width, height: whole.height) { x, y in
            whole.pixels[y * whole.width + x]
        }
        #expect(try texts(in: part) == [])
    }

    @Test func `print is no symbol`() throws {
        #expect(try texts(in: try Pictures.fixture("text")) == [])
    }

    @Test(arguments: [2, 3, 5, 8, 13])
    func `gratings are no symbols`(_ period: Int) throws {
        let plain = Pictures.gray(width: 320, height: 240) { x, _ in x / period % 2 == 0 ? 20 : 235 }
        let slanted = Pictures.gray(width: 320, height: 240) { x, y in (x + y) / period % 3 == 0 ? 20 : 235 }
        // Bars that grow wider, as a fence does towards the camera.
        let growing = Pictures.gray(width: 320, height: 240) { x, _ in
            x * x / (period * 160) % 2 == 0 ? 20 : 235
        }
        for picture in [plain, slanted, growing] { #expect(try texts(in: picture) == []) }
    }

    @Test func `the keys of a keyboard and a chessboard are no symbols`() throws {
        let keys = Pictures.gray(width: 400, height: 240) { x, y in
            let (column, row) = ((x + y / 40 * 13) % 40, y % 40)
            guard (4..<36).contains(column), (4..<36).contains(row) else { return 25 }
            return (14..<20).contains(column) && (12..<24).contains(row) ? 30 : 210
        }
        let board = Pictures.gray(width: 320, height: 240) { x, y in (x / 12 + y / 12) % 2 == 0 ? 10 : 240 }
        for picture in [keys, board] { #expect(try texts(in: picture) == []) }
    }
}
