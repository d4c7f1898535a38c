import Canvas
import Testing

@Suite struct TextLayoutTests {
    @Test(arguments: [
        ("", 0), ("abc", 3), ("日本", 4), ("e\u{301}", 1), ("한글", 4), ("🙂", 2), ("❤\u{FE0F}", 2), ("ｗ", 2),
        ("é", 1),
        ("\u{301}", 0), ("का", 2), ("क्ष", 2), ("👩‍👩‍👧", 2), ("🇨🇭", 2),
    ]) func `cells are counted as terminals draw them`(_ text: String, _ cells: Int) {
        #expect(CellWidth.of(text) == cells)
    }

    @Test func `truncation says that something is missing and never splits a grapheme`() {
        #expect(TextLayout.truncate("abcdef", columns: 6) == "abcdef")
        #expect(TextLayout.truncate("abcdef", columns: 5) == "abcd…")
        #expect(TextLayout.truncate("日本語", columns: 5) == "日本…")
        #expect(TextLayout.truncate("日本語", columns: 4) == "日…")
        #expect(TextLayout.truncate("abc", columns: 0) == "")
        #expect(TextLayout.truncateHead("/a/long/path", columns: 6) == "…/path")
        #expect(TextLayout.pad("日", columns: 4) == "日  ")
    }

    @Test func `lines break at blanks, and inside words that are too long`() {
        #expect(TextLayout.wrap("one two three", columns: 7) == ["one two", "three"])
        #expect(TextLayout.wrap("abcdefghij kl", columns: 4) == ["abcd", "efgh", "ij", "kl"])
        #expect(TextLayout.wrap("a\n\nb", columns: 4) == ["a", "", "b"])
        #expect(TextLayout.wrap("日本語日本", columns: 5) == ["日本", "語日", "本"])
        #expect(TextLayout.wrap("x", columns: 0) == [])
    }

    @Test(arguments: 1...12) func `no wrapped line is wider than asked`(_ columns: Int) {
        let text = "Prüfe das Gerät 日本語 und sag dem Büro Bescheid, supercalifragilistic 🙂"
        for line in TextLayout.wrap(text, columns: columns) where columns > 1 {
            #expect(CellWidth.of(line) <= columns)
        }
    }
}
