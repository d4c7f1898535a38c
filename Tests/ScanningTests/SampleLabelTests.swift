import Model
import Scanning
import Testing

/// Every sample photograph, read by the real worker.
struct SampleLabelTests {
    @Test(arguments: SampleLabel.all)
    func `a sample label reads as its table says`(_ label: SampleLabel) async throws {
        let scanner = Scanner(worker: Worker.path, timeout: .seconds(60))
        let picture = try await scanner.scan(try label.bytes)

        let found = picture.symbols.map {
            SampleLabel.Expected(
                symbology: $0.symbology, text: String(decoding: $0.bytes, as: UTF8.self),
                aimIdentifier: $0.aimIdentifier ?? "")
        }
        #expect(found == label.expected)
        for symbol in picture.symbols {
            #expect(symbol.points.count >= 2)
            #expect(
                symbol.points.allSatisfy {
                    (0...picture.width).contains($0.x) && (0...picture.height).contains($0.y)
                })
        }
    }

    @Test func `the outline lies on the symbol in pixels of the upright picture`() async throws {
        let label = try #require(SampleLabel.all.first { $0.file == "json-gateway.jpg" })
        let picture = try await Scanner(worker: Worker.path, timeout: .seconds(60)).scan(try label.bytes)

        #expect(picture.width == 940)
        #expect(picture.height == 700)
        let points = try #require(picture.symbols.first).points
        #expect(points.count == 4)
        // The QR code is in the right half of the label, drawn upright, upper left corner first.
        #expect(points.allSatisfy { (560...860).contains($0.x) && (160...460).contains($0.y) })
        #expect(points[0].x < points[1].x && points[0].y < points[3].y && points[3].x < points[2].x)
    }
}
