extension Command {
    /// A bash completion script: commands by place, options once a word starts with `-` or where no command is due,
    /// choices and files where a value is due.
    package var bashCompletion: String {
        let function = "_" + String(name.map { $0 == "-" ? "_" : $0 })
        return """
            # bash completion for \(name)
            \(function)() {
                local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]}
                local place=\(name) words='' commands='' word
                COMPREPLY=()
                case $previous in
            \(valueCases.joined(separator: "\n"))
                esac
                for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
                    case " \(allWords.joined(separator: " ")) " in *" $word "*) place="$place $word" ;; esac
                done
                case $place in
            \(placeCases(line: name, inherited: []).joined(separator: "\n"))
                    *) COMPREPLY=($(compgen -f -- "$current")); return ;;
                esac
                [[ $current == -* || -z $commands ]] || words=$commands
                COMPREPLY=($(compgen -W "$words" -- "$current"))
                if [[ ${#COMPREPLY[@]} -eq 0 && $current != -* ]]; then
                    COMPREPLY=($(compgen -f -- "$current"))
                fi
            }
            complete -F \(function) \(name)

            """
    }

    private var allWords: [String] { subcommands.flatMap { [$0.name] + $0.allWords } }

    private func placeCases(line: String, inherited: [Option]) -> [String] {
        let options = inherited + self.options
        let commands = subcommands.map(\.name).joined(separator: " ")
        let words = options.map { "--" + $0.long }.joined(separator: " ")
        let own = "        '\(line)') commands='\(commands)' words='\(words)' ;;"
        return [own]
            + subcommands.flatMap {
                $0.placeCases(line: line + " " + $0.name, inherited: options.filter(\.isShared))
            }
    }

    private var valueCases: [String] {
        var cases: [String] = []
        for option in allOptions {
            switch option.kind {
            case .choice(_, let choices):
                let words = choices.joined(separator: " ")
                cases.append(
                    "        --\(option.long)) COMPREPLY=($(compgen -W '\(words)' -- \"$current\")); return ;;"
                )
            case .value where option.isFile, .values where option.isFile:
                cases.append("        --\(option.long)) COMPREPLY=($(compgen -f -- \"$current\")); return ;;")
            case .value, .values: cases.append("        --\(option.long)) return ;;")
            case .flag: break
            }
        }
        var seen: Set<String> = []
        return cases.filter { seen.insert($0).inserted }
    }

    private var allOptions: [Option] { options + subcommands.flatMap(\.allOptions) }
}
