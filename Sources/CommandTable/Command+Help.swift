extension Command {
    /// The text of `--help` for the command at `path`: one sentence, usage, arguments, options, examples, exit codes.
    package func help(at path: [String]) -> String {
        guard let command = command(at: path) else { return "" }
        let line = ([name] + path).joined(separator: " ")
        var sections = [command.summary + ".", "Usage: " + command.usage(as: line)]
        sections += command.discussion.map { Self.wrap($0, width: 80) }
        if !command.arguments.isEmpty {
            sections.append(Self.table("Arguments", command.arguments.map { ($0.name, $0.help) }))
        }
        if !command.subcommands.isEmpty {
            sections.append(Self.table("Commands", command.subcommands.map { ($0.name, $0.summary) }))
        }
        if !command.options.isEmpty {
            sections.append(Self.table("Options", command.options.map { ($0.usage, $0.helpWithChoices) }))
        }
        if !command.examples.isEmpty {
            let lines = command.examples.map { "  \($0.line)\n      \($0.says)" }
            sections.append((["Examples"] + lines).joined(separator: "\n"))
        }
        if !command.exitCodes.isEmpty {
            sections.append(
                Self.table("Exit codes", command.exitCodes.map { (String($0.rawValue), $0.meaning) }))
        }
        return sections.joined(separator: "\n\n") + "\n"
    }

    /// How the command is written: `muster scan [OPTIONS] FILE…`.
    package func usage(as line: String) -> String {
        var words = [line]
        if !options.isEmpty { words.append("[OPTIONS]") }
        if !subcommands.isEmpty { words.append(arguments.isEmpty && !runsAlone ? "COMMAND" : "[COMMAND]") }
        words += arguments.map { argument in
            switch argument.arity {
            case .one: argument.name
            case .optional: "[\(argument.name)]"
            case .oneOrMore: "\(argument.name)…"
            case .any: "[\(argument.name)…]"
            }
        }
        return words.joined(separator: " ")
    }

    private static func table(_ title: String, _ rows: [(String, String)]) -> String {
        let width = min(28, rows.map(\.0.count).max() ?? 0)
        let lines = rows.map { left, right in
            let indent = String(repeating: " ", count: width + 4)
            let text = wrap(right, width: 80 - width - 4).split(separator: "\n").joined(
                separator: "\n" + indent)
            guard left.count <= width else { return "  \(left)\n\(indent)\(text)" }
            return "  \(left)\(String(repeating: " ", count: width - left.count))  \(text)"
        }
        return ([title] + lines).joined(separator: "\n")
    }

    /// Breaks a paragraph at blanks so that no line is longer than `width`, where the words allow.
    static func wrap(_ text: String, width: Int) -> String {
        var lines: [String] = []
        var line = ""
        for word in text.split(separator: " ") {
            if !line.isEmpty, line.count + word.count + 1 > width {
                lines.append(line)
                line = ""
            }
            line += (line.isEmpty ? "" : " ") + word
        }
        return (lines + [line]).joined(separator: "\n")
    }
}

extension Command.Option {
    var helpWithChoices: String {
        if case .choice(_, let choices) = kind { "\(help): \(choices.joined(separator: ", "))" } else { help }
    }
}
