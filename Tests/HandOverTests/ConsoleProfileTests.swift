import HandOver
import Model
import Testing

@Suite struct ConsoleProfileTests {
    /// A router's console with a shell, as such profiles are written.
    static let shell = ConsoleProfile(
        name: "shell", baud: 115_200, prompt: "# ", loginPrompt: "login: ", passwordPrompt: "Password: ",
        wake: "\n",
        commands: [
            "identify": .init(
                type: "cat /etc/identity", timeoutMilliseconds: 2000,
                values: [.init(name: "serial", after: "serial="), .init(name: "mac", after: "mac=", before: " ")]),
            "request": .init(
                type: "cat {path}", timeoutMilliseconds: 2000,
                values: [.init(name: "begin", after: "-----BEGIN ")]),
            "begin": .init(type: ": > {path}", timeoutMilliseconds: 2000),
            "append": .init(type: "echo {line} >> {path}", timeoutMilliseconds: 2000),
            "check": .init(
                type: "sha256sum {path}", timeoutMilliseconds: 5000,
                values: [.init(name: "sha256", after: "", before: "  ")]),
            "activate": .init(type: "ln -sfn {bundle} active", timeoutMilliseconds: 5000),
            "confirm": .init(
                type: "readlink active", timeoutMilliseconds: 2000, values: [.init(name: "bundle", after: "")]),
        ],
        tests: [
            .init(
                command: "identify", transcript: "cat /etc/identity\r\nserial=SN-1\r\nmac=00:11:22:33:44:55 eth0\r\n",
                expect: ["serial": "SN-1", "mac": "00:11:22:33:44:55"]),
            .init(
                command: "request", transcript: "-----BEGIN CERTIFICATE REQUEST-----\nMIH\n",
                expect: ["begin": "CERTIFICATE REQUEST-----"]),
            .init(command: "check", transcript: "ab12  /tmp/x\n", expect: ["sha256": "ab12"]),
            .init(command: "confirm", transcript: "ab12\n", expect: ["bundle": "ab12"]),
        ])

    private func load(_ profile: ConsoleProfile) throws -> ConsoleProfile {
        try ConsoleProfile.load(try CanonicalJSON.encode(profile), name: profile.name)
    }

    @Test func `a profile whose tests hold is loaded`() throws {
        #expect(try load(Self.shell) == Self.shell)
        #expect(
            try Self.shell.line("append", ["line": "QUJD+/=", "path": "/tmp/a.pem"])
                == "echo QUJD+/= >> /tmp/a.pem")
    }

    @Test func `a profile of which one test reads something else is not used`() throws {
        for index in Self.shell.tests.indices {
            var profile = Self.shell
            profile.tests[index].expect["serial"] = "other"
            #expect(throws: HandOverError.self) { try load(profile) }
        }
    }

    @Test func `a profile lacks no command, no test and no prompt`() throws {
        for word in ConsoleProfile.needed {
            var profile = Self.shell
            profile.commands[word] = nil
            #expect(throws: HandOverError.self, "\(word)") { try load(profile) }
        }
        var profile = Self.shell
        profile.tests.removeAll { $0.command == "check" }
        #expect(throws: HandOverError.self) { try load(profile) }
        profile = Self.shell
        profile.passwordPrompt = nil
        #expect(throws: HandOverError.self) { try load(profile) }
        profile = Self.shell
        profile.commands["begin"]?.timeoutMilliseconds = 0
        #expect(throws: HandOverError.self) { try load(profile) }
        #expect(throws: HandOverError.self) { try ConsoleProfile.load(Array("{}".utf8), name: "x") }
    }

    @Test(arguments: ["a b", "$(reboot)", "x;y", "`z`", "a\nb", "'", "\"", "|", "&", ">", "ä"])
    func `a value that a shell could take for its own is not typed`(_ value: String) {
        #expect(throws: HandOverError.self) { try Self.shell.line("append", ["line": value]) }
    }
}
