internal import Model

/// A console that knows prompts only, as data: what it prints, what to type, and how long to wait.
///
/// Templates name values in braces: `{path}`, `{bundle}`, `{line}`, `{sha256}`, `{size}`. Each is checked
/// before it is filled in, so that nothing from a label or a certificate can become a command.
package struct ConsoleProfile: Codable, Equatable, Sendable {
    /// A command, and how its output is read.
    package struct Command: Codable, Equatable, Sendable {
        package var type: String
        package var timeoutMilliseconds: Int
        /// Where to find values in what it prints.
        package var values: [Value]

        package init(type: String, timeoutMilliseconds: Int, values: [Value] = []) {
            self.type = type
            self.timeoutMilliseconds = timeoutMilliseconds
            self.values = values
        }
    }

    /// The rest of the first line that begins with `after`, up to `before` where that is given, without
    /// blanks around it.
    package struct Value: Codable, Equatable, Sendable {
        package var name: String
        package var after: String
        package var before: String?

        package init(name: String, after: String, before: String? = nil) {
            self.name = name
            self.after = after
            self.before = before
        }
    }

    /// A test that the profile brings along: a transcript, and what must be read from it.
    package struct Test: Codable, Equatable, Sendable {
        package var command: String
        package var transcript: String
        package var expect: [String: String]

        package init(command: String, transcript: String, expect: [String: String]) {
            self.command = command
            self.transcript = transcript
            self.expect = expect
        }
    }

    package var name: String
    package var baud: Int
    /// What ends the console's output when it waits for a command.
    package var prompt: String
    /// What it prints when it wants a name and a password; without them it needs no login.
    package var loginPrompt: String?
    package var passwordPrompt: String?
    /// What to type to see which prompt is there.
    package var wake: String
    /// What it prints when a command did not work.
    package var failures: [String]
    /// Where uploads are put together on the device.
    package var uploadPath: String
    /// What to type for each of `needed`.
    package var commands: [String: Command]
    package var tests: [Test]

    package init(
        name: String, baud: Int, prompt: String, loginPrompt: String? = nil, passwordPrompt: String? = nil,
        wake: String, failures: [String] = [], uploadPath: String, commands: [String: Command], tests: [Test]
    ) {
        self.name = name
        self.baud = baud
        self.prompt = prompt
        self.loginPrompt = loginPrompt
        self.passwordPrompt = passwordPrompt
        self.wake = wake
        self.failures = failures
        self.uploadPath = uploadPath
        self.commands = commands
        self.tests = tests
    }

    /// The commands that every profile must have, and what each is for.
    ///
    /// - `identify`: the fields of the label that the device knows of itself
    /// - `request`: prints the certificate request, PEM
    /// - `sign {line}`: signs the bytes in base64 with the device's key; `signature` in base64
    /// - `begin {path}`, `append {path} {line}`: an empty file, and base64 to its end
    /// - `check {path}`: decodes the file; `sha256` of what came out
    /// - `keep {path} {bundle} {part}`: puts what came out into the bundle
    /// - `contents {bundle} {line}`: `sha256` over the nonce in base64, the manifest, and the other parts by
    /// name
    /// - `activate {bundle}`: one step after which the device works with the bundle
    /// - `active`: the `bundle` that it works with
    package static let needed = [
        "identify", "request", "sign", "begin", "append", "check", "keep", "contents", "activate", "active",
    ]
    /// Those whose output is read, of each of which there has to be a test.
    package static let read =
        ["identify": nil, "sign": "signature", "check": "sha256", "contents": "sha256", "active": "bundle"]
        as [String: String?]

    /// Reads a profile and runs the tests that it brings along.
    ///
    /// - Throws: `profileUnusable` with the first thing that does not hold.
    package static func load(_ bytes: [UInt8], name: String) throws(HandOverError) -> ConsoleProfile {
        let profile: ConsoleProfile
        do { profile = try CanonicalJSON.decode(ConsoleProfile.self, from: bytes) } catch {
            throw .profileUnusable(name: name, reason: "it must be JSON with the members of a profile")
        }
        try profile.check()
        return profile
    }

    private func check() throws(HandOverError) {
        func fail(_ reason: String) -> HandOverError { .profileUnusable(name: name, reason: reason) }
        guard !prompt.isEmpty, baud > 0 else { throw fail("it must have a prompt and a speed") }
        guard (loginPrompt == nil) == (passwordPrompt == nil) else {
            throw fail("a login prompt and a password prompt must come together")
        }
        for word in Self.needed {
            guard let command = commands[word] else { throw fail("the command `\(word)` is missing") }
            guard (1...600_000).contains(command.timeoutMilliseconds) else {
                throw fail("`\(word)` must have a time limit of 1 to 600000 ms")
            }
            guard !command.type.contains("\n") else { throw fail("`\(word)` must be one line") }
        }
        for (word, value) in Self.read.sorted(by: { $0.key < $1.key }) {
            let fitting = tests.contains { test in
                test.command == word && (value.map { test.expect[$0] != nil } ?? !test.expect.isEmpty)
            }
            guard fitting else { throw fail("no test reads \(value ?? "a field") from `\(word)`") }
        }
        for (number, test) in tests.enumerated() {
            guard let command = commands[test.command] else {
                throw fail("test \(number + 1) is of a command that is not there")
            }
            let read = command.read(test.transcript)
            guard read == test.expect else {
                throw fail("test \(number + 1) reads \(read.sorted { $0.key < $1.key })")
            }
        }
    }

    /// The line to type for a command, with values filled in.
    ///
    /// - Throws: `profileUnusable` when a value is missing or has characters that a shell could take for its
    /// own.
    package func line(_ word: String, _ values: [String: String] = [:]) throws(HandOverError) -> String {
        guard var line = commands[word]?.type else {
            throw .profileUnusable(name: name, reason: "the command `\(word)` is missing")
        }
        for (key, value) in values.sorted(by: { $0.key < $1.key }) {
            guard value.utf8.allSatisfy(Self.isPlain) else {
                throw .profileUnusable(name: name, reason: "the value of {\(key)} must be plain")
            }
            line = line.split(separator: "{\(key)}", omittingEmptySubsequences: false).joined(
                separator: value)
        }
        return line
    }

    /// Letters, digits and what base64, paths and hashes are made of.
    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "/"), UInt8(ascii: "="),
            UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}

extension ConsoleProfile.Command {
    /// The values that an output holds; those that it does not hold are left out.
    package func read(_ output: String) -> [String: String] {
        let lines = output.split(whereSeparator: \.isNewline)
        var found: [String: String] = [:]
        for value in values {
            guard let line = lines.first(where: { $0.hasPrefix(value.after) }) else { continue }
            var rest = line.dropFirst(value.after.count)
            if let before = value.before, let end = rest.firstRange(of: before) {
                rest = rest[..<end.lowerBound]
            }
            let blanks: (Character) -> Bool = { $0.isWhitespace }
            rest = rest.drop(while: blanks)
            while let last = rest.last, blanks(last) { rest.removeLast() }
            found[value.name] = String(rest)
        }
        return found
    }
}
