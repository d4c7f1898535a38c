import Decoding
import Foundation
import TestSupport

/// The small pictures beside these tests and those of the decoder, and others made of them.
enum Fixture {
    private static let tests = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent()

    static func path(_ name: String) -> String {
        tests.appending(path: "ScanningTests/Fixtures").appending(path: name).path
    }

    static func bytes(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(filePath: path(name))))
    }

    /// One of the decoder's symbols, as a page.
    static func page(_ name: String) throws -> GrayPage {
        let file = tests.appending(path: "DecodingTests/Fixtures").appending(path: name)
        let picture = try PictureReader.read([UInt8](try Data(contentsOf: file)))
        return GrayPage(width: picture.width, height: picture.height, pixels: picture.pixels)
    }

    /// A QR code in one of the formats, by the ending of its files.
    static func small(_ kind: String) throws -> [UInt8] {
        let page = try page("utf8-qr.png")
        return switch kind {
        case "png":
            [UInt8](try Data(contentsOf: tests.appending(path: "DecodingTests/Fixtures/utf8-qr.png")))
        case "tif": TIFFWriter.document([page, page])
        case "gif": GIFWriter.animation(width: page.width, height: page.height, [.init(page), .init(page)])
        case "bmp": bitmap(page)
        case "pgm": Array("P5\n\(page.width) \(page.height)\n255\n".utf8) + page.pixels
        default: try bytes("qr.\(kind)")
        }
    }

    /// 24 bits a pixel, rows from the bottom, padded to four bytes.
    static func bitmap(_ page: GrayPage) -> [UInt8] {
        func little(_ number: Int) -> [UInt8] {
            (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
        }
        let padding = [UInt8](repeating: 0, count: (4 - page.width * 3 % 4) % 4)
        let rows = (0..<page.height).reversed().flatMap { row in
            page.pixels[row * page.width..<(row + 1) * page.width].flatMap { [$0, $0, $0] } + padding
        }
        let header =
            little(54 + rows.count) + little(0) + little(54) + little(40) + little(page.width)
            + little(page.height) + [1, 0, 24, 0] + [UInt8](repeating: 0, count: 24)
        return Array("BM".utf8) + header + rows
    }
}
