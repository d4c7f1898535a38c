import Canvas
package import Labels
import Model
import Wedge

/// Keys with what they do: for the help screen and the printed sheet.
package enum KeySheet {
    package struct Row: Equatable, Sendable {
        package var keys: String
        package var name: String
        package var help: String
    }

    /// The keys of one screen.
    package struct Section: Equatable, Sendable {
        package var title: String
        package var rows: [Row]
    }

    /// The actions of a screen, then the keys that hold everywhere.
    package static func rows(_ actions: [Action], _ context: Context) -> [Row] {
        own(actions, context) + everywhere(context)
    }

    /// Every screen with its actions, the keys that hold everywhere first.
    package static func sections(_ context: Context) -> [Section] {
        [Section(title: context.say(.keySheetEverywhere), rows: everywhere(context))]
            + KeySheetScreens.all(context).map { title, actions in
                let words = context.say(title)
                return Section(
                    title: words.prefix(1).uppercased() + words.dropFirst(), rows: own(actions, context))
            }
    }

    /// The sheet as text for printing.
    package static func text(_ language: Language, reader: LabelReader) -> String {
        let context = Context(
            work: WorkFacts(), assignment: Assignment(), settings: Settings(), network: .unknown,
            ways: KnownWays(), scanner: .standard, language: language, now: Timestamp(milliseconds: 0),
            size: .usual,
            reader: reader)
        let sections = sections(context)
        let rows = sections.flatMap(\.rows)
        let keys = rows.map { CellWidth.of($0.keys) }.max() ?? 0
        let names = rows.map { CellWidth.of($0.name) }.max() ?? 0
        var lines = [context.say(.keySheetTitle), "", context.say(.keySheetNumbers)]
        for section in sections {
            lines += ["", section.title]
            lines += section.rows.map { row in
                "  " + TextLayout.pad(row.keys, columns: keys) + "  "
                    + TextLayout.pad(row.name, columns: names) + "  " + row.help
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func own(_ actions: [Action], _ context: Context) -> [Row] {
        actions.prefix(9).enumerated().map { index, action in
            Row(
                keys: "\(index + 1) F\(index + 1)", name: context.say(action.name),
                help: context.say(action.help))
        }
    }

    private static func everywhere(_ context: Context) -> [Row] {
        let keys: [(String, Phrase, Phrase)] = [
            ("⏎", .keyEnter, .keyEnterHelp), ("Esc ←", .actionBack, .actionBackHelp),
            ("↑ ↓", .keyArrows, .keyArrowsHelp), ("0 F10 ?", .actionHelp, .actionHelpHelp),
            ("Ctrl-U", .keyClear, .keyClearHelp), ("Ctrl-Z", .keySuspend, .keySuspendHelp),
            ("Ctrl-C", .actionQuit, .actionQuitHelp),
        ]
        return keys.map { Row(keys: $0.0, name: context.say($0.1), help: context.say($0.2)) }
    }
}
