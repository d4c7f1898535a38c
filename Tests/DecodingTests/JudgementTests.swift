@testable import Decoding
import Model
import Testing

/// What is believed, shown as doubtful, or left out, from sightings alone.
struct JudgementTests {
    private func sighting(
        _ symbology: Symbology, _ text: String, _ engine: Witness.Engine, _ view: ViewName = .plain,
        left: Double = 100, side: Double = 100
    ) -> Sighting {
        let (right, bottom) = (left + side, 100 + side)
        return Sighting(
            symbology: symbology, bytes: Array(text.utf8),
            outline: [
                Spot(x: left, y: 100), Spot(x: right, y: 100), Spot(x: right, y: bottom),
                Spot(x: left, y: bottom),
            ], witness: Witness(engine: engine, view: view))
    }

    /// Each text with a question mark after it when it is disputed.
    private func shown(_ sightings: Sighting...) -> [String] {
        Judgement(sightings).verdict.map {
            String(decoding: $0.bytes, as: UTF8.self) + ($0.isDisputed ? "?" : "")
        }
    }

    @Test(arguments: [Symbology.ean13, .ean8, .upce, .code39])
    func `one read of a weak kind is nothing, two engines are enough`(_ kind: Symbology) {
        #expect(shown(sighting(kind, "95011011", .zbar)) == [])
        #expect(shown(sighting(kind, "95011011", .zxing)) == [])
        #expect(shown(sighting(kind, "95011011", .zbar), sighting(kind, "95011011", .zxing)) == ["95011011"])
    }

    @Test
    func `ZXing at two sizes is enough, ZBar at two is doubtful, and at three with a smaller one enough`() {
        let (zxing, zbar) = (Witness.Engine.zxing, Witness.Engine.zbar)
        let text = "9501101530027"
        func read(_ engine: Witness.Engine, _ view: ViewName) -> Sighting {
            sighting(.ean13, text, engine, view)
        }
        #expect(shown(read(zxing, .plain), read(zxing, .doubled)) == [text])
        #expect(shown(read(zbar, .plain), read(zbar, .doubled)) == [text + "?"])
        #expect(shown(read(zbar, .plain), read(zbar, .doubled), read(zbar, .enlarged)) == [text + "?"])
        #expect(shown(read(zbar, .plain), read(zbar, .doubled), read(zbar, .reduced)) == [text])
    }

    @Test func `a strip of what was seen already is no second read`() {
        #expect(shown(sighting(.ean8, "95011011", .zxing), sighting(.ean8, "95011011", .zxing, .strip)) == [])
    }

    @Test func `engines that read one place differently are both shown as doubtful`() {
        #expect(shown(sighting(.qr, "SN-1", .zbar), sighting(.qr, "SN-7", .zxing)) == ["SN-7?"])
        #expect(
            Set(shown(sighting(.code128, "SN-1", .zbar), sighting(.code128, "SN-7", .zxing)))
                == ["SN-1?", "SN-7?"])
    }

    @Test func `a majority decides what engines read differently`() {
        #expect(
            shown(
                sighting(.qr, "SN-1", .zbar), sighting(.qr, "SN-7", .zxing),
                sighting(.qr, "SN-7", .zxing, .doubled)) == ["SN-7"])
    }

    @Test func `a read that ZXing contradicts stays doubtful, however often ZBar made it`() {
        let found = shown(
            sighting(.ean13, "9074932437075", .zbar), sighting(.ean13, "9074932437075", .zbar, .reduced),
            sighting(.ean13, "9074932437075", .zbar, .doubled),
            sighting(.ean13, "0023942431015", .zxing, .doubled))
        #expect(found == ["9074932437075?"])
    }

    @Test func `two sure reads of one place are both doubtful`() {
        let found = shown(
            sighting(.ean13, "9501101530027", .zbar), sighting(.ean13, "9501101530027", .zxing),
            sighting(.ean13, "9501101530010", .zxing, .doubled),
            sighting(.ean13, "9501101530010", .zxing, .halved))
        #expect(Set(found) == ["9501101530027?", "9501101530010?"])
    }

    @Test func `bars read within a matrix symbol are none`() {
        #expect(
            shown(
                sighting(.datamatrix, "NGW-1", .zxing), sighting(.code128, "A", .zbar, left: 120, side: 40))
                == ["NGW-1"])
        // Beside it they are.
        #expect(
            shown(
                sighting(.datamatrix, "NGW-1", .zxing), sighting(.code128, "A", .zbar, left: 300, side: 40)
            ).count == 2)
    }

    @Test func `a Data Matrix that libdmtx alone saw once is doubtful`() {
        #expect(shown(sighting(.datamatrix, "e0598", .dmtx)) == ["e0598?"])
        #expect(
            shown(sighting(.datamatrix, "SN-1", .dmtx), sighting(.datamatrix, "SN-1", .zxing, .patchDoubled))
                == ["SN-1"])
    }

    @Test func `a UPC-A that one engine calls EAN-13 is one symbol with twelve digits`() {
        #expect(
            shown(sighting(.ean13, "0036000291452", .zbar), sighting(.upca, "036000291452", .zxing))
                == ["036000291452"])
    }

    @Test func `an ITF counts with fourteen digits and a right check digit only`() {
        for text in ["12345678", "09501101530004"] {
            #expect(shown(sighting(.itf, text, .zxing), sighting(.itf, text, .zxing, .doubled)) == [])
        }
        let right = "09501101530003"
        #expect(shown(sighting(.itf, right, .zxing), sighting(.itf, right, .zxing, .doubled)) == [right])
    }

    @Test func `high characters, which ZBar leaves out of Code 128, are ZXing's`() {
        var zxing = sighting(.code128, "", .zxing)
        zxing.bytes = [0xF3, 0x31]
        #expect(
            Judgement([sighting(.code128, "s1", .zbar), zxing]).verdict.map(\.bytes) == [[0xF3, 0x31]])
    }

    @Test func `a series with a part missing or twice is not joined`() {
        func part(_ index: Int, _ text: String) -> Sighting {
            var sighting = sighting(.qr, text, .zxing, left: Double(index) * 200)
            sighting.part = SeriesPart(id: "7", index: index, count: 3)
            return sighting
        }
        #expect(
            joiningSeries([part(2, "c"), part(0, "a"), part(1, "b")]).map(\.bytes) == [Array("abc".utf8)])
        #expect(joiningSeries([part(2, "c"), part(0, "a")]).count == 2)
        #expect(joiningSeries([part(2, "c"), part(0, "a"), part(0, "a")]).count == 3)
    }
}
