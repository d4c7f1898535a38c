internal import CImages

/// Turns the bytes of a picture file into an upright grey picture.
package enum PictureReader {
    /// The most pixels accepted: 20 megapixels.
    package static let mostPixels = 20_000_000

    /// Reads a whole file: PNG, JPEG, WebP, TIFF, GIF, BMP, PGM or PPM; its first page or frame.
    ///
    /// Throws `notAPicture`, `tooLarge` before any pixel is allocated, or `corrupt`.
    package static func read(
        _ bytes: [UInt8], mostPixels: Int = PictureReader.mostPixels
    ) throws(DecodingError) -> GrayPicture {
        switch PictureKind(firstBytes: bytes) {
        case .png: try read(bytes, mostPixels, with: cimages_read_png)
        case .jpeg: try read(bytes, mostPixels, with: cimages_read_jpeg)
        case .webp: try read(WebPFrames(bytes)?.first ?? bytes, mostPixels, with: cimages_read_webp)
        case .tiff: try TIFFDocument(bytes).read(page: 0, mostPixels: mostPixels)
        case .gif: try GIFAnimation(bytes, mostPixels: mostPixels).read(page: 0, mostPixels: mostPixels)
        case .bmp: try BMP.read(bytes, mostPixels: mostPixels)
        case .pnm: try PortableMap.read(bytes, mostPixels: mostPixels)
        case nil: throw .notAPicture
        }
    }

    typealias Codec = (
        UnsafePointer<UInt8>?, Int, UInt64, UnsafeMutablePointer<cimages_gray>?
    ) -> Int32

    static func read(
        _ bytes: [UInt8], _ mostPixels: Int, with codec: Codec
    ) throws(DecodingError) -> GrayPicture {
        var gray = cimages_gray()
        let outcome = codec(bytes, bytes.count, UInt64(mostPixels), &gray)
        return try picture(outcome, &gray)
    }

    /// What a codec gave, upright; its memory is released.
    static func picture(
        _ outcome: Int32, _ gray: inout cimages_gray
    ) throws(DecodingError) -> GrayPicture {
        defer { cimages_release(&gray) }
        guard outcome == Int32(CIMAGES_READ), let pixels = gray.pixels else { throw error(outcome, gray) }
        let count = Int(gray.width) * Int(gray.height)
        let picture = GrayPicture(
            width: Int(gray.width), height: Int(gray.height),
            pixels: Array(UnsafeBufferPointer(start: pixels, count: count)))
        return picture.uprighted(from: Int(gray.orientation))
    }

    static func error(_ outcome: Int32, _ gray: cimages_gray) -> DecodingError {
        guard outcome != Int32(CIMAGES_TOO_LARGE) else { return .tooLarge }
        return .corrupt(
            reason: withUnsafeBytes(of: gray.reason) { reason in
                String(decoding: reason.prefix { $0 != 0 }, as: UTF8.self)
            })
    }
}
