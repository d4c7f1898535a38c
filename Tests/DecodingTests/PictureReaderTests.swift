import Decoding
import Model
import Testing

struct PictureReaderTests {
    @Test(arguments: [
        ("gs1-gateway.png", 880, 620), ("lorawan-sensor.jpg", 1000, 750), ("matter-bulb.webp", 960, 720),
        ("iso15434-controller.tif", 840, 600), ("product-and-serial.bmp", 720, 540),
        ("json-gateway.jpg", 940, 700),
    ])
    func `each format is read to its upright size`(_ name: String, _ width: Int, _ height: Int) throws {
        let picture = try PictureReader.read(try Pictures.sample(name))
        #expect(picture.width == width)
        #expect(picture.height == height)
        // A photograph of a white label on a desk has both dark and light.
        #expect(try #require(picture.pixels.min()) < 90)
        #expect(try #require(picture.pixels.max()) > 180)
    }

    @Test func `the kind is told by the bytes`() throws {
        #expect(PictureKind(firstBytes: try Pictures.sample("gs1-gateway.png")) == .png)
        #expect(PictureKind(firstBytes: Array("PNG picture, honestly".utf8)) == nil)
        #expect(PictureKind(firstBytes: Array("BM is how this text begins".utf8)) == nil)
        #expect(PictureKind(firstBytes: []) == nil)
    }

    @Test(
        arguments: [[], Array("S/N NGW-000202, saved as label.png".utf8), [0xFF], [0x89, 0x50]] as [[UInt8]])
    func `what is no picture is refused as such`(_ bytes: [UInt8]) {
        #expect(throws: DecodingError.notAPicture) { try PictureReader.read(bytes) }
    }

    @Test func `a picture of 20,000 by 20,000 is refused by its header alone`() {
        #expect(throws: DecodingError.tooLarge) {
            try PictureReader.read(Pictures.pngHeader(width: 20_000, height: 20_000))
        }
        #expect(throws: DecodingError.tooLarge) {
            try PictureReader.read(Array("P5\n20000 20000\n255\n".utf8))
        }
    }

    @Test func `the size limit holds for every format`() throws {
        for name in ["gs1-gateway.png", "lorawan-sensor.jpg", "matter-bulb.webp", "iso15434-controller.tif"] {
            let bytes = try Pictures.sample(name)
            #expect(throws: DecodingError.tooLarge) { try PictureReader.read(bytes, mostPixels: 1000) }
        }
        let bitmap = try Pictures.sample("product-and-serial.bmp")
        #expect(throws: DecodingError.tooLarge) { try PictureReader.read(bitmap, mostPixels: 1000) }
    }

    @Test(arguments: [
        "gs1-gateway.png", "lorawan-sensor.jpg", "matter-bulb.webp", "iso15434-controller.tif",
        "product-and-serial.bmp",
    ])
    func `a picture cut at any place is refused and never crashes`(_ name: String) throws {
        let bytes = try Pictures.sample(name)
        for part in [12, 20, 40, 64, 100, 500, bytes.count / 4, bytes.count / 2, bytes.count * 3 / 4] {
            #expect(throws: DecodingError.self, "cut at \(part)") {
                try PictureReader.read(Array(bytes.prefix(part)))
            }
        }
    }

    @Test func `a cut JPEG says that it is damaged`() throws {
        let bytes = try Pictures.sample("lorawan-sensor.jpg")
        #expect(throws: DecodingError.corrupt(reason: "the picture is cut short")) {
            try PictureReader.read(Array(bytes.prefix(bytes.count / 2)))
        }
    }

    @Test(arguments: [
        "gs1-gateway.png", "json-gateway.jpg", "keyvalue-camera.webp", "iso15434-controller.tif",
        "product-and-serial.bmp",
    ])
    func `changed bytes give a picture or an error, never a crash`(_ name: String) throws {
        let bytes = try Pictures.sample(name)
        for round in 0..<60 {
            var changed = bytes
            // Headers first, then places spread over the file.
            let place = round < 40 ? round * 7 % 280 : round * (bytes.count / 61)
            changed[place] ^= UInt8(truncatingIfNeeded: 0x55 + round)
            do {
                let picture = try PictureReader.read(changed)
                #expect(picture.pixels.count == picture.width * picture.height)
            } catch {
                #expect(!error.explanation.id.isEmpty)
            }
        }
    }

    @Test func `grey and colour maps are read`() throws {
        let gray = try PictureReader.read(Pictures.pgm(width: 3, height: 2) { x, y in UInt8(x * 10 + y) })
        #expect(gray.pixels == [0, 10, 20, 1, 11, 21])

        let colour = Array("P6\n# comment\n2 1\n255\n".utf8) + [255, 255, 255, 0, 0, 0]
        #expect(try PictureReader.read(colour).pixels == [255, 0])

        #expect(throws: DecodingError.corrupt(reason: "the picture is cut short")) {
            try PictureReader.read(Array("P5\n4 4\n255\n".utf8) + [1, 2, 3])
        }
    }
}

struct OrientationTests {
    /// Where the upper left corner of the stored rows lies in the upright picture, for EXIF 1 to 8.
    @Test(arguments: [
        (1, false, "left", "top"), (2, false, "right", "top"), (3, false, "right", "bottom"),
        (4, false, "left", "bottom"), (5, true, "left", "top"), (6, true, "right", "top"),
        (7, true, "right", "bottom"), (8, true, "left", "bottom"),
    ])
    func `a JPEG is turned and mirrored as its EXIF orientation says`(
        _ orientation: Int, _ swapped: Bool, _ across: String, _ down: String
    ) throws {
        let stored = try PictureReader.read(try Pictures.sample("lorawan-sensor.jpg"))
        let picture = try PictureReader.read(
            Pictures.oriented(try Pictures.sample("lorawan-sensor.jpg"), UInt8(orientation)))

        #expect(picture.width == (swapped ? stored.height : stored.width))
        let corner = try #require(stored.pixels.first)
        let x = across == "left" ? 0 : picture.width - 1
        let y = down == "top" ? 0 : picture.height - 1
        #expect(picture.pixels[y * picture.width + x] == corner)
        // The next stored pixel to the right lies beside it, or below or above when rows became columns.
        let step = swapped ? (down == "top" ? picture.width : -picture.width) : (across == "left" ? 1 : -1)
        #expect(
            (0..<20).allSatisfy { picture.pixels[y * picture.width + x + $0 * step] == stored.pixels[$0] })
    }

    @Test func `an orientation that does not exist leaves the picture as it is`() throws {
        let bytes = try Pictures.sample("lorawan-sensor.jpg")
        #expect(try PictureReader.read(Pictures.oriented(bytes, 9)) == PictureReader.read(bytes))
        #expect(try PictureReader.read(Pictures.oriented(bytes, 0)) == PictureReader.read(bytes))
    }
}
