import CommandTable
import Model

/// Words of the command line, checked once and turned into identifiers.
enum ArgumentText {
    /// - Throws: `CommandFailure` with exit code 64, saying what must hold.
    static func identifier<ID: Identifier>(_ text: String, _ type: ID.Type = ID.self) throws -> ID {
        guard let identifier = ID(rawValue: text) else {
            throw CommandFailure(
                .usage, "usage", "Nothing was done: `\(text)` cannot be a name here.",
                "It must be \(ID.rule).")
        }
        return identifier
    }
}
