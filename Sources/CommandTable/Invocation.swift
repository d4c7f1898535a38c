/// A command line that was understood.
package struct Invocation: Equatable, Sendable {
    /// The words of the command below the program: `["queue", "list"]`; empty for the program itself.
    package var path: [String] = []
    package var flags: Set<String> = []
    package var values: [String: [String]] = [:]
    package var arguments: [String] = []

    package init() {}

    package func has(_ flag: String) -> Bool { flags.contains(flag) }

    /// The last value given for an option.
    package func value(_ option: String) -> String? { values[option]?.last }
}

/// Why a command line was not understood.
package enum UsageError: Error, Equatable, Sendable {
    case unknownCommand(String, of: String, suggestion: String?)
    case unknownOption(String, suggestion: String?)
    case missingCommand(of: String)
    case missingValue(option: String)
    case unexpectedValue(option: String)
    case notAChoice(option: String, value: String, choices: [String])
    case missingArgument(String)
    case unexpectedArgument(String)
}
