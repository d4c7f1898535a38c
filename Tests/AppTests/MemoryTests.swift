import Model
import Processes
import TestSupport
import Testing

/// What is left of passphrases and passwords in the memory of a program that has used them: nothing.
@Suite struct MemoryTests {
    private static let passphrase = "tisch-pferd-lampe-zwiebel-memory"
    private static let password = "quote\"back\\slash-umlaut-\u{00FC}-memory"

    /// A home whose programs are told which word to look for.
    private func home(_ word: String, isKept: Bool = false) throws -> Home {
        var variables = ["MEMORY_PROBE_WORD": Hexadecimal.encode(word.utf8.map { ~$0 })]
        if isKept { variables["MEMORY_PROBE_KEEP"] = "1" }
        return try Home(variables)
    }

    private func secret(_ text: String, _ name: String, in home: Home) throws {
        try Files.writeAtomically(Array((text + "\n").utf8), to: home.directory.file(name), mode: 0o600)
    }

    /// Runs a command and gives how often the word was found after it.
    private func found(_ line: String, in home: Home) throws -> Int {
        let finished = try home.run(line.split(separator: " ").map(String.init), program: "memory-probe")
        #expect(finished.code == 0, "\(finished.output)\(finished.errors)")
        let words = try #require(
            finished.output.split(separator: "\n").last { $0.hasPrefix("memory-probe: ") },
            "\(finished.errors)")
        #expect(words.hasSuffix("exit 0"), "\(finished.output)\(finished.errors)")
        return try #require(Int(words.split(separator: " ")[1]))
    }

    @Test func `the search finds a word that is there`() throws {
        let home = try home(Self.passphrase, isKept: true)
        #expect(try found("generate man", in: home) == 1)
    }

    @Test func `a vault that was made and opened leaves nothing of its passphrase`() throws {
        let home = try home(Self.passphrase)
        try secret(Self.passphrase, "pass", in: home)
        try #require(try home.muster("commission --serial SN-1").code == 0)
        #expect(try found("vault create --passphrase-file pass", in: home) == 0)
        #expect(try found("commission --serial SN-2 --passphrase-file pass", in: home) == 0)
        // It was the passphrase that opened it.
        try secret(Self.passphrase + "x", "wrong", in: home)
        #expect(try home.muster("commission --serial SN-3 --passphrase-file wrong").code != 0)
    }

    @Test func `a sign-in leaves nothing of its password, as it is or as it was sent`() throws {
        let sent = Self.password.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        for word in [Self.password, sent] {
            let home = try home(word)
            try home.makeTeamRegistrar()
            try secret(Self.password, "password", in: home)
            let set = try home.registrar("operator password jk --directory reg --password-file password")
            try #require(set.code == 0, "\(set.errors)")
            let server = try Server(home, directory: "reg")
            try #require(try home.shell("cp reg/keys/root.pem root.pem").code == 0)
            let line =
                "sign-in --operator jk --password-file password --registrar https://127.0.0.1:\(server.port) "
                + "--root root.pem"
            #expect(try found(line, in: home) == 0)
            try server.stop()
        }
    }
}
