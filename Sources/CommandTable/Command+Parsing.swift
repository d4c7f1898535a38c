extension Command {
    /// Reads the words behind the program's name.
    ///
    /// Options may stand anywhere; `--` ends them; `--name=value` and bundles of short flags are understood. A `--help`
    /// anywhere makes a valid invocation of what stands before it, so that help never fails on missing words.
    package func parse(_ words: [String]) throws(UsageError) -> Invocation {
        var reader = Reader(command: self, words: words[...])
        return try reader.read()
    }

    /// The command that a path names, with the options that its parents add.
    package func command(at path: [String]) -> Command? {
        var command = self
        for word in path {
            guard var next = command.subcommands.first(where: { $0.name == word }) else { return nil }
            next.options += command.options.filter(\.isShared)
            command = next
        }
        return command
    }
}

/// Reads one command line from left to right.
private struct Reader {
    let program: String
    var command: Command
    var words: ArraySlice<String>
    var scope: [Command.Option]
    var invocation = Invocation()

    init(command: Command, words: ArraySlice<String>) {
        program = command.name
        self.command = command
        self.words = words
        scope = command.options
    }

    mutating func read() throws(UsageError) -> Invocation {
        while let word = words.popFirst() {
            if word == "--" {
                invocation.arguments += words
                break
            } else if word.hasPrefix("--") {
                try readLong(word)
            } else if word.hasPrefix("-"), word.count > 1 {
                try readShort(word)
            } else {
                try readPlain(word)
            }
        }
        if !invocation.has("help") { try checkArguments() }
        return invocation
    }

    private mutating func readLong(_ word: String) throws(UsageError) {
        let parts = word.dropFirst(2).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            .map(String.init)
        guard let option = scope.first(where: { $0.long == parts[0] }) else {
            let near = Spelling.nearest(to: parts[0], among: scope.map(\.long))
            throw .unknownOption("--\(parts[0])", suggestion: near.map { "--" + $0 })
        }
        try take(option, as: "--\(option.long)", inline: parts.count > 1 ? parts[1] : nil)
    }

    private mutating func readShort(_ word: String) throws(UsageError) {
        var letters = word.dropFirst()
        while let letter = letters.popFirst() {
            guard let option = scope.first(where: { $0.short == letter }) else {
                throw .unknownOption("-\(letter)", suggestion: nil)
            }
            guard option.placeholder == nil else {
                try take(option, as: "-\(letter)", inline: letters.isEmpty ? nil : String(letters))
                break
            }
            invocation.flags.insert(option.long)
        }
    }

    private mutating func readPlain(_ word: String) throws(UsageError) {
        let next = command.subcommands.first { $0.name == word }
        if next == nil || !invocation.arguments.isEmpty,
            !command.arguments.isEmpty || command.subcommands.isEmpty
        {
            invocation.arguments.append(word)
            return
        }
        guard let next else {
            let near = Spelling.nearest(to: word, among: command.subcommands.map(\.name))
            throw .unknownCommand(word, of: commandLine, suggestion: near)
        }
        command = next
        scope = scope.filter(\.isShared) + next.options
        invocation.path.append(word)
    }

    private mutating func take(
        _ option: Command.Option, as name: String, inline: String?
    ) throws(UsageError) {
        if option.placeholder == nil {
            guard inline == nil else { throw .unexpectedValue(option: name) }
            invocation.flags.insert(option.long)
            return
        }
        guard let value = inline ?? words.popFirst() else { throw .missingValue(option: name) }
        if case .choice(_, let choices) = option.kind, !choices.contains(value) {
            throw .notAChoice(option: name, value: value, choices: choices)
        }
        invocation.values[option.long, default: []].append(value)
    }

    private func checkArguments() throws(UsageError) {
        if !command.subcommands.isEmpty, !invocation.path.isEmpty, !command.runsAlone {
            throw .missingCommand(of: commandLine)
        }
        var rest = invocation.arguments[...]
        for argument in command.arguments {
            switch argument.arity {
            case .one:
                guard rest.popFirst() != nil else { throw .missingArgument(argument.name) }
            case .optional: _ = rest.popFirst()
            case .oneOrMore:
                guard !rest.isEmpty else { throw .missingArgument(argument.name) }
                rest = []
            case .any: rest = []
            }
        }
        if let word = rest.first { throw .unexpectedArgument(word) }
    }

    private var commandLine: String {
        ([program] + invocation.path).joined(separator: " ")
    }
}
