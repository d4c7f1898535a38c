import Processes
import TestSupport
import Testing

/// What reaches the terminal, whatever it can show and whatever names and labels hold.
@Suite struct SignsTests {
    @Test func `an old terminal without colours and without Unicode gets ASCII signs`() throws {
        let tablet = try Tablet.withSamples()
        let session = try tablet.open(type: "vt100", environment: ["NO_COLOR": "1", "LC_ALL": "C"])
        try session.see("Fit out the basement in Oslo")
        try session.see("* 0 saved  ^ 0 sent  + 0 confirmed  ! 0 needs you")
        try session.press(Keys.enter)
        try session.see("START SCANNING")
        try session.scan("NCT-000404")
        try session.see("NCT-000404 is saved > rack 1 / slot 1")
        try session.seeRow("+", "NCT-000404", "confirmed")
        #expect(!session.screen.contains("?"))
        try session.press(Keys.interrupt)
        #expect(try session.end() == .exited(0))
        session.expectRestored()
        #expect(session.transcript.allSatisfy { $0 < 0x80 })
        try expectVocabulary(session, type: "vt100")
    }

    /// Control characters, a string for the window's title, a device control string, bidi and zero-width characters.
    private static let hostile = "A\u{1B}[2J\u{1B}]0;x\u{7}\u{1B}P1;2q\u{1B}\\\u{9B}5n\u{202E}Z\u{200B}\u{7F}"

    /// Names of a site, a product and a job, as whoever administers the registrar may have given them.
    private func addNames(to tablet: Tablet) throws {
        let registrar = ["--directory", tablet.store + "/registrar", "--name", Self.hostile]
        for words in [
            ["site", "add", "evil", "--tenant", "nordlicht"],
            ["product", "add", "evil", "--admission", "open"],
        ] {
            let added = try tablet.home.run(words + registrar, program: "muster-registrar")
            try #require(added.code == 0, "\(added.errors)")
        }
        let job = """
            {"jobID":"evil","tenant":"nordlicht","site":"oslo-1","name":"Evil \\u001b[2J\\u202e\\u200b\
            \\u001b]0;x\\u0007","positionRule":{"kind":"listed"},"expected":[{"position":"a\\u001b[2J\\u202eb",\
            "fields":{"serial":"EV\\u001b[31m\\u202e-1"},"note":"n\\u009b5n\\u200b"}]}
            """
        let file = try tablet.home.write(job, to: "evil.json")
        let added = try tablet.muster("registrar job add \(file)")
        try #require(added.code == 0, "\(added.errors)")
        try #require(try tablet.muster("sync").code == 0)
    }

    @Test func `nothing from names, labels or pastes steers the terminal`() throws {
        let tablet = try Tablet.withSamples()
        try addNames(to: tablet)
        let session = try tablet.open()
        try session.choose("Evil ␛[2J‹U+202E›")
        try session.see("EV␛[31m‹U+202E›-1")
        try session.press(Keys.escape)
        try session.see("SCAN A DEVICE")
        try session.press("2")
        try session.see("Set once what every device gets")
        for key in [Keys.f(3), Keys.f(4)] {
            try session.press(key)
            try session.seeRow("evil", "A␛[2J␛]0;x␇␛P1;2q␛")
            try session.press(Keys.escape)
            try session.see("Set once what every device gets")
        }
        try session.press(Keys.f(1))
        try session.see("Ready: scan the next device")
        for payload in ["SN:\(Self.hostile);MODEL:M\u{1B}[2J", "POS:p\(Self.hostile)", Self.hostile] {
            let before = session.screen
            try session.send("\u{1B}[200~\(payload)\u{1B}[201~")
            try session.see("answer to a paste") { $0 != before }
            try session.press(Keys.enter)
            try session.see("Ready: scan the next device")
        }
        try session.press(Keys.f(6))
        try session.see("Outbox: ")
        try session.press(Keys.interrupt)
        #expect(try session.end() == .exited(0))
        session.expectRestored()
        #expect(session.screen.title != "x")
        try expectVocabulary(session, type: "xterm-256color")
    }

    /// What Muster sends besides the terminal's entry, where the terminal is like xterm.
    private static let extras =
        [1000, 1002, 1004, 1006, 2004].flatMap { ["\u{1B}[?\($0)h", "\u{1B}[?\($0)l"] } + ["\u{1B}]2;x\u{7}"]

    private func expectVocabulary(_ session: PTYSession, type: String) throws {
        let entry = try Child.run(
            "/usr/bin/infocmp", arguments: ["-1", "-x", type], environment: [:], timeout: .seconds(60))
        let vocabulary = TerminalVocabulary(
            entry: entry.outputText, extras: type.hasPrefix("xterm") ? Self.extras : [])
        var tokens = TerminalTokens()
        var strangers: [TerminalToken] = []
        tokens.feed(session.transcript) { token in
            let isLineEnd = token == .control(0x0D) || token == .control(0x0A)
            if !vocabulary.allows(token), !isLineEnd { strangers.append(token) }
        }
        #expect(tokens.isGround)
        #expect(strangers.isEmpty, "\(strangers.prefix(5))")
    }
}
