internal import CImages

/// The pages of a picture file one after the other, as upright grey pictures: pages of a TIFF document, frames
/// of a GIF as they are seen, one for any other picture. Of an animated PNG or WebP only the first frame.
package struct PicturePages {
    /// What one file may cost.
    package struct Limits: Equatable, Sendable {
        /// Of one page.
        package var mostPixels = PictureReader.mostPixels
        /// No further page is begun when the earlier ones had so many.
        package var mostPixelsInAll = 100_000_000
        package var mostPages = 64

        package init() {}
    }

    /// In the file, as far as it is whole.
    package let total: Int
    /// Pages handed out, those that could not be read included.
    package private(set) var lookedAt = 0
    /// Whether the pages show one scene that moves, rather than different things.
    package let isAnimation: Bool

    private let limits: Limits
    private let source: any PageSource
    private var pixelsSoFar = 0

    /// Throws `notAPicture`, `tooLarge` or `corrupt` when the file has no page that could be tried.
    package init(_ bytes: [UInt8], limits: Limits = Limits()) throws(DecodingError) {
        self.limits = limits
        let kind = PictureKind(firstBytes: bytes)
        isAnimation = kind == .gif
        switch kind {
        case .gif: source = try GIFAnimation(bytes, mostPixels: limits.mostPixels)
        case .tiff: source = try TIFFDocument(bytes)
        case .png, .jpeg, .webp, .bmp, .pnm: source = SinglePicture(bytes: bytes)
        case nil: throw .notAPicture
        }
        total = source.total
    }

    /// The next page, or why it could not be read; `nil` after the last one, and when the limits are spent.
    package mutating func next() -> Result<GrayPicture, DecodingError>? {
        guard lookedAt < min(source.readable, limits.mostPages), pixelsSoFar < limits.mostPixelsInAll else {
            return nil
        }
        defer { lookedAt += 1 }
        do throws(DecodingError) {
            let picture = try source.read(page: lookedAt, mostPixels: limits.mostPixels)
            pixelsSoFar += picture.pixels.count
            return .success(picture)
        } catch {
            return .failure(error)
        }
    }
}

/// A file whose pages are asked for in order.
protocol PageSource {
    /// In the file.
    var total: Int { get }
    /// Those, from the first on, that can be asked for.
    var readable: Int { get }

    /// The page with this number, from 0.
    func read(page: Int, mostPixels: Int) throws(DecodingError) -> GrayPicture
}

/// A picture that is one page, or of which the first frame counts.
private struct SinglePicture: PageSource {
    let bytes: [UInt8]
    let readable = 1

    var total: Int { max(1, FrameCount.ofPNG(bytes) ?? WebPFrames(bytes)?.count ?? 1) }

    func read(page: Int, mostPixels: Int) throws(DecodingError) -> GrayPicture {
        try PictureReader.read(bytes, mostPixels: mostPixels)
    }
}
