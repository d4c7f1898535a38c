import Model
import Scanning
import TestSupport
import Testing

/// Documents and animations, through the real worker.
struct PagesTests {
    private func found(_ picture: ScannedPicture) -> [String] {
        picture.symbols.map { "\($0.page) \($0.symbology.rawValue)" }
    }

    private let blank = GrayPage(width: 200, height: 100)

    @Test func `the symbols of every page of a document are found, each with its page`() async throws {
        let pages = try ["code128.png", "utf8-qr.png", "gs1-datamatrix.png"].map(Fixture.page)
        let document = TIFFWriter.document([pages[0], blank, pages[1], pages[2], pages[2]])
        let picture = try await Worker.scanner().scan(document)
        #expect(found(picture) == ["1 code128", "3 qr", "4 datamatrix", "5 datamatrix"])
        #expect(picture.pages == 5)
        #expect(picture.leftOutPages == nil && picture.failedPages.isEmpty)
        #expect(picture.width == 420 && picture.height == 198)
    }

    @Test func `a damaged page is told and loses no symbol of the others`() async throws {
        let pages = try ["code128.png", "utf8-qr.png", "gs1-datamatrix.png"].map(Fixture.page)
        let scanner = Worker.scanner()
        let middle = try await scanner.scan(TIFFWriter.document(pages, damaged: [2]))
        #expect(found(middle) == ["1 code128", "3 datamatrix"])
        #expect(middle.failedPages == [2])
        let first = try await scanner.scan(TIFFWriter.document(pages, damaged: [1]))
        #expect(found(first) == ["2 qr", "3 datamatrix"])
        #expect(first.width == 222)
        await #expect(throws: ScanError.self) {
            try await scanner.scan(TIFFWriter.document(pages, damaged: [1, 2, 3]))
        }
    }

    @Test func `an animation shows each symbol once, at its first frame`() async throws {
        let code = try Fixture.page("utf8-qr.png")
        let other = try Fixture.page("gs1-datamatrix.png")
        let picture = try await Worker.scanner().scan(
            GIFWriter.animation(
                width: code.width, height: code.height,
                [
                    .init(blank), .init(code), .init(code, disposal: .clear), .init(other, left: 30, top: 30),
                    .init(other, left: 30, top: 30),
                ]))
        #expect(found(picture) == ["2 qr", "4 datamatrix"])
        #expect(picture.pages == 5)
    }

    @Test func `pages past the sixty-fourth are told as left out`() async throws {
        let code = try Fixture.page("gs1-datamatrix.png")
        let small = GrayPage(width: 8, height: 8)
        let document = TIFFWriter.document(Array(repeating: small, count: 63) + [code, code, code])
        let picture = try await Worker.scanner().scan(document)
        #expect(found(picture) == ["64 datamatrix"])
        #expect(picture.pages == 66)
        #expect(picture.leftOutPages == 65...66)
    }

    @Test func `the first frame of an animated WebP is read`() async throws {
        let picture = try await Worker.scanner().scan(try Fixture.bytes("animated.webp"))
        #expect(found(picture) == ["1 qr"])
        #expect(picture.pages == 2)
        #expect(picture.leftOutPages == 2...2)
    }
}
