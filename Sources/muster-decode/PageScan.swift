internal import Decoding
internal import Model
internal import Processes
internal import ScanProtocol

/// Looks at the pages of one picture file, as many as it may, and keeps what the readable ones show.
struct PageScan {
    /// No further page is begun after so long, so that the answer comes before anyone gives up on it.
    private static let patience = Duration.seconds(6)

    private let wish: PictureWish
    private let decoder: Decoder
    private let isAnimation: Bool
    private var reading: PictureReading?
    private var failed: [Int] = []
    private var firstFailure: DecodingError?
    private var symbols: [Symbol] = []

    static func read(
        _ bytes: [UInt8], _ wish: PictureWish, _ decoder: Decoder
    ) -> Result<PictureReading, ScanFailure> {
        do throws(DecodingError) {
            return .success(try scan(bytes, wish, decoder))
        } catch {
            return switch error {
            case .notAPicture: .failure(.notAPicture)
            case .tooLarge: .failure(.tooLarge)
            case .corrupt(let reason): .failure(.corrupt(reason: reason))
            }
        }
    }

    private static func scan(
        _ bytes: [UInt8], _ wish: PictureWish, _ decoder: Decoder
    ) throws(DecodingError) -> PictureReading {
        var limits = PicturePages.Limits()
        limits.mostPages = ScanMessage.mostPages
        var pages = try PicturePages(bytes, limits: limits)
        var scan = PageScan(wish: wish, decoder: decoder, isAnimation: pages.isAnimation)
        let deadline = Deadline(after: patience)
        while pages.lookedAt == 0 || !deadline.hasPassed, let page = pages.next() {
            scan.take(page, number: pages.lookedAt)
        }
        return try scan.result(PageCount(total: pages.total, lookedAt: pages.lookedAt))
    }

    private init(wish: PictureWish, decoder: Decoder, isAnimation: Bool) {
        (self.wish, self.decoder, self.isAnimation) = (wish, decoder, isAnimation)
    }

    private mutating func take(_ page: Result<GrayPicture, DecodingError>, number: Int) {
        switch page {
        case .success(let picture): look(at: picture, number)
        case .failure(let error):
            failed.append(number)
            firstFailure = firstFailure ?? error
        }
    }

    private mutating func look(at picture: GrayPicture, _ number: Int) {
        // Of an animation the frames resemble each other: one hard look is enough.
        let isThorough = wish.effort == .thorough && (reading == nil || !isAnimation)
        for symbol in decoder.symbols(in: picture, thorough: isThorough) where isNew(symbol) {
            var placed = symbol
            placed.page = number
            symbols.append(placed)
        }
        guard reading == nil else { return }
        let copy = wish.copySide > 0 ? picture.shrunk(toFit: wish.copySide) : nil
        reading = PictureReading(
            width: picture.width, height: picture.height, symbols: [],
            copy: copy.map { GrayCopy(width: $0.width, height: $0.height, pixels: $0.pixels) })
    }

    /// An animation shows one scene: a symbol counts where it is first seen.
    private func isNew(_ symbol: Symbol) -> Bool {
        !isAnimation
            || !symbols.contains { $0.symbology == symbol.symbology && $0.bytes == symbol.bytes }
    }

    private func result(_ count: PageCount) throws(DecodingError) -> PictureReading {
        guard var reading else { throw firstFailure ?? .corrupt(reason: "the picture has no pages") }
        reading.symbols = symbols
        reading.pages = count
        reading.pages.failed = failed
        return reading
    }
}
