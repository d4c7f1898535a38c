import Model
import ScanProtocol
import TestSupport
import Testing

struct ScanMessageTests {
    private let reading = PictureReading(
        width: 4000, height: 3000,
        symbols: [
            Symbol(
                symbology: .datamatrix, bytes: [0x30, 0x31, 0x1D, 0, 0xFF], aimIdentifier: "]d2",
                points: [Point(x: 1, y: 2), Point(x: -3, y: 4), Point(x: 5, y: 6), Point(x: 70_000, y: 8)]),
            Symbol(symbology: .databar, bytes: [], aimIdentifier: nil, points: [], isDisputed: true),
        ], copy: GrayCopy(width: 3, height: 2, pixels: [0, 1, 2, 253, 254, 255]))

    @Test func `a reading comes back as it was`() {
        #expect(ScanMessage.decode(ScanMessage.encode(.success(reading))) == .success(reading))
    }

    @Test func `a reading without a copy comes back without one`() {
        var plain = reading
        plain.copy = nil
        #expect(ScanMessage.decode(ScanMessage.encode(.success(plain))) == .success(plain))
    }

    @Test func `a copy larger than can be wished is no reading`() {
        var vast = reading
        vast.copy = GrayCopy(width: 641, height: 1, pixels: [UInt8](repeating: 0, count: 641))
        #expect(ScanMessage.decode(ScanMessage.encode(.success(vast))) == nil)
    }

    @Test(arguments: [PictureWish(), PictureWish(effort: .quick, copySide: 640), PictureWish(copySide: 1)])
    func `a wish comes back as it was`(_ wish: PictureWish) {
        let bytes = ScanMessage.encode(wish, ticket: 0xFEDC_BA98)
        #expect(bytes.count == ScanMessage.requestBytes)
        #expect(ScanMessage.request(bytes)?.wish == wish)
        #expect(ScanMessage.request(bytes)?.ticket == 0xFEDC_BA98)
    }

    @Test(arguments: [[], [0, 0], [2, 0, 0], [0, 2, 129], [0, 0, 0, 0]] as [[UInt8]])
    func `what is no wish is refused`(_ bytes: [UInt8]) {
        #expect(ScanMessage.request([0, 0, 0, 1] + bytes) == nil)
    }

    @Test(arguments: [ScanFailure.notAPicture, .tooLarge, .corrupt(reason: "CRC error")])
    func `a failure comes back as it was`(_ failure: ScanFailure) {
        #expect(ScanMessage.decode(ScanMessage.encode(.failure(failure))) == .failure(failure))
    }

    @Test func `a reason with terminal control characters arrives without them`() {
        let encoded = ScanMessage.encode(.failure(.corrupt(reason: "bad\u{1B}[2J\u{202E}text")))
        #expect(ScanMessage.decode(encoded) == .failure(.corrupt(reason: "bad[2Jtext")))
    }

    @Test func `a reading cut at any length is no reading`() {
        let whole = ScanMessage.encode(.success(reading))
        for length in 0..<whole.count {
            #expect(ScanMessage.decode(Array(whole.prefix(length))) == nil, "cut at \(length)")
        }
        #expect(ScanMessage.decode(whole + [0]) == nil)
    }

