internal import CImages

/// Turns the bytes of a picture file into an upright grey picture.
package enum PictureReader {
    /// The most pixels accepted: 20 megapixels.
    package static let mostPixels = 20_000_000

    /// - Parameter bytes: a whole file: PNG, JPEG, WebP, TIFF (its first page), BMP, PGM or PPM.
    /// - Throws: `notAPicture`, `tooLarge` before any pixel is allocated, or `corrupt`.
    package static func read(
        _ bytes: [UInt8], mostPixels: Int = PictureReader.mostPixels
    ) throws(DecodingError) -> GrayPicture {
        switch PictureKind(firstBytes: bytes) {
        case .png: try read(bytes, mostPixels, with: cimages_read_png)
        case .jpeg: try read(bytes, mostPixels, with: cimages_read_jpeg)
        case .webp: try read(bytes, mostPixels, with: cimages_read_webp)
        case .tiff: try read(bytes, mostPixels, with: cimages_read_tiff)
        case .bmp: try BMP.read(bytes, mostPixels: mostPixels)
        case .pnm: try PortableMap.read(bytes, mostPixels: mostPixels)
        case nil: throw .notAPicture
        }
    }

    private typealias Codec = (
        UnsafePointer<UInt8>?, Int, UInt64, UnsafeMutablePointer<cimages_gray>?
    ) -> Int32

    private static func read(
        _ bytes: [UInt8], _ mostPixels: Int, with codec: Codec
    ) throws(DecodingError) -> GrayPicture {
        var gray = cimages_gray()
        let outcome = codec(bytes, bytes.count, UInt64(mostPixels), &gray)
        defer { cimages_release(&gray) }
        guard outcome == Int32(CIMAGES_READ), let pixels = gray.pixels else {
            guard outcome != Int32(CIMAGES_TOO_LARGE) else { throw .tooLarge }
            throw .corrupt(reason: words(of: gray))
        }
        let count = Int(gray.width) * Int(gray.height)
        let picture = GrayPicture(
            width: Int(gray.width), height: Int(gray.height),
            pixels: Array(UnsafeBufferPointer(start: pixels, count: count)))
        return picture.uprighted(from: Int(gray.orientation))
    }

    private static func words(of gray: cimages_gray) -> String {
        withUnsafeBytes(of: gray.reason) { reason in
            String(decoding: reason.prefix { $0 != 0 }, as: UTF8.self)
        }
    }
}
