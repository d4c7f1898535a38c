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

    /// The two sides of the first `=`. `form` is how the option writes them, `undone` what has not happened when it is not so.
    ///
    /// - Throws: `CommandFailure` with exit code 64.
    static func pair(
        _ text: String, _ form: String = "NAME=VALUE", like example: String? = nil, takesEmpty: Bool = false,
        undone: String
    ) throws -> (name: String, value: String) {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            .map(String.init)
        guard parts.count == 2, !parts[0].isEmpty, takesEmpty || !parts[1].isEmpty else {
            throw CommandFailure(
                .usage, "usage", "\(words: undone): `\(text)` is not \(form).",
                example.map { "Write it like \($0)." } ?? "Write it as \(form).")
        }
        return (parts[0], parts[1])
    }
}
