/// A command of a program, as data: parsing, help, man page and completion all come from it.
package struct Command: Sendable {
    package var name: String
    /// One sentence without a full stop, for lists of commands.
    package var summary: String
    /// Paragraphs for help and man page.
    package var discussion: [String]
    package var arguments: [Argument]
    package var options: [Option]
    package var examples: [Example]
    /// What this command's exit codes mean; empty for a command that only holds others.
    package var exitCodes: [ExitCode]
    package var subcommands: [Command]
    /// Whether it does something without one of its subcommands.
    package var runsAlone: Bool

    package init(
        _ name: String, _ summary: String, discussion: [String] = [], arguments: [Argument] = [],
        options: [Option] = [], examples: [Example] = [], exitCodes: [ExitCode] = [],
        subcommands: [Command] = [], runsAlone: Bool = false
    ) {
        self.name = name
        self.summary = summary
        self.discussion = discussion
        self.arguments = arguments
        self.options = options
        self.examples = examples
        self.exitCodes = exitCodes
        self.subcommands = subcommands
        self.runsAlone = runsAlone
    }

    /// A word that a command takes by its place.
    package struct Argument: Sendable {
        package enum Arity: Sendable {
            case one, optional, oneOrMore, any
        }

        package var name: String
        package var help: String
        package var arity: Arity
        package var isFile: Bool

        package init(_ name: String, _ help: String, _ arity: Arity = .one, isFile: Bool = false) {
            self.name = name
            self.help = help
            self.arity = arity
            self.isFile = isFile
        }
    }

    /// A word that starts with dashes.
    package struct Option: Sendable {
        package enum Kind: Sendable {
            case flag
            /// Takes one value; the last one given counts.
            case value(String)
            /// Takes a value each time it is given; all count.
            case values(String)
            case choice(String, [String])
        }

        package var long: String
        package var short: Character?
        package var kind: Kind
        package var help: String
        package var isFile: Bool
        /// Whether the commands below have it as well.
        package private(set) var isShared = true

        package init(
            _ long: String, short: Character? = nil, _ kind: Kind, _ help: String,
            isFile: Bool = false
        ) {
            self.long = long
            self.short = short
            self.kind = kind
            self.help = help
            self.isFile = isFile
        }

        /// An option that is there or not.
        package static func flag(_ long: String, short: Character? = nil, _ help: String) -> Option {
            Option(long, short: short, .flag, help)
        }

        /// The same option for this command alone.
        package var own: Option {
            var own = self
            own.isShared = false
            return own
        }

        /// The name of the value in help texts; `nil` for a flag.
        package var placeholder: String? {
            switch kind {
            case .flag: nil
            case .value(let name), .values(let name), .choice(let name, _): name
            }
        }

        /// As it is typed: `-v, --verbose` or `--site SITE`.
        package var usage: String {
            (short.map { "-\($0), " } ?? "") + "--\(long)" + (placeholder.map { " \($0)" } ?? "")
        }
    }

    /// A command line that works, and what it does.
    package struct Example: Sendable {
        package var line: String
        package var says: String

        package init(_ line: String, _ says: String) {
            self.line = line
            self.says = says
        }
    }
}

/// The exit codes of every command. Source: sysexits.h for 64 and above.
package enum ExitCode: Int32, CaseIterable, Sendable {
    case done = 0
    case failed = 1
    case savedNeedsPerson = 3
    case savedNotConfirmed = 4
    case usage = 64
    case badInput = 65
    case unavailable = 69
    case cannotWrite = 73
    case notPermitted = 77

    package var meaning: String {
        switch self {
        case .done: "all done and confirmed"
        case .failed: "failed"
        case .savedNeedsPerson: "saved, but some need a person"
        case .savedNotConfirmed:
            "saved, not confirmed yet: the registrar was not reached, or is at work on it"
        case .usage: "the command line is not understood"
        case .badInput: "the input data is not usable"
        case .unavailable: "a device, file or library is missing"
        case .cannotWrite: "the store or a file cannot be written"
        case .notPermitted: "not permitted"
        }
    }
}
