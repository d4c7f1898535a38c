import Canvas
import Glibc
import TestSupport
import Testing

@Suite struct PaintingTests {
    @Test(arguments: ["xterm-256color", "tmux-256color", "vt100"])
    func `frames are shown cell by cell`(_ type: String) throws {
        let session = try probe("samples", type: type)
        let first = try session.waitFor(text: "step 0")
        try session.waitFor("the whole frame") { $0.lines[23].hasSuffix("x") }
        #expect(first.lines[0] == "step 0")
        #expect(session.screen.lines[1] == "● ↑ ✓ ! – … · │ ─ █ ▀ ▄ ▌ → ‹ ›|")
        #expect(session.screen.lines[2] == "日本語|한국어|e\u{301}a\u{308}|naïve|Ω")
        #expect(session.screen.lines[4] == String(repeating: "日", count: 40))
        #expect(session.screen.lines[23] == String(repeating: " ", count: 79) + "x")
        try session.send("n")
        try session.waitFor("step 1") { $0.lines[0] == "step 1" && $0.lines[4].hasPrefix(" 日") }
        #expect(session.screen.lines[4] == " " + String(repeating: "日", count: 39))
        try session.send("n")
        try session.waitFor("step 2") { $0.lines[0] == "step 2" && $0.lines[4].hasPrefix("日") }
        #expect(session.screen.lines[2] == " 日 語|한국어|e\u{301}a\u{308}|naïve|Ω")
        try session.send("n")
        // A frame larger than the terminal: the character at its edge is left out.
        try session.waitFor("step 3") { $0.lines[5].hasPrefix(" 本") }
        #expect(session.screen.lines[5] == " " + String(repeating: "本", count: 39))
        #expect(session.screen.lines[6] == "")
        try session.send("n")
        #expect(try session.waitForEnd() == .exited(0))
        session.expectRestored()
    }

    @Test func `clusters about which terminals disagree take the cells that the frame gave them`() throws {
        let session = try probe("samples")
        try session.waitFor("the whole frame") { $0.lines[23].hasSuffix("x") }
        let bars = session.screen.grid.cells[3].indices.filter { session.screen.grid.cells[3][$0] == "|" }
        #expect(bars == Self.barsOfFrame)
    }

    /// Where the frame itself has them.
    private static var barsOfFrame: [Int] {
        var frame = Frame(size: .usual)
        frame.put("👩‍👩‍👧|☎\u{FE0F}|🇩🇪|👍🏽|", column: 0, row: 3)
        return (0..<80).filter { frame[$0, 3].content == .text("|") }
    }

    @Test func `only what differs is sent`() throws {
        let session = try probe("quit")
        try session.waitFor(text: "ready")
        try session.send("a")
        try session.waitFor("a drawn line") { $0.contains("0 text 61 a") && $0.cursor.row == 2 }
        let before = session.transcript.count
        try session.send("b")
        try session.waitFor("another") { $0.contains("1 text 62 b") && $0.cursor.row == 3 }
        #expect(session.transcript.count - before < 80, "\(session.transcript.count - before) bytes")
    }

    @Test func `pictures are half blocks in greys, or characters of their darkness`() throws {
        let grey = try probe("pictures")
        try grey.waitFor(text: "picture 0")
        #expect(grey.screen.lines[3].contains("▀"))
        #expect(String(decoding: grey.transcript, as: UTF8.self).contains("38;5;24"))
        try grey.send("n")
        try grey.waitFor(text: "picture 1")
        for (type, environment) in [("linux", [:]), ("vt100", [:]), ("xterm-256color", ["PROBE_ASCII": "1"])]
        {
            let plain = try probe("pictures", type: type, environment: environment)
            try plain.waitFor(text: "picture 0")
            #expect(!plain.screen.text.contains("▀"))
            #expect(plain.screen.lines[7].hasSuffix("@@"), "\(plain.screen.lines[7])")
        }
    }

    @Test func `ASCII where it is wanted, Muster's signs on the Linux console`() throws {
        let ascii = try probe("samples", environment: ["PROBE_ASCII": "1"])
        try ascii.waitFor("the whole frame") { $0.lines[23].hasSuffix("x") }
        #expect(ascii.screen.lines[1] == "* ^ + ! - ~ . | - # \" _ [ > < >|")
        #expect(ascii.screen.lines[2] == "??????|??????|ea|na?ve|?")
        let console = try probe("samples", type: "linux")
        try console.waitFor("the whole frame") { $0.lines[23].hasSuffix("x") }
        #expect(console.screen.lines[1] == "* ^ + ! - ~ . | - # \" _ [ > < >|")
        #expect(console.screen.lines[2].hasSuffix("|naïve|Ω"))
    }

    @Test func `a locale without UTF-8 is replaced by one that has it`() throws {
        let session = try probe("samples", environment: ["LC_ALL": "C"])
        try session.waitFor("the whole frame") { $0.lines[23].hasSuffix("x") }
        #expect(session.screen.lines[2] == "日本語|한국어|e\u{301}a\u{308}|naïve|Ω")
    }

    @Test(arguments: ["nonesuch", "dumb", "", "../../etc/passwd", "a\u{1B}[2J"])
    func `a type that cannot show it is refused, and nothing is changed`(_ type: String) throws {
        let session = try probe("quit", type: type)
        #expect(try session.waitForEnd() == .exited(64))
        #expect(
            session.screen.contains(type == "dumb" || type.isEmpty ? "terminal_dumb" : "terminal_unknown"))
        #expect(!session.transcript.contains(0x1B))
        session.expectRestored()
    }

    @Test func `a type newer than the database is shown as one like it`() throws {
        let session = try probe("quit", type: "alacritty-direct")
        try session.waitFor(text: "ready 80x24 xterm-256color 256")
    }

    @Test func `LINES and COLUMNS of the environment say nothing`() throws {
        let session = try probe("quit", environment: ["LINES": "5", "COLUMNS": "9"])
        try session.waitFor(text: "ready 80x24")
    }
}
