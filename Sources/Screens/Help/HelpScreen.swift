import Canvas

/// What each key does on the screen it was opened from, and what holds everywhere.
package struct HelpScreen: Screen {
    private let actions: [Action]
    private var list = ListState()

    package init(of actions: [Action]) {
        self.actions = actions
    }

    package func offers(_ context: Context) -> [Offer] { [Offer(.back)] }

    package mutating func handle(_ event: ScreenEvent, _ context: Context) -> [Effect] {
        let count = KeySheet.rows(actions, context).count
        switch event {
        case .entered, .act(.back): return [.back(nil)]
        case .move(let move):
            list.move(move, count: count)
            return []
        case .touched(let index):
            list.choose(index)
            return []
        case .scanned: return [.back(nil), .notice(Notice(.information, context.say(.helpScanned)))]
        case .appeared, .act, .chose, .answered, .storeChanged: return []
        }
    }

    package func view(_ context: Context) -> View {
        let rows = KeySheet.rows(actions, context)
        return View(
            title: context.say(.actionHelp),
            blocks: [
                .list(
                    rows.map { View.Item([$0.keys, $0.name, $0.help]) }, selected: list.index(of: rows.count))
            ])
    }
}

/// Keys with what they do: for the help screen and the printed sheet.
package enum KeySheet {
    package struct Row: Equatable, Sendable {
        package var keys: String
        package var name: String
        package var help: String
    }

    /// The actions of a screen, then the keys that hold everywhere.
    package static func rows(_ actions: [Action], _ context: Context) -> [Row] {
        let own = actions.prefix(9).enumerated().map { index, action in
            Row(
                keys: "\(index + 1) F\(index + 1)", name: context.say(action.name),
                help: context.say(action.help))
        }
        return own + everywhere(context)
    }

    package static func everywhere(_ context: Context) -> [Row] {
        let keys: [(String, Phrase, Phrase)] = [
            ("⏎", .keyEnter, .keyEnterHelp), ("Esc ←", .actionBack, .actionBackHelp),
            ("↑ ↓", .keyArrows, .keyArrowsHelp), ("0 F10 ?", .actionHelp, .actionHelpHelp),
            ("Ctrl-U", .keyClear, .keyClearHelp), ("Ctrl-Z", .keySuspend, .keySuspendHelp),
            ("Ctrl-C", .actionQuit, .actionQuitHelp),
        ]
        return keys.map { Row(keys: $0.0, name: context.say($0.1), help: context.say($0.2)) }
    }
}
