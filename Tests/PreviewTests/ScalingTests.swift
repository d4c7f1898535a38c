import Model
import Preview
import Testing

struct ScalingTests {
    @Test func `each pixel of a smaller frame is the mean of those it covers`() {
        let frame = GrayFrame(
            width: 4, height: 4,
            pixels: [
                0, 10, 100, 100,
                20, 30, 100, 100,
                255, 255, 0, 0,
                255, 255, 0, 2,
            ])
        #expect(frame.scaled(width: 2, height: 2).pixels == [15, 100, 255, 0])
    }

    @Test func `a wide frame gets bars above and below, a tall one left and right`() {
        let wide = GrayFrame.drawn(8, 4) { _, _ in 200 }.scaled(width: 4, height: 4)
        #expect(wide.pixels == [0, 0, 0, 0] + [UInt8](repeating: 200, count: 8) + [0, 0, 0, 0])
        let tall = GrayFrame.drawn(4, 8) { _, _ in 200 }.scaled(width: 4, height: 4)
        #expect(
            tall.pixels
                == [[0, 200, 200, 0], [0, 200, 200, 0], [0, 200, 200, 0], [0, 200, 200, 0]].flatMap { $0 })
    }

    @Test(arguments: [(640, 480), (1280, 720), (3, 2), (1, 1), (1, 500), (977, 13)])
    func `any frame fits any preview, and a flat one stays flat`(_ width: Int, _ height: Int) {
        let frame = GrayFrame(
            width: width, height: height, pixels: [UInt8](repeating: 77, count: width * height))
        for (columns, rows) in [(80, 48), (40, 20), (1, 1), (7, 200)] {
            let scaled = frame.scaled(width: columns, height: rows)
            let fit = frame.fit(width: columns, height: rows)
            #expect(scaled.width == columns && scaled.height == rows)
            #expect(scaled.pixels.filter { $0 == 77 }.count == fit.shownWidth * fit.shownHeight)
            #expect(scaled.pixels.allSatisfy { $0 == 77 || $0 == 0 })
        }
    }

    @Test func `a scaled frame keeps its number and its time`() {
        let frame = GrayFrame(
            width: 2, height: 2, pixels: [1, 2, 3, 4], sequence: 9, capturedAtMilliseconds: 12)
        let scaled = frame.scaled(width: 1, height: 1)
        #expect(scaled.sequence == 9 && scaled.capturedAtMilliseconds == 12)
    }

    @Test func `a frame as a portable grey map is its header and its pixels`() {
        let frame = GrayFrame(width: 3, height: 1, pixels: [7, 8, 9])
        #expect(frame.portableGrayMap == Array("P5\n3 1\n255\n".utf8) + [7, 8, 9])
    }
}

struct OutlineTests {
    private let fit = PreviewFit(pictureWidth: 640, pictureHeight: 480, width: 80, height: 48)

    @Test func `the picture lies in the middle of the preview, in its own shape`() {
        #expect(fit.shownWidth == 64 && fit.shownHeight == 48 && fit.left == 8 && fit.top == 0)
        #expect(fit.place(Point(x: 0, y: 0)) == Point(x: 8, y: 0))
        #expect(fit.place(Point(x: 639, y: 479)) == Point(x: 71, y: 47))
        #expect(fit.place(Point(x: -50, y: 9999)) == Point(x: 8, y: 47))
    }

    @Test func `four corners are joined all the way round, each cell once`() {
        let outline = PreviewOutline(
            [Point(x: 0, y: 0), Point(x: 40, y: 0), Point(x: 40, y: 80), Point(x: 0, y: 80)], in: fit)
        let columns = (8...12).map { PreviewCell(column: $0, row: 0) }
        #expect(outline.cells.starts(with: columns))
        #expect(Set(outline.cells).count == outline.cells.count)
        // 5 columns and 5 rows (10 pixels down), round the edge.
        #expect(outline.cells.count == 16)
        #expect(outline.cells.contains(PreviewCell(column: 10, row: 4)))
        #expect(!outline.cells.contains(PreviewCell(column: 10, row: 2)))
    }

    @Test func `two points are a line, many the rectangle around them, none nothing`() {
        let line = PreviewOutline([Point(x: 0, y: 100), Point(x: 100, y: 100)], in: fit)
        #expect(line.cells == (8...18).map { PreviewCell(column: $0, row: 5) })
        let many = PreviewOutline(
            [
                Point(x: 20, y: 0), Point(x: 0, y: 40), Point(x: 40, y: 40), Point(x: 30, y: 80),
                Point(x: 20, y: 9),
            ],
            in: fit)
        #expect(many.cells.count == 16)
        #expect(PreviewOutline([], in: fit).cells.isEmpty)
    }

    @Test func `an outline outside the picture stays within the preview`() {
        let outline = PreviewOutline(
            [Point(x: -900, y: -900), Point(x: 9000, y: 0), Point(x: 9000, y: 9000), Point(x: 0, y: 9000)],
            in: fit)
        #expect(outline.cells.allSatisfy { (0..<80).contains($0.column) && (0..<24).contains($0.row) })
    }
}
