import Canvas
import Processes
import TestSupport
import Testing

@Suite struct HostileTextTests {
    /// What Muster sends besides the terminal's entry, where the terminal is like xterm.
    private static let extras = [1000, 1002, 1004, 1006, 2004].flatMap {
        ["\u{1B}[?\($0)h", "\u{1B}[?\($0)l"]
    }

    @Test(arguments: [
        ("xterm-256color", 100_000), ("vt100", 4_000), ("linux", 4_000), ("tmux-256color", 4_000),
    ])
    func `no text reaches the terminal as anything but text`(_ type: String, _ count: Int) throws {
        let entry = try Child.run(
            "/usr/bin/infocmp", arguments: ["-1", "-x", type], environment: [:], timeout: .seconds(20))
        let isLikeXterm = type.hasPrefix("xterm") || type.hasPrefix("tmux")
        let vocabulary = TerminalVocabulary(
            entry: String(decoding: entry.output, as: UTF8.self),
            extras: (isLikeXterm ? Self.extras : []) + (type.hasPrefix("xterm") ? ["\u{1B}]2;x\u{7}"] : []))
        let session = try probe("hostile", "\(count)", type: type, size: Size(columns: 160, rows: 40))
        #expect(try session.waitForEnd(seconds: 300) == .exited(0))
        var tokens = TerminalTokens()
        var strangers: [TerminalToken] = []
        var total = 0
        tokens.feed(session.transcript) { token in
            total += 1
            if strangers.count < 5, !vocabulary.allows(token), token != .control(0x0D),
                token != .control(0x0A)
            {
                strangers.append(token)
            }
        }
        #expect(tokens.isGround)
        #expect(total > count)
        #expect(strangers.isEmpty, "\(strangers)")
        session.expectRestored()
    }
}
