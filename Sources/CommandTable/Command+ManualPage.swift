extension Command {
    /// The manual page of the program in man(7) macros.
    package func manualPage(version: String) -> String {
        var page = [
            ".TH \(Self.escape(name.uppercased())) 1 \"\" \"\(name) \(version)\" \"User Commands\"",
            // Set flush left: the usage lines have words too long to spread.
            ".ad l",
            ".SH NAME", "\(Self.escape(name)) \\- \(Self.escape(summary))",
            ".SH SYNOPSIS", ".B \(Self.escape(usage(as: name)))",
            ".SH DESCRIPTION",
        ]
        page += discussion.flatMap { [".PP", Self.escape($0)] }
        page += [".SH OPTIONS"] + options.flatMap(Self.entry(for:))
        page.append(".SH COMMANDS")
        page += subcommands.flatMap { Self.section(for: $0, line: name) }
        page.append(".SH EXAMPLES")
        page += examples.flatMap(Self.lines(of:))
        page.append(".SH EXIT STATUS")
        page += ExitCode.allCases.flatMap { [".TP", ".B \($0.rawValue)", Self.escape($0.meaning)] }
        return page.joined(separator: "\n") + "\n"
    }

    private static func section(for command: Command, line: String) -> [String] {
        let line = line + " " + command.name
        let below = command.subcommands.flatMap { section(for: $0, line: line) }
        guard command.subcommands.isEmpty || command.runsAlone else { return below }
        var lines = [".SS \(escape(command.usage(as: line)))", escape(command.summary) + "."]
        lines += command.discussion.flatMap { [".PP", escape($0)] }
        lines += command.arguments.flatMap { [".TP", ".I \(escape($0.name))", escape($0.help)] }
        lines += command.options.flatMap(entry(for:))
        return lines + command.examples.flatMap(Self.lines(of:)) + below
    }

    private static func lines(of example: Example) -> [String] {
        [".PP", escape(example.says) + ":", ".PP", ".RS", ".nf", escape(example.line), ".fi", ".RE"]
    }

    private static func entry(for option: Option) -> [String] {
        [".TP", ".B \(escape(option.usage))", escape(option.helpWithChoices)]
    }

    /// Keeps roff from reading text as requests or escapes.
    private static func escape(_ text: String) -> String {
        var escaped = ""
        for character in text {
            switch character {
            case "\\": escaped += "\\e"
            case "-": escaped += "\\-"
            case "…": escaped += "..."
            case "'" where escaped.isEmpty: escaped += "\\(aq"
            case "." where escaped.isEmpty: escaped += "\\&."
            default: escaped.append(character)
            }
        }
        return escaped
    }
}
