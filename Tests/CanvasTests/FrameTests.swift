import Canvas
import TestSupport
import Testing

@Suite struct FrameTests {
    private func frame(_ columns: Int = 6, _ rows: Int = 2) -> Frame {
        Frame(size: Size(columns: columns, rows: rows))
    }

    @Test func `text is drawn where it is put and cut at the edge`() {
        var frame = frame()
        #expect(frame.put("abcdefgh", column: 2, row: 0) == 4)
        #expect(frame.text == "  abcd\n")
    }

    @Test func `a wide grapheme is drawn whole or not at all`() {
        var frame = frame(5, 1)
        #expect(frame.put("日本語", column: 0, row: 0) == 4)
        #expect(frame.text == "日本")
        #expect(frame[1, 0].content == .continuation)
        frame.put("x", column: 1, row: 0)
        #expect(frame.text == " x本")
        frame.put("y", column: 2, row: 0)
        #expect(frame.text == " xy")
    }

    @Test func `combining marks stay with their base`() {
        var frame = frame(4, 1)
        frame.put("e\u{301}a\u{308}", column: 0, row: 0)
        #expect(frame[0, 0].content == .text("e\u{301}"))
        #expect(frame[1, 0].content == .text("a\u{308}"))
    }

    @Test func `nothing outside the frame is touched and nothing traps`() {
        var frame = frame()
        for (column, row) in [(-3, 0), (0, -1), (9, 0), (0, 9), (5, 1)] {
            frame.put("日本 text", column: column, row: row)
            frame.fill(Rect(column: column, row: row, columns: 9, rows: 9), role: .bad)
            frame.putPicture(upper: 1, lower: 2, column: column, row: row)
        }
        #expect(frame.cells.count == 12)
    }

    @Test func `what would steer the terminal is visible instead`() {
        var frame = frame(40, 1)
        frame.put("a\u{1B}[2J\u{202E}\u{200B}", column: 0, row: 0)
        #expect(frame.text == "a␛[2J‹U+202E›‹U+200B›")
    }

    @Test func `random graphemes at random places leave a grid whose halves match`() {
        var random = SeededRandom(seed: 7)
        var frame = frame(20, 4)
        let samples = ["日", "a", "e\u{301}", "🙂", "ｗ", " ", "\u{0}", "👩‍👩‍👧", "한"]
        for _ in 0..<4000 {
            let text = (0..<3).map { _ in samples[Int.random(in: 0..<samples.count, using: &random)] }
                .joined()
            frame.put(
                text, column: Int.random(in: -4..<24, using: &random),
                row: Int.random(in: 0..<4, using: &random))
        }
        for row in 0..<4 {
            for column in 0..<20 {
                guard case .text(let grapheme) = frame[column, row].content else {
                    #expect(column > 0)
                    continue
                }
                let isWide = CellWidth.of(grapheme) == 2
                let next = column + 1 < 20 ? frame[column + 1, row].content : nil
                #expect(isWide == (next == .continuation), "\(column),\(row) \(frame.text)")
            }
        }
    }
}