    @Test func `changed bytes never crash the reader`() {
        let whole = ScanMessage.encode(.success(reading))
        var random = SeededRandom(seed: 2)
        for _ in 0..<5000 {
            var changed = whole
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                changed[Int.random(in: 0..<changed.count, using: &random)] = .random(
                    in: 0...255, using: &random)
            }
            if case .success(let reading) = ScanMessage.decode(changed) {
                #expect(reading.symbols.count <= ScanMessage.mostSymbols)
            }
        }
    }

    @Test func `symbols past the limits are left out`() {
        let many = PictureReading(
            width: 1, height: 1,
            symbols: [
                Symbol(symbology: .qr, bytes: [UInt8](repeating: 1, count: ScanMessage.mostSymbolBytes + 1))
            ]
                + (0..<300).map { Symbol(symbology: .qr, bytes: [UInt8(truncatingIfNeeded: $0)]) })
        guard case .success(let back) = ScanMessage.decode(ScanMessage.encode(.success(many))) else {
            Issue.record("no reading came back")
            return
        }
        #expect(back.symbols.count == 256)
        #expect(back.symbols.first?.bytes == [0])
    }

    @Test func `the digits of the largest QR code pass`() {
        let digits = Symbol(symbology: .qr, bytes: [UInt8](repeating: 0x37, count: 7089), isDisputed: true)
        let largest = PictureReading(width: 555, height: 555, symbols: [digits])
        #expect(ScanMessage.decode(ScanMessage.encode(.success(largest))) == .success(largest))
    }

    @Test func `a doubt that is neither yes nor no makes no reading`() throws {
        let readings = [false, true].map { isDisputed in
            let symbol = Symbol(symbology: .qr, bytes: [1], isDisputed: isDisputed)
            return ScanMessage.encode(.success(PictureReading(width: 1, height: 1, symbols: [symbol])))
        }
        let differing = readings[0].indices.filter { readings[0][$0] != readings[1][$0] }
        #expect(differing.count == 1)
        var encoded = readings[1]
        encoded[try #require(differing.first)] = 2
        #expect(ScanMessage.decode(encoded) == nil)
    }

    @Test func `a header announces a length up to the limit, to its own request only`() {
        let most = ScanMessage.mostReplyBytes
        #expect(ScanMessage.length(ofHeader: ScanMessage.header(for: most, ticket: 7), ticket: 7) == most)
        #expect(ScanMessage.length(ofHeader: ScanMessage.header(for: most + 1, ticket: 7), ticket: 7) == nil)
        #expect(ScanMessage.length(ofHeader: ScanMessage.header(for: 1, ticket: 6), ticket: 7) == nil)
        #expect(ScanMessage.length(ofHeader: [0, 0, 0, 7, 0, 0, 1], ticket: 7) == nil)
    }

    @Test func `pages and the pages of symbols come back as they were`() {
        var document = reading
        document.pages = PageCount(total: 70_000, lookedAt: 64, failed: [2, 64])
        document.symbols[1].page = 63
        #expect(ScanMessage.decode(ScanMessage.encode(.success(document))) == .success(document))
        #expect(document.pages.leftOut == 65...70_000)
        #expect(reading.pages.leftOut == nil)
    }

    @Test(arguments: [
        PageCount(total: 1, lookedAt: 2), PageCount(total: 0, lookedAt: 0),
        PageCount(total: 99, lookedAt: 65),
        PageCount(total: 3, lookedAt: 2, failed: [3]), PageCount(total: 3, lookedAt: 3, failed: [2, 2]),
        PageCount(total: 3, lookedAt: 3, failed: [0]),
    ])
    func `pages that contradict each other are no reading`(_ pages: PageCount) {
        var document = reading
        document.pages = pages
        #expect(ScanMessage.decode(ScanMessage.encode(.success(document))) == nil)
    }

    @Test func `a symbol on a page that nobody looked at is no reading`() {
        var document = reading
        document.symbols[0].page = 2
        #expect(ScanMessage.decode(ScanMessage.encode(.success(document))) == nil)
    }

    @Test func `the largest reading fits into a reply`() {
        let symbol = Symbol(
            symbology: .qr, bytes: [UInt8](repeating: 1, count: ScanMessage.mostSymbolBytes),
            aimIdentifier: "]Q1234567", points: Array(repeating: Point(x: 1, y: 1), count: 20))
        let side = PictureWish.mostCopySide
        let largest = PictureReading(
            width: 1, height: 1, symbols: Array(repeating: symbol, count: 300),
            copy: GrayCopy(width: side, height: side, pixels: [UInt8](repeating: 0, count: side * side)))
        #expect(ScanMessage.encode(.success(largest)).count <= ScanMessage.mostReplyBytes)
    }
}
