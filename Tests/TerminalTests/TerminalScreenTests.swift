import Canvas
import TestSupport
import Testing

/// The tests' own terminal: what it shows must be what a terminal shows.
@Suite struct TerminalScreenTests {
    private func screen(_ text: String, _ columns: Int = 10, _ rows: Int = 4) -> TerminalScreen {
        var screen = TerminalScreen(size: Size(columns: columns, rows: rows))
        var tokens = TerminalTokens()
        tokens.feed(Array(text.utf8)) { screen.take($0) }
        return screen
    }

    @Test func `text wraps late, and line feeds scroll`() {
        #expect(screen("0123456789").cursor == CellPoint(column: 9, row: 0))
        #expect(screen("0123456789a").lines == ["0123456789", "a", "", ""])
        #expect(screen("0123456789\r\na").lines == ["0123456789", "a", "", ""])
        #expect(screen("1\r\n2\r\n3\r\n4\r\n5").lines == ["2", "3", "4", "5"])
        #expect(screen("\u{1B}[?7l0123456789abc").lines[0] == "012345678c")
    }

    @Test func `the cursor moves within the screen`() {
        #expect(screen("\u{1B}[3;5Hx").lines[2] == "    x")
        #expect(screen("\u{1B}[99;99Hx").lines[3] == "         x")
        #expect(
            screen("abc\u{1B}[2Dx\u{1B}[Gy\u{1B}[2By\u{1B}[Az\u{1B}[4d\u{1B}[3Cw").lines == [
                "yxc", "  z", " y", "      w",
            ])
        #expect(screen("a\u{1B}7\u{1B}[3;3H\u{1B}8b").lines[0] == "ab")
    }

    @Test func `erasing, inserting, deleting, repeating`() {
        #expect(screen("abcdef\u{1B}[3G\u{1B}[K").lines[0] == "ab")
        #expect(screen("abcdef\u{1B}[3G\u{1B}[1K").lines[0] == "   def")
        #expect(screen("abcdef\u{1B}[3G\u{1B}[2X").lines[0] == "ab  ef")
        #expect(screen("abcdef\u{1B}[3G\u{1B}[2P").lines[0] == "abef")
        #expect(screen("abcdef\u{1B}[3G\u{1B}[2@").lines[0] == "ab  cdef")
        #expect(screen("a\u{1B}[4b").lines[0] == "aaaaa")
        #expect(screen("a\r\nb\r\nc\u{1B}[2;1H\u{1B}[J").lines == ["a", "", "", ""])
        #expect(screen("a\r\nb\r\nc\u{1B}[2;1H\u{1B}[M").lines == ["a", "c", "", ""])
        #expect(screen("a\r\nb\r\nc\u{1B}[2;1H\u{1B}[L").lines == ["a", "", "b", "c"])
        #expect(screen("a\u{1B}[2J").lines == ["", "", "", ""])
    }

    @Test func `a region scrolls alone`() {
        let text = "1\r\n2\r\n3\r\n4\u{1B}[2;3r"
        #expect(screen(text + "\u{1B}[3;1H\n").lines == ["1", "3", "", "4"])
        #expect(screen(text + "\u{1B}[2;1H\u{1B}M").lines == ["1", "", "2", "4"])
        #expect(screen(text + "\u{1B}[S").lines == ["1", "3", "", "4"])
    }

    @Test func `wide and combining characters`() {
        #expect(screen("日e\u{301}x").grid.cells[0].prefix(4) == ["日", "", "e\u{301}", "x"])
        #expect(screen("日本\u{1B}[2Gx").lines[0] == " x本")
        #expect(screen("日本\u{1B}[3Gx").lines[0] == "日x")
        #expect(screen("012345678日").lines == ["012345678", "日", "", ""])
    }

    @Test func `the second screen hides the first`() {
        let session = screen("first\u{1B}[?1049h\u{1B}[Hsecond")
        #expect(session.isAlternate && session.lines[0] == "second")
        #expect(screen("first\u{1B}[?1049h\u{1B}[Hsecond\u{1B}[?1049l").lines[0] == "first")
    }

    @Test func `titles, charsets, modes and what it does not know`() {
        #expect(screen("\u{1B}]2;name\u{7}").title == "name")
        #expect(screen("\u{1B}]0;name\u{1B}\\x").title == "name")
        #expect(screen("\u{1B}(0qx\u{1B}(Bq").lines[0] == "─│q")
        #expect(screen("\u{1B}[?2004h").modes.contains(2004))
        #expect(screen("\u{1B}[?25l").isCursorVisible == false)
        #expect(screen("\u{1B}[5n\u{1B}Pq\u{1B}\\").unknown.count == 2)
    }

    @Test func `the parts in which bytes arrive make no difference`() {
        let text = "日本\u{1B}[2;3Hé\u{1B}]2;t\u{1B}\\\u{1B}[31mx\u{1B}[K\u{1B}(B|"
        var one: [TerminalToken] = []
        var tokens = TerminalTokens()
        for byte in text.utf8 { tokens.feed([byte]) { one.append($0) } }
        var two: [TerminalToken] = []
        tokens.feed(Array(text.utf8)) { two.append($0) }
        #expect(one == two && tokens.isGround)
    }
}
