import Decoding
import Foundation
import Processes

/// Pictures made for a test, and the samples of `Assets/labels`.
enum Pictures {
    static func sample(_ name: String) throws -> [UInt8] {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return [UInt8](try Data(contentsOf: root.appending(path: "Assets/labels").appending(path: name)))
    }

    /// A picture of `Fixtures`.
    static func fixture(_ name: String) throws -> GrayPicture {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")
        return try PictureReader.read([UInt8](try Data(contentsOf: folder.appending(path: name + ".png"))))
    }

    /// A grey picture of the given pixels.
    static func gray(width: Int, height: Int, _ value: (_ x: Int, _ y: Int) -> UInt8) -> GrayPicture {
        let pixels = (0..<height).flatMap { y in (0..<width).map { x in value(x, y) } }
        return GrayPicture(width: width, height: height, pixels: pixels)
    }

    /// A binary PGM of the given rows.
    static func pgm(width: Int, height: Int, _ value: (_ x: Int, _ y: Int) -> UInt8) -> [UInt8] {
        let pixels = (0..<height).flatMap { y in (0..<width).map { x in value(x, y) } }
        return Array("P5\n\(width) \(height)\n255\n".utf8) + pixels
    }

    static func pgm(_ picture: GrayPicture) -> [UInt8] {
        Array("P5\n\(picture.width) \(picture.height)\n255\n".utf8) + picture.pixels
    }

    /// A PNG that says its size and holds nothing more.
    static func pngHeader(width: UInt32, height: UInt32) -> [UInt8] {
        var chunk = Array("IHDR".utf8)
        for number in [width, height] {
            chunk += [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> UInt32($0)) }
        }
        chunk += [8, 0, 0, 0, 0]
        let check = crc32(chunk)
        return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13] + chunk
            + [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: check >> UInt32($0)) }
            + [0, 0, 0, 0] + Array("IDAT".utf8) + [0x35, 0xAF, 0x06, 0x1E]
    }

    /// The check of PNG chunks (ISO/IEC 15948, annex D).
    private static func crc32(_ bytes: [UInt8]) -> UInt32 {
        ~bytes.reduce(UInt32.max) { check, byte in
            (0..<8).reduce(check ^ UInt32(byte)) { value, _ in
                value & 1 == 1 ? (value >> 1) ^ 0xEDB8_8320 : value >> 1
            }
        }
    }

    /// A JPEG with its EXIF orientation set (the samples that have a tag keep it at a fixed place).
    static func oriented(_ jpeg: [UInt8], _ orientation: UInt8) -> [UInt8] {
        let exif: [UInt8] =
            [0xFF, 0xE1, 0, 0x22] + Array("Exif\0\0MM\0*\0\0\0\u{8}\0\u{1}".utf8)
            + [0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0]
        return Array(jpeg.prefix(2)) + exif + jpeg.dropFirst(2)
    }
}
