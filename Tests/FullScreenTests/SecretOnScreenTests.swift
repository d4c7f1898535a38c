import Model
import TestSupport
import Testing

/// What the full screen keeps in its memory of a passphrase that was typed into it: nothing.
@Suite struct SecretOnScreenTests {
    private static let passphrase = "tisch-pferd-lampe-getippt"
    private let tablet: Tablet

    init() throws {
        tablet = try Tablet.withSamples([
            "MEMORY_PROBE_WORD": Hexadecimal.encode(Self.passphrase.utf8.map { ~$0 })
        ])
        try tablet.home.writeSecret(Self.passphrase, to: "pass")
        _ = try tablet.muster("vault create --passphrase-file pass").succeeded
    }

    private func expectNothing(in said: [UInt8], sourceLocation: SourceLocation = #_sourceLocation) {
        let words = String(decoding: said, as: UTF8.self)
        #expect(
            words.contains("memory-probe: 0 found, exit 0"), "\(words.suffix(400))",
            sourceLocation: sourceLocation)
    }

    @Test func `typed key by key, it opens the vault and is gone`() throws {
        let session = try tablet.open(program: "memory-probe")
        try session.see("Passphrase or PIN")
        try session.type(Self.passphrase, into: "Passphrase or PIN", mask: "•")
        try session.press(Keys.enter)
        try session.see("SCAN A DEVICE")
        try session.press(Keys.interrupt)
        #expect(try session.end() == .exited(0))
        expectNothing(in: session.transcript)
    }

    @Test func `as a line, it opens the vault and is gone`() throws {
        let session = try LineSession(tablet, program: "memory-probe")
        try session.hear("== Locked ==")
        try session.hear("Passphrase or PIN")
        try session.say(Self.passphrase)
        try session.hear("== Home ==")
        try session.hear("#1 ·, Fit out the basement in Oslo")
        #expect(try session.finish() == 0)
        expectNothing(in: session.said)
    }
}
