import CommandTable
import Model
import Screens
import Terminal

/// Which face `muster` without a command shows: the full screen, the linear mode, or a polite refusal.
enum Face {
    case full
    /// Lines in and out, for screen readers and terminals that cannot move a cursor.
    case linear

    /// - Throws: `CommandFailure` with exit code 64 where there is nobody to talk to.
    static func choose(_ context: CommandContext) throws -> Face {
        let surroundings = context.surroundings
        if context.invocation.has("headless") || context.invocation.has("json") { throw refusal }
        if context.invocation.has("linear") { return .linear }
        let type = surroundings.variables["TERM"] ?? ""
        switch Terminal.obstacle(type: type) {
        case nil, .tooSmall: return .full
        case .notATerminal: throw refusal
        case .dumb, .unknownType, .noDatabase, .refused: return .linear
        }
    }

    private static var refusal: CommandFailure {
        CommandFailure(
            .usage, "no_terminal", "Nothing was done: the full screen needs a terminal.",
            "Name a command, as `muster --help` lists them, or use `muster --linear` for plain lines.")
    }
}

extension Surroundings {
    /// The language of the person, by the locale. Source: POSIX, section 8.2, "Internationalization Variables".
    var language: Language {
        let names = ["LC_ALL", "LC_MESSAGES", "LANG"]
        return Language(locale: names.lazy.compactMap { variables[$0] }.first { !$0.isEmpty } ?? "")
    }

    /// Whether the locale names a character set that is not UTF-8, as `C` and `POSIX` do; without any locale the terminal
    /// is believed to be of today. Source: as above.
    var wantsASCII: Bool {
        let names = ["LC_ALL", "LC_CTYPE", "LANG"]
        guard let name = names.lazy.compactMap({ variables[$0] }).first(where: { !$0.isEmpty }) else {
            return false
        }
        return !name.lowercased().replacing("-", with: "").contains("utf8")
    }
}
