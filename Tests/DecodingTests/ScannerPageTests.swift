import Decoding
import Foundation
import Model
import Testing
import Wedge

/// The page from which a scanner is learnt: each of its codes, as a scanner that is held to it sees it.
struct ScannerPageTests {
    @Test func `all three codes are found on the whole page, each in its place`() throws {
        let found = try #require(Decoder()).symbols(in: try page())
        #expect(
            found.map { String(decoding: $0.bytes, as: UTF8.self) } == CalibrationCode.allCases.map(\.payload)
        )
        #expect(found.allSatisfy { !$0.isDisputed })
        for (index, symbol) in found.enumerated() {
            let places = 380 + 440 * index..<740 + 440 * index
            #expect(symbol.points.allSatisfy { (230..<590).contains($0.x) && places.contains($0.y) })
        }
    }

    @Test func `the page holds the three codes that are asked for, from top to bottom`() throws {
        let page = try page()
        let decoder = try #require(Decoder())
        for (index, code) in CalibrationCode.allCases.enumerated() {
            let found = decoder.symbols(in: page.square(left: 230, top: 380 + 440 * index, side: 360))
            #expect(found.map { String(decoding: $0.bytes, as: UTF8.self) } == [code.payload])
            #expect(found.map(\.aimIdentifier) == [code.isGS1 ? "]d2" : "]d1"])
        }
    }

    private func page() throws -> GrayPicture {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let bytes = try Data(contentsOf: root.appending(path: "Assets/scanner-calibration.png"))
        return try PictureReader.read(Array(bytes))
    }
}

extension GrayPicture {
    /// The square of the page with a code in it and nothing else.
    fileprivate func square(left: Int, top: Int, side: Int) -> GrayPicture {
        let rows = (top..<top + side).map { pixels[$0 * width + left..<$0 * width + left + side] }
        return GrayPicture(width: side, height: side, pixels: Array(rows.joined()))
    }
}
