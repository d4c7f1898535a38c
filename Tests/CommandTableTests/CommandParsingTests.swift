import CommandTable
import Model
import Testing

private let program = Command(
    "prog", "Do things",
    options: [.flag("help", short: "h", "Show help"), .flag("json", "Print JSON")],
    subcommands: [
        Command(
            "scan", "Scan pictures", arguments: [.init("FILE", "A picture", .oneOrMore, isFile: true)],
            options: [.flag("reveal", short: "r", "Show secrets"), .flag("verbose", short: "v", "Say more")]),
        Command(
            "queue", "The outbox",
            subcommands: [
                Command(
                    "list", "List", options: [.init("state", .choice("STATE", ["open", "all"]), "Which")]),
                Command("show", "Show one", arguments: [.init("ID", "Operation")]),
            ]),
        Command(
            "add", "Add",
            options: [.init("site", .values("SITE"), "Sites"), .init("name", .value("N"), "Name")]),
    ])

@Suite struct CommandParsingTests {
    @Test func `options may stand before and behind the words, bundled or with an equals sign`() throws {
        let invocation = try program.parse(["--json", "scan", "a.png", "-rv", "b.png"])
        #expect(invocation.path == ["scan"])
        #expect(invocation.arguments == ["a.png", "b.png"])
        #expect(invocation.flags == ["json", "reveal", "verbose"])
        #expect(try program.parse(["add", "--name=x=y"]).value("name") == "x=y")
    }

    @Test func `a repeated option keeps every value, and of a single one the last counts`() throws {
        let invocation = try program.parse([
            "add", "--site", "a", "--site", "b", "--name", "x", "--name", "y",
        ])
        #expect(invocation.values["site"] == ["a", "b"])
        #expect(invocation.value("name") == "y")
    }

    @Test func `words behind two dashes are arguments whatever they look like`() throws {
        #expect(try program.parse(["scan", "--", "--json", "-x"]).arguments == ["--json", "-x"])
    }

    @Test(arguments: [
        (["scam"], UsageError.unknownCommand("scam", of: "prog", suggestion: "scan")),
        (["queue", "lsit"], .unknownCommand("lsit", of: "prog queue", suggestion: "list")),
        (["zzzzzz"], .unknownCommand("zzzzzz", of: "prog", suggestion: nil)),
        (["scan", "--reveel", "x"], .unknownOption("--reveel", suggestion: "--reveal")),
        (["scan", "-q", "x"], .unknownOption("-q", suggestion: nil)),
        (["scan"], .missingArgument("FILE")),
        (["queue"], .missingCommand(of: "prog queue")),
        (["queue", "show", "1", "2"], .unexpectedArgument("2")),
        (["add", "--name"], .missingValue(option: "--name")),
        (["scan", "--reveal=yes", "x"], .unexpectedValue(option: "--reveal")),
        (
            ["queue", "list", "--state", "none"],
            .notAChoice(option: "--state", value: "none", choices: ["open", "all"])
        ),
    ])
    func `a command line that is not understood is refused by name`(words: [String], error: UsageError) {
        #expect(throws: error) { try program.parse(words) }
        #expect(!error.explanation.what.isEmpty && [".", "?"].contains(error.explanation.nextStep.last))
    }

    @Test func `asking for help never fails on what is missing`() throws {
        #expect(try program.parse(["scan", "--help"]).has("help"))
        #expect(try program.parse(["queue", "-h"]).path == ["queue"])
    }

    @Test func `help of a command shows usage, arguments and the options of its parents`() {
        let help = program.help(at: ["scan"])
        #expect(help.hasPrefix("Scan pictures.\n\nUsage: prog scan [OPTIONS] FILE…\n"))
        #expect(help.contains("-r, --reveal") && help.contains("--json"))
        #expect(help.split(separator: "\n").allSatisfy { $0.count <= 80 })
    }

    @Test(arguments: [("lsit", "list"), ("lis", "list"), ("lists", "list"), ("x", nil)])
    func `the nearest word within two edits is suggested`(word: String, nearest: String?) {
        #expect(Spelling.nearest(to: word, among: ["show", "list", "sync"]) == nearest)
    }
}
