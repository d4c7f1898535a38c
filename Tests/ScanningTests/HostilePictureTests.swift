import Decoding
import Glibc
import Model
import Processes
import ScanProtocol
import Scanning
import TestSupport
import Testing

/// Files made to break a decoder, through the real worker: each is a failure with a reason, and the same
/// scanner reads the next good picture.
struct HostilePictureTests {
    private let scanner = Worker.scanner()

    private func expectNextIsRead() async throws {
        let found = try await scanner.scan(try Fixture.bytes("qr.jpg")).symbols
        #expect(found.map { String(decoding: $0.bytes, as: UTF8.self) } == ["Gerät Nr. 7 – Tür"])
    }

    @Test func `a PNG of 20,000 by 20,000 is too large`() async throws {
        let bomb = PNGWriter.black(width: 20_000, height: 20_000)
        #expect(bomb.count < 3_000_000)
        await #expect(throws: ScanError.tooLarge) { try await scanner.scan(bomb) }
        try await expectNextIsRead()
    }

    @Test func `a PNG with more data or comment than its pixels need takes no memory for it`() async throws {
        let inData = PNGWriter.black(width: 100, height: 100, dataBytes: 1 << 28)
        #expect(try await scanner.scan(inData, wish: PictureWish(effort: .quick)).symbols.isEmpty)
        let inComment = PNGWriter.black(width: 100, height: 100, textBytes: 1 << 28)
        #expect(try await scanner.scan(inComment, wish: PictureWish(effort: .quick)).symbols.isEmpty)
        try await expectNextIsRead()
    }

    @Test(arguments: [2, 3, 11, 20, 100, 160, 400, 2000, 5000, 8000])
    func `a JPEG cut short says so`(_ length: Int) async throws {
        let cut = Array(try Fixture.bytes("qr.jpg").prefix(length))
        do {
            _ = try await scanner.scan(cut)
            Issue.record("a cut picture was read")
        } catch ScanError.corrupt(let reason) {
            #expect(!reason.isEmpty)
        } catch {
            #expect(error == .notAPicture && length < 3)
        }
        try await expectNextIsRead()
    }

    @Test func `a TIFF that promises more than it holds is refused`() async throws {
        let zeros = PNGWriter.zeros(1 << 28)
        let vast = TIFFWriter.promise(width: 20_000, height: 20_000, compression: 8, strip: zeros)
        await #expect(throws: ScanError.tooLarge) { try await scanner.scan(vast) }
        let endless = TIFFWriter.promise(width: 100, height: 0xFFFF_FFFF, compression: 8, strip: zeros)
        await #expect(throws: ScanError.tooLarge) { try await scanner.scan(endless) }
        let overfull = TIFFWriter.promise(width: 100, height: 100, compression: 8, strip: zeros)
        #expect(try await scanner.scan(overfull, wish: PictureWish(effort: .quick)).symbols.isEmpty)
        try await expectNextIsRead()
    }

    @Test func `a GIF of a vast screen is too large, and one of endless frames is looked at in part`()
        async throws
    {
        let vast = GIFWriter.animation(width: 65_535, height: 65_535, [.init(GrayPage(width: 1, height: 1))])
        await #expect(throws: ScanError.tooLarge) { try await scanner.scan(vast) }
        let frame = GIFWriter.Frame(GrayPage(width: 2, height: 2))
        let endless = GIFWriter.animation(width: 2, height: 2, Array(repeating: frame, count: 20_000))
        let picture = try await scanner.scan(endless)
        #expect(picture.pages == 20_000)
        #expect(picture.leftOutPages == 65...20_000)
        try await expectNextIsRead()
    }

    @Test func `a WebP of a vast canvas is too large`() async throws {
        // A lossless header alone: 16,383 by 16,383 (RFC 9649, section 3.4).
        let size: UInt32 = 16_382 | 16_382 << 14
        let header: [UInt8] = [0x2F] + (0..<4).map { UInt8(truncatingIfNeeded: size >> (8 * UInt32($0))) }
        let body = Array("WEBPVP8L".utf8) + [21, 0, 0, 0] + header + [UInt8](repeating: 0, count: 17)
        let vast = Array("RIFF".utf8) + [UInt8(body.count), 0, 0, 0] + body
        await #expect(throws: ScanError.tooLarge) { try await scanner.scan(vast) }
        try await expectNextIsRead()
    }

    @Test func `words that call themselves a picture, and nothing at all, are none`() async throws {
        let folder = try TemporaryDirectory()
        for (name, bytes) in [("label.png", Array("S/N NGW-000202\n".utf8)), ("empty.jpg", [])] {
            try Files.writeAtomically(bytes, to: folder.file(name))
            let file = try Files.open(folder.file(name), [.read])
            await #expect(throws: ScanError.notAPicture) { try await scanner.scan(file: file) }
            await #expect(throws: ScanError.notAPicture) { try await scanner.scan(bytes) }
        }
        try await expectNextIsRead()
    }

    @Test(arguments: ["png", "jpg", "webp", "tif", "gif", "bmp", "pgm"])
    func `changed bytes give a reading or a failure, never a crash or a stall`(_ kind: String) async throws {
        let whole = try Fixture.small(kind)
        var random = SeededRandom(seed: 7)
        for round in 0..<120 {
            var changed = whole
            for _ in 0..<Int.random(in: 1...8, using: &random) {
                // Half of the changes in the header, where they do most.
                let range = Bool.random(using: &random) ? min(whole.count, 128) : whole.count
                changed[Int.random(in: 0..<range, using: &random)] = .random(in: 0...255, using: &random)
            }
            do {
                let picture = try await scanner.scan(changed, wish: PictureWish(effort: .quick))
                #expect(picture.width * picture.height <= 20_000_000, "round \(round)")
            } catch {
                #expect(error == .notAPicture || error == .tooLarge || error.isCorrupt, "round \(round)")
            }
        }
        try await expectNextIsRead()
    }
}

extension ScanError {
    fileprivate var isCorrupt: Bool {
        if case .corrupt = self { true } else { false }
    }
}
