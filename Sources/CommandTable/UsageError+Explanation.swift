package import Model

extension UsageError: Explained {
    package var explanation: Explanation {
        switch self {
        case .unknownCommand(let word, let parent, let suggestion):
            Self.usage(
                "`\(word)` is not a command of `\(parent)`",
                suggestion.map { "Did you mean `\($0)`?" } ?? "See `\(parent) --help` for its commands.")
        case .unknownOption(let word, let suggestion):
            Self.usage(
                "`\(word)` is not an option here",
                suggestion.map { "Did you mean `\($0)`?" } ?? "See `--help` for the options.")
        case .missingCommand(let parent):
            Self.usage("`\(parent)` needs a command", "See `\(parent) --help` for its commands.")
        case .missingValue(let option):
            Self.usage("`\(option)` needs a value", "Write the value behind it.")
        case .unexpectedValue(let option):
            Self.usage("`\(option)` takes no value", "Leave the value out.")
        case .notAChoice(let option, let value, let choices):
            Self.usage(
                "`\(value)` is not a choice for `\(option)`",
                "Choose one of: \(choices.joined(separator: ", ")).")
        case .missingArgument(let name):
            Self.usage("\(name) is missing", "See `--help` for how the command is written.")
        case .unexpectedArgument(let word):
            Self.usage("`\(word)` is one word too many", "See `--help` for how the command is written.")
        }
    }

    private static func usage(_ what: Sentence, _ nextStep: String) -> Explanation {
        Explanation(id: "usage", what: "Nothing was done: \(what).", nextStep: nextStep)
    }
}
