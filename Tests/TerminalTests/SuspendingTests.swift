import Canvas
import Glibc
import TestSupport
import Testing

/// Job control needs a shell: a program that no shell looks after is not stopped by the kernel.
@Suite struct SuspendingTests {
    private func shell(_ after: String) throws -> PTYSession {
        let program = BuiltProgram.path("terminal-probe")
        return try PTYSession(
            "/bin/bash", arguments: ["--norc", "-c", "set -m; \(program) suspend; \(after)"],
            environment: ["TERM": "xterm-256color", "LANG": "C.UTF-8", "PATH": "/usr/bin:/bin"])
    }

    private let stops = "stty -a | grep -o ' icanon'; echo st\\opped; read line; fg; echo d\\one"

    @Test(arguments: ["\u{1A}", "\r"])
    func `it stops, gives the terminal to the shell, and draws all again when it goes on`(_ key: String)
        throws
    {
        let session = try shell(stops)
        try session.waitFor(text: "ready")
        try session.send("a")
        try session.waitFor(text: "0 text 61 a")
        try session.send(key)
        try session.waitFor(text: "stopped")
        #expect(!session.screen.isAlternate)
        #expect(session.screen.contains(" icanon"))
        session.resize(Size(columns: 60, rows: 20))
        try session.send("\n")
        try session.waitFor(text: "ready 60x20")
        #expect(session.screen.contains("0 text 61 a"))
        try session.waitFor(text: "resized 60x20")
        try session.send("\u{1B}[15~")
        try session.waitFor(text: "key function(5) 0")
        session.signalForeground(SIGTERM)
        try session.waitFor(text: "done")
        _ = try session.waitForEnd()
        session.expectRestored()
    }

    @Test func `SIGTSTP from outside is the same`() throws {
        let session = try shell(stops)
        try session.waitFor(text: "ready")
        session.signalForeground(SIGTSTP)
        try session.waitFor(text: "stopped")
        try session.send("\n")
        try session.waitFor(text: "0 suspend")
        session.signalForeground(SIGTERM)
        _ = try session.waitForEnd()
        session.expectRestored()
    }

    @Test func `SIGSTOP cannot be seen coming, but all is drawn again after it`() throws {
        let session = try shell("stty sane; echo st\\opped; read line; fg")
        try session.waitFor(text: "ready")
        session.signalForeground(SIGSTOP)
        try session.waitFor(text: "stopped")
        try session.send("\n")
        try session.waitFor(text: "0 resumed")
        try session.send("x")
        try session.waitFor(text: "1 text 78 x")
        session.signalForeground(SIGTERM)
        _ = try session.waitForEnd()
    }

    @Test func `without a shell it goes on at once`() throws {
        let session = try probe("suspend")
        try session.waitFor(text: "ready")
        try session.send("\r")
        try session.waitFor(text: "1 continued")
        try session.send("\u{1A}")
        try session.waitFor(text: "2 suspend")
        #expect(session.screen.isAlternate)
        session.signal(SIGTERM)
        #expect(try session.waitForEnd() == .exited(0))
        session.expectRestored()
    }
}
