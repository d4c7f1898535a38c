import Decoding
import Model
import Testing

struct DecoderTests {
    private func read(_ picture: GrayPicture) throws -> [String] {
        try #require(Decoder()).symbols(in: picture).map { String(decoding: $0.bytes, as: UTF8.self) }
    }

    private func sample(_ name: String) throws -> GrayPicture {
        try PictureReader.read(try Pictures.sample(name))
    }

    @Test func `both symbols of a label are found, each once, from the top down`() throws {
        let symbols = try #require(Decoder()).symbols(in: try sample("product-and-serial.bmp"))
        #expect(symbols.map(\.symbology) == [.code128, .ean13])
    }

    @Test func `light on dark is read`() throws {
        let picture = try sample("gs1-gateway.png")
        let inverted = GrayPicture(
            width: picture.width, height: picture.height, pixels: picture.pixels.map { 255 - $0 })
        #expect(try read(inverted) == ["010950110153000321NGW-000202"])
    }

    @Test(arguments: [30, 45, 60])
    func `a linear code that lies slanted is read, and never wrongly`(_ degrees: Int) throws {
        let found = try read(try sample("mac-bridge.jpg").turned(degrees: degrees))
        #expect(found.contains("00005E005311"))
        #expect(Set(found).isSubset(of: ["NBR-001111", "00005E005311"]))
    }

    @Test func `a small code is read at twice its size`() throws {
        let small = try sample("gs1-gateway.png").shrunk(by: 4)
        #expect(try read(small) == ["010950110153000321NGW-000202"])
    }

    @Test func `an empty, a plain and a striped picture hold no symbol`() throws {
        for picture in [
            GrayPicture(width: 1, height: 1, pixels: [0]),
            GrayPicture(width: 300, height: 200, pixels: [UInt8](repeating: 128, count: 60_000)),
            GrayPicture(
                width: 400, height: 300, pixels: (0..<120_000).map { $0 % 400 / 4 % 2 == 0 ? 0 : 255 }),
        ] {
            #expect(try read(picture) == [])
        }
    }

    @Test func `a picture of one row or one column is no trouble`() throws {
        #expect(
            try read(GrayPicture(width: 2000, height: 1, pixels: [UInt8](repeating: 9, count: 2000))) == [])
        #expect(
            try read(GrayPicture(width: 1, height: 2000, pixels: [UInt8](repeating: 9, count: 2000))) == [])
    }
}

extension GrayPicture {
    /// Turned clockwise on a canvas that holds all of it, nearest pixel.
    fileprivate func turned(degrees: Int) -> GrayPicture {
        let side = max(width, height) + min(width, height) / 3
        // Cosine and sine of the three angles in 1/1000.
        let (cosine, sine) = [30: (866, 500), 45: (707, 707), 60: (500, 866)][degrees] ?? (1000, 0)
        var turned = [UInt8](repeating: 200, count: side * side)
        for y in 0..<side {
            for x in 0..<side {
                let (right, down) = (x - side / 2, y - side / 2)
                let fromX = (right * cosine + down * sine) / 1000 + width / 2
                let fromY = (down * cosine - right * sine) / 1000 + height / 2
                if (0..<width).contains(fromX), (0..<height).contains(fromY) {
                    turned[y * side + x] = pixels[fromY * width + fromX]
                }
            }
        }
        return GrayPicture(width: side, height: side, pixels: turned)
    }

    /// Each pixel the mean of a square of so many.
    fileprivate func shrunk(by factor: Int) -> GrayPicture {
        let (newWidth, newHeight) = (width / factor, height / factor)
        let small = (0..<newWidth * newHeight).map { index in
            var sum = 0
            for y in 0..<factor {
                for x in 0..<factor {
                    sum += Int(
                        pixels[(index / newWidth * factor + y) * width + index % newWidth * factor + x])
                }
            }
            return UInt8(sum / (factor * factor))
        }
        return GrayPicture(width: newWidth, height: newHeight, pixels: small)
    }
}
