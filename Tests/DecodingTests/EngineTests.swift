@testable import Decoding
import Model
import Testing

/// Each engine alone: what the others would make up for in the decoder.
struct EngineTests {
    private static let gs1 = Array("010950110153000310LOT7\u{1D}21S-1".utf8)

    @Test(arguments: [("gs1-128", Symbology.code128, "]C1"), ("gs1-qr", .qr, "]Q3")])
    func `ZBar keeps FNC1 as GS`(_ file: String, _ symbology: Symbology, _ identifier: String) throws {
        let view = View(try Pictures.fixture(file))
        let found = try #require(ZBarEngine()).sightings(in: view, named: .plain)
        #expect(found.map(\.bytes) == [Self.gs1])
        #expect(found.map(\.symbology) == [symbology])
        #expect(found.map(\.aimIdentifier) == [identifier])
    }

    @Test(arguments: [("gs1-128", "]C1"), ("gs1-qr", "]Q3"), ("gs1-datamatrix", "]d2")])
    func `ZXing keeps FNC1 as GS`(_ file: String, _ identifier: String) throws {
        let view = View(try Pictures.fixture(file))
        let zxing = ZXingEngine()
        let found =
            zxing.matrixSightings(in: view, named: .plain) + zxing.linearSightings(in: view, named: .plain)
        #expect(found.map(\.bytes) == [Self.gs1])
        #expect(found.map(\.aimIdentifier) == [identifier])
    }

    @Test func `libdmtx keeps FNC1 as GS, without the first`() throws {
        let view = View(try Pictures.fixture("gs1-datamatrix"))
        let found = DmtxEngine().sightings(in: view, named: .plain, milliseconds: 150)
        #expect(found.map(\.bytes) == [Self.gs1])
        #expect(found.map(\.aimIdentifier) == ["]d2"])
    }

    @Test func `libdmtx says where a plain symbol is and that it is plain`() throws {
        let picture = try Pictures.fixture("macro06")
        let found = DmtxEngine().sightings(in: View(picture), named: .plain, milliseconds: 150)
        #expect(found.map(\.bytes) == [Array("[)>\u{1E}06\u{1D}S123\u{1E}\u{04}".utf8)])
        #expect(found.map(\.aimIdentifier) == ["]d1"])
        let zxing = try #require(ZXingEngine().matrixSightings(in: View(picture), named: .plain).first)
        for (corner, other) in zip(try #require(found.first).outline, zxing.outline) {
            #expect(abs(corner.x - other.x) <= 4 && abs(corner.y - other.y) <= 4)
        }
    }

    @Test func `libdmtx is not trusted with a stated encoding`() throws {
        let found = DmtxEngine().sightings(
            in: View(try Pictures.fixture("eci-datamatrix")), named: .plain, milliseconds: 150)
        #expect(found == [])
    }

    @Test func `libdmtx finds in clutter what no other engine finds`() throws {
        let picture = try Pictures.fixture("cluttered-datamatrix")
        let scene = Scene(picture, longSide: 1600)
        let zxing = ZXingEngine()
        for view in [scene.working, scene.halved, scene.doubled, scene.inverted] + scene.tiles {
            #expect(zxing.sighting(of: .matrix, in: view, named: .plain) == [])
        }
        let expected = Array("DMTX-ALONE-7".utf8)
        #expect(
            DmtxEngine().sightings(in: scene.working, named: .plain, milliseconds: 150).map(\.bytes) == [
                expected
            ])

        let found = try #require(Decoder()).symbols(in: picture)
        #expect(found.map(\.bytes) == [expected])
        #expect(found.map(\.isDisputed) == [false])
        #expect(try #require(Decoder()).symbols(in: picture, thorough: false) == [])
    }

    @Test func `ZXing gives several linear kinds of one picture, one of each`() throws {
        let view = View(try PictureReader.read(try Pictures.sample("mac-bridge.jpg")))
        let found = ZXingEngine().linearSightings(in: view, named: .plain)
        #expect(Set(found.map(\.symbology)) == [.code39, .code128])
    }
}
