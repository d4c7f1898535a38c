import Canvas
import Glibc
import TestSupport
import Testing

@Suite struct LeavingTests {
    @Test func `the end gives the terminal back`() throws {
        let session = try probe("quit")
        try session.waitFor(text: "ready 80x24 xterm-256color 256 unicode")
        #expect(session.screen.isAlternate)
        #expect(session.modes != session.modesBefore)
        #expect(session.screen.modes.isSuperset(of: [1000, 1002, 1004, 1006, 2004]))
        try session.send("\r")
        #expect(try session.waitForEnd() == .exited(0))
        #expect(session.screen.contains("closed"))
        session.expectRestored()
    }

    @Test(arguments: [SIGTERM, SIGINT, SIGQUIT, SIGHUP])
    func `a signal that ends is an input, and the terminal is given back`(_ number: Int32) throws {
        let session = try probe("quit")
        try session.waitFor(text: "ready")
        session.signal(number)
        #expect(try session.waitForEnd() == .exited(0))
        session.expectRestored()
    }

    @Test(arguments: [
        ("trap", [SIGILL, SIGTRAP]), ("thread-trap", [SIGILL, SIGTRAP]), ("abort", [SIGABRT]),
        ("overflow", [SIGSEGV]), ("raise", [SIGSEGV]), ("wrong-thread", [SIGILL, SIGTRAP]),
    ])
    func `a program that fails gives the terminal back and asks nothing`(_ scene: String, _ signals: [Int32])
        throws
    {
        let session = try probe(scene)
        try session.waitFor(text: "ready")
        try session.send("\r")
        let end = try session.waitForEnd(seconds: 60)
        #expect(signals.contains { end == .signalled($0) }, "\(end)")
        session.expectRestored()
    }

    @Test func `what a failing program says is read after the screen is gone`() throws {
        let session = try probe("trap", environment: ["SWIFT_BACKTRACE": "enable=no"])
        try session.waitFor(text: "ready")
        try session.send("\r")
        _ = try session.waitForEnd()
        let said = String(decoding: session.transcript, as: UTF8.self)
        let parts = said.split(separator: "\u{1B}[?1049l")
        #expect(parts.count > 1 && !parts[0].contains("asked to trap"))
        #expect(parts.last?.contains("the probe was asked to trap") == true)
        session.expectRestored()
    }

    @Test func `an exit without closing gives the terminal back`() throws {
        let session = try probe("exit")
        try session.waitFor(text: "ready")
        try session.send("\r")
        #expect(try session.waitForEnd() == .exited(7))
        session.expectRestored()
    }

    @Test func `what libraries print stays off the screen and is shown at the end without its controls`()
        throws
    {
        let session = try probe("diagnostics")
        try session.waitFor(text: "ready")
        try session.send("\rq")
        try session.waitFor(text: "1 text 71 q")
        #expect(!session.screen.text.contains("library"))
        session.signal(SIGTERM)
        _ = try session.waitForEnd()
        #expect(session.screen.contains("a library says: ?[2Jtorn é"))
        session.expectRestored()
    }

    @Test func `a terminal that goes away ends the program`() throws {
        let session = try probe("quit")
        try session.waitFor(text: "ready")
        session.hangUp()
        // The kernel sends SIGHUP and ends the input: whichever is seen first, the program ends by itself.
        #expect(try session.waitForEnd() == .exited(0))
    }

    @Test(arguments: ["vt100", "linux", "tmux-256color", "screen-256color", "xterm"])
    func `every type of terminal is given back`(_ type: String) throws {
        for ending in ["\r", "trap"] {
            let session = try probe(ending == "trap" ? "trap" : "quit", type: type)
            try session.waitFor(text: "ready 80x24 \(type)")
            try session.send("\r")
            _ = try session.waitForEnd(seconds: 60)
            session.expectRestored()
        }
    }
}
