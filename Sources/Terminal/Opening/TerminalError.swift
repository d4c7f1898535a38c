package import Canvas
package import Model

/// Why the full screen cannot be shown.
package enum TerminalError: Explained, Equatable, Sendable {
    /// Standard input or output is a file or a pipe.
    case notATerminal
    /// The terminal cannot place text: `TERM=dumb`, or no `TERM`.
    case dumb(type: String)
    /// No entry for `TERM`, nor for one like it.
    case unknownType(String)
    /// No terminal database on this machine.
    case noDatabase
    case tooSmall(Size)
    /// The system refused what is needed.
    case refused

    package var explanation: Explanation {
        switch self {
        case .notATerminal:
            Explanation(
                id: "not_a_terminal",
                what: "The full screen was not opened: input or output is not a terminal",
                nextStep: "Run `muster` in a terminal, or use its commands: `muster --help` lists them")
        case .dumb:
            Explanation(
                id: "terminal_dumb", what: "The full screen was not opened: this terminal cannot place text",
                nextStep: "Use `muster --linear`, or set TERM to the terminal's real type")
        case .unknownType(let type):
            Explanation(
                id: "terminal_unknown",
                what: "The full screen was not opened: there is no entry for the terminal type "
                    + "\(VisibleText.of(type))",
                nextStep: "Install the package ncurses-term, or run it with TERM=xterm-256color")
        case .noDatabase:
            Explanation(
                id: "terminal_database_missing",
                what: "The full screen was not opened: this machine has no terminal database",
                nextStep: "Install the package ncurses-base")
        case .tooSmall(let size):
            Explanation(
                id: "terminal_too_small",
                what: "The full screen was not opened: the terminal has \(size.columns) columns and "
                    + "\(size.rows) rows",
                nextStep: "Enlarge it to at least \(Size.smallest.columns) by \(Size.smallest.rows)")
        case .refused:
            Explanation(
                id: "terminal_refused", what: "The full screen was not opened: the system refused it",
                nextStep: "Run `muster doctor`")
        }
    }
}
