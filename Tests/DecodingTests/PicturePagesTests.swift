import Decoding
import TestSupport
import Testing

/// The pages of documents and frames of animations, and the limits on both.
struct PicturePagesTests {
    private func shades(_ pages: inout PicturePages) -> [Result<UInt8?, DecodingError>] {
        var shades: [Result<UInt8?, DecodingError>] = []
        while let page = pages.next() { shades.append(page.map(\.pixels.first)) }
        return shades
    }

    private let three = [10, 100, 200].map { GrayPage(width: 4, height: 3, shade: $0) }

    @Test func `every page of a TIFF is read`() throws {
        var pages = try PicturePages(TIFFWriter.document(three))
        #expect(pages.total == 3)
        #expect(shades(&pages) == [.success(10), .success(100), .success(200)])
        #expect(pages.lookedAt == 3)
    }

    @Test func `a damaged page leaves the others readable, the first too`() throws {
        for damaged in 1...3 {
            var pages = try PicturePages(TIFFWriter.document(three, damaged: [damaged]))
            let read = shades(&pages)
            #expect(read.count == 3)
            for (index, page) in read.enumerated() {
                if case .success = page {
                    #expect(index + 1 != damaged)
                } else {
                    #expect(index + 1 == damaged)
                }
            }
        }
    }

    @Test func `a document cut short still shows the pages before the cut`() throws {
        let whole = TIFFWriter.document(three.map { GrayPage(width: 100, height: 100, shade: $0.pixels[0]) })
        var pages = try PicturePages(Array(whole.prefix(whole.count - 5000)))
        let read = shades(&pages)
        #expect(read.count == 3, "the third is announced")
        #expect(read.prefix(2) == [.success(10), .success(100)])
        #expect(throws: DecodingError.self) { try read[2].get() }
    }

    @Test func `a chain of pages that bites its tail ends`() throws {
        var bytes = TIFFWriter.document(three)
        // The last directory points to the first, whose place the header names.
        bytes.replaceSubrange(bytes.count - 4..<bytes.count, with: bytes[4..<8])
        #expect(try PicturePages(bytes).total == 3)
    }

    @Test func `reduced copies of a page are no pages`() throws {
        var pages = try PicturePages(TIFFWriter.document(three, copies: [2]))
        #expect(shades(&pages) == [.success(10), .success(200)])
        #expect(
            try PicturePages(TIFFWriter.document(three, copies: [1])).total == 3, "the first always counts")
    }

    @Test func `no more pages are read than the limits allow`() throws {
        let bytes = TIFFWriter.document(Array(repeating: GrayPage(width: 10, height: 10), count: 70))
        var pages = try PicturePages(bytes)
        #expect(shades(&pages).count == 64)
        #expect(pages.total == 70 && pages.lookedAt == 64)

        var limits = PicturePages.Limits()
        limits.mostPixelsInAll = 250
        var few = try PicturePages(bytes, limits: limits)
        #expect(shades(&few).count == 3)

        limits.mostPixels = 99
        var none = try PicturePages(bytes, limits: limits)
        #expect(none.next() == .failure(.tooLarge))
    }

    @Test func `frames of a GIF are drawn over each other as they say`() throws {
        let dot = GrayPage(width: 1, height: 1, shade: 0)
        let bytes = GIFWriter.animation(
            width: 3, height: 1,
            [
                .init(GrayPage(width: 3, height: 1, shade: 100)), .init(dot, disposal: .restore),
                .init(dot, left: 1, disposal: .clear), .init(dot, left: 2),
                .init(GrayPage(width: 2, height: 1, pixels: [GIFWriter.transparent, 50])),
            ])
        var pages = try PicturePages(bytes)
        #expect(pages.total == 5 && pages.isAnimation)
        var seen: [[UInt8]] = []
        while let page = pages.next() { seen.append(try page.get().pixels) }
        // The darkest shade of the writer is 2; what was cleared is white.
        #expect(
            seen == [[100, 100, 100], [2, 100, 100], [100, 2, 100], [100, 255, 2], [100, 50, 2]])
    }

    @Test func `an interlaced GIF reads like a plain one`() throws {
        let pixels = (0..<247).map { (index: Int) -> UInt8 in UInt8(4 + 2 * (index % 60)) }
        let page = GrayPage(width: 13, height: 19, pixels: pixels)
        for isInterlaced in [false, true] {
            let bytes = GIFWriter.animation(width: 13, height: 19, [.init(page)], isInterlaced: isInterlaced)
            #expect(try PictureReader.read(bytes).pixels == pixels)
        }
    }

    @Test func `a frame that reaches past the screen is cut at its edge`() throws {
        let page = GrayPage(width: 5, height: 5, shade: 40)
        let bytes = GIFWriter.animation(
            width: 4, height: 3, [.init(page, left: 2, top: 1), .init(page, left: 9)])
        var pages = try PicturePages(bytes)
        let picture = try #require(try pages.next()?.get())
        #expect(picture.pixels == [255, 255, 255, 255, 255, 255, 40, 40, 255, 255, 40, 40])
        #expect(try pages.next()?.get() == picture)
    }

    @Test func `a damaged frame ends the frames, and those before it stay`() throws {
        let frame = GIFWriter.Frame(GrayPage(width: 50, height: 50, shade: 60))
        let whole = GIFWriter.animation(width: 50, height: 50, [frame, frame, frame])
        var pages = try PicturePages(Array(whole.prefix(whole.count * 2 / 3 - 300)))
        let read = shades(&pages)
        #expect(pages.total == 2)
        #expect(read.first == .success(60))
        #expect(read.last == .failure(.corrupt(reason: "the frame is cut short or damaged")))
    }

    @Test func `a GIF cut at any length is a reading or a failure`() throws {
        let frame = GIFWriter.Frame(GrayPage(width: 9, height: 9, shade: 60))
        let whole = GIFWriter.animation(width: 9, height: 9, [frame, frame])
        for length in 0..<whole.count {
            do {
                var pages = try PicturePages(Array(whole.prefix(length)))
                #expect(shades(&pages).count <= 2)
            } catch {
                #expect(length < 500, "the first frame begins after its 397 bytes of colours")
            }
        }
    }

    @Test func `an animated PNG shows its first frame and says how many there are`() throws {
        var png = PNGWriter.black(width: 8, height: 8)
        // After the header (33 bytes): the part of an animation of seven frames.
        png.insert(contentsOf: PNGWriter.animationControl(frames: 7), at: 33)
        var pages = try PicturePages(png)
        #expect(pages.total == 7)
        #expect(shades(&pages) == [.success(0)])
        #expect(pages.lookedAt == 1)
    }
}
