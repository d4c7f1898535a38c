import Canvas
import Glibc
import TestSupport
import Testing

@Suite struct InputTests {
    private func expect(_ sent: String, _ shown: String, type: String = "xterm-256color") throws {
        let session = try probe("quit", type: type)
        try session.waitFor(text: "ready")
        try session.send(sent)
        try session.waitFor(text: "0 \(shown)")
        try session.send("\r")
        #expect(try session.waitForEnd() == .exited(0))
    }

    @Test(arguments: [
        ("é", "text E9 é"), ("\u{3}", "text 3 ␃"), ("\u{11}", "text 11 ␑"), ("\u{1B}", "text 1B ␛"),
        ("\u{1B}OA", "key up 0"), ("\u{1B}[15~", "key function(5) 0"), ("\u{1B}[1;5C", "key right 4"),
        ("\u{1B}[200~a\u{1B}[Bb\u{1B}[201~", "paste 5 a␛[Bb"), ("\u{1B}[<0;10;5M", "mouse press 9,4"),
        ("\u{1B}[I", "focus true"), ("\u{7F}", "text 7F ␡"), ("\u{1D}", "text 1D ␝"),
    ])
    func `what is sent arrives as it is meant`(_ sent: String, _ shown: String) throws {
        try expect(sent, shown)
    }

    @Test func `a terminal of eight colours and one without`() throws {
        try expect("\u{1B}[[B", "key function(2) 0", type: "linux")
        try expect("\u{1B}OA", "key up 0", type: "vt100")
        try expect("\u{1B}[M !!", "mouse press 0,0", type: "tmux-256color")
    }

    @Test func `a long paste arrives whole`() throws {
        let session = try probe("quit")
        try session.waitFor(text: "ready")
        let inside = String(repeating: "0123456789ABCDE\r", count: 20_000)
        try session.send("\u{1B}[200~" + inside + "\u{1B}[201~")
        try session.waitFor(text: "0 paste 320000 ")
        session.signal(SIGTERM)
        #expect(try session.waitForEnd() == .exited(0))
        session.expectRestored()
    }

    @Test func `a resize at any moment ends in a screen of the last size`() throws {
        let session = try probe("quit")
        var random = SeededRandom(seed: 3)
        for number in 0..<120 {
            let size = Size(
                columns: Int.random(in: 1...200, using: &random), rows: Int.random(in: 1...60, using: &random)
            )
            session.resize(size)
            if number % 3 == 0 { try session.send("a") }
        }
        session.resize(Size(columns: 70, rows: 12))
        try session.waitFor(text: "ready 70x12")
        try session.send("z")
        try session.waitFor("the newest input below") { $0.lines[11].hasSuffix("text 7A z") }
        #expect(session.screen.lines[0] == "ready 70x12 xterm-256color 256 unicode")
        try session.send("\r")
        #expect(try session.waitForEnd() == .exited(0))
        session.expectRestored()
    }

    @Test func `another thread ends a wait`() throws {
        let session = try probe("wake")
        try session.waitFor(text: "ready")
        try session.send("\r")
        try session.waitFor(text: "1 woken 0")
        session.signal(SIGTERM)
        #expect(try session.waitForEnd() == .exited(0))
    }

    @Test func `the bell rings and the window has a title that cannot steer`() throws {
        let session = try probe("bell")
        try session.waitFor(text: "ready")
        #expect(session.screen.title == "probe ‹bell›␛]0;x␇")
        try session.send("\r")
        try session.waitFor("a bell") { $0.bells == 1 }
        session.signal(SIGTERM)
        _ = try session.waitForEnd()
        session.expectRestored()
    }
}
