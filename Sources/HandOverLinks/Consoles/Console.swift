internal import HandOver
internal import Model
internal import Processes

/// A console that shows prompts: a command goes in, and what it printed comes out.
final class Console {
    /// Whoever logs in; the password cannot print.
    struct Login: Sendable {
        var user: String
        var password: Redacted<String>
    }

    private let line: any DeviceLine
    private let profile: ConsoleProfile
    private let login: Login?
    private var isAwake = false

    init(_ line: any DeviceLine, _ profile: ConsoleProfile, login: Login?) {
        self.line = line
        self.profile = profile
        self.login = login
    }

    /// Types a command and gives the output before the next prompt.
    ///
    /// - Throws: `refusedByDevice` when the output has a word of failure.
    func run(_ word: String, _ values: [String: String] = [:]) throws(HandOverError) -> String {
        try wake()
        let typed = try profile.line(word, values)
        let timeout = profile.commands[word]?.timeoutMilliseconds ?? 0
        let output = try type(typed, until: [profile.prompt], within: .milliseconds(timeout)).output
        // The echo says what was typed, not what came of it.
        let lines = output.split(whereSeparator: \.isNewline).filter { !$0.contains(typed.prefix(24)) }
        let text = lines.joined(separator: "\n")
        if let failure = profile.failures.first(where: { text.contains($0) }) {
            throw .refusedByDevice(code: word, what: "the console says \"\(failure)\"")
        }
        return text
    }

    /// Types a command and reads one of its values.
    func value(_ value: String, of word: String, _ values: [String: String]) throws(HandOverError) -> String {
        let output = try run(word, values)
        guard let found = profile.commands[word]?.read(output)[value], !found.isEmpty else {
            throw .lineUnreadable("the output of `\(word)` must hold \(value)")
        }
        return found
    }

    // MARK: Prompts

    /// Finds the prompt, and logs in where the console asks for that.
    private func wake() throws(HandOverError) {
        guard !isAwake else { return }
        var prompts = [profile.prompt]
        if let asking = profile.loginPrompt { prompts.append(asking) }
        let patience = Duration.seconds(10)
        if try standing(at: prompts) != profile.prompt {
            guard let login, let password = profile.passwordPrompt else {
                throw .linkUnusable(link: line.name, reason: "asks for a login, and none was given")
            }
            _ = try type(login.user, until: [password], within: patience)
            let entered = try type(
                login.password.unredacted, until: [profile.prompt] + prompts.dropFirst(), within: patience)
            guard entered.prompt == profile.prompt else {
                throw .linkUnusable(link: line.name, reason: "did not accept the login")
            }
        }
        isAwake = true
    }

    /// At which prompt the console stands, once it has nothing more to say: an older prompt must not be taken
    /// for the end of a command that is yet to be typed.
    private func standing(at prompts: [String]) throws(HandOverError) -> String {
        let end = Deadline(after: Self.boot)
        while !end.hasPassed {
            try write(profile.wake, by: Deadline(after: .seconds(2)))
            var said: [UInt8] = []
            while !end.hasPassed, case let more = try read(by: Deadline(after: Self.quiet)), !more.isEmpty {
                said += more
                // A device that boots says much; only its end matters.
                said = said.suffix(4096)
            }
            if let prompt = Self.prompt(at: said, of: prompts) { return prompt }
        }
        throw .noAnswer(link: line.name)
    }

    /// How long a device may take until it shows a prompt; one that never falls silent is given up then too.
    private static let boot = Duration.seconds(15)
    private static let quiet = Duration.milliseconds(400)

    /// Writes a line and reads until the output ends with one of the prompts.
    private func type(
        _ text: String, until prompts: [String], within limit: Duration
    ) throws(HandOverError) -> (output: String, prompt: String) {
        let deadline = Deadline(after: limit)
        try write(text + "\n", by: deadline)
        var said: [UInt8] = []
        while !deadline.hasPassed, said.count < HandOverLimits.partBytes {
            said += try read(by: deadline)
            if let prompt = Self.prompt(at: said, of: prompts) {
                return (String(decoding: said.dropLast(prompt.utf8.count), as: UTF8.self), prompt)
            }
        }
        throw .noAnswer(link: line.name)
    }

    private func write(_ text: String, by deadline: Deadline) throws(HandOverError) {
        do throws(SystemError) { try line.write(Array(text.utf8), by: deadline) } catch {
            throw line.meaning(of: error)
        }
    }

    private func read(by deadline: Deadline) throws(HandOverError) -> [UInt8] {
        do throws(SystemError) { return try line.read(upTo: 4096, by: deadline) } catch {
            throw line.meaning(of: error)
        }
    }

    private static func prompt(at said: [UInt8], of prompts: [String]) -> String? {
        prompts.first { ends(said, with: Array($0.utf8)) }
    }

    private static func ends(_ bytes: [UInt8], with prompt: [UInt8]) -> Bool {
        bytes.count >= prompt.count && bytes.suffix(prompt.count).elementsEqual(prompt)
    }
}
