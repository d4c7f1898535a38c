import Foundation
import HandOver
import Model
import Testing

@Suite struct ConsoleProfileTests {
    /// The profile that comes with Muster.
    private let shell: ConsoleProfile

    init() throws {
        let path = #filePath.components(separatedBy: "/Tests/")[0] + "/Assets/consoles/linux-openssl.json"
        shell = try ConsoleProfile.load(
            Array(try Data(contentsOf: URL(filePath: path))), name: "linux-openssl")
    }

    private func load(_ profile: ConsoleProfile) throws -> ConsoleProfile {
        try ConsoleProfile.load(try CanonicalJSON.encode(profile), name: profile.name)
    }

    @Test func `a profile whose tests hold is loaded`() throws {
        #expect(try load(shell) == shell)
        #expect(
            try shell.line("append", ["line": "QUJD+/=", "path": "/tmp/a.pem"])
                == "echo QUJD+/= >> /tmp/a.pem")
    }

    @Test func `a profile of which one test reads something else is not used`() throws {
        for index in shell.tests.indices {
            var profile = shell
            profile.tests[index].expect["serial"] = "other"
            #expect(throws: HandOverError.self) { try load(profile) }
        }
    }

    @Test func `a profile lacks no command, no test and no prompt`() throws {
        for word in ConsoleProfile.needed {
            var profile = shell
            profile.commands[word] = nil
            #expect(throws: HandOverError.self, "\(word)") { try load(profile) }
        }
        var profile = shell
        for word in ConsoleProfile.read.keys {
            profile = shell
            profile.tests.removeAll { $0.command == word }
            #expect(throws: HandOverError.self, "\(word)") { try load(profile) }
        }
        profile = shell
        profile.passwordPrompt = nil
        #expect(throws: HandOverError.self) { try load(profile) }
        profile = shell
        profile.commands["begin"]?.timeoutMilliseconds = 0
        #expect(throws: HandOverError.self) { try load(profile) }
        #expect(throws: HandOverError.self) { try ConsoleProfile.load(Array("{}".utf8), name: "x") }
    }

    @Test(arguments: ["a b", "$(reboot)", "x;y", "`z`", "a\nb", "'", "\"", "|", "&", ">", "ä"])
    func `a value that a shell could take for its own is not typed`(_ value: String) {
        #expect(throws: HandOverError.self) { try shell.line("append", ["line": value]) }
    }
}
