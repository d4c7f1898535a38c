import Canvas

/// What each key does: on the screen it was opened from, or on every screen.
package struct HelpScreen: Screen {
    /// `nil` shows the whole key sheet.
    private let actions: [Action]?
    private var list = ListState()

    /// The key sheet.
    package init() {
        actions = nil
    }

    package init(of actions: [Action]) {
        self.actions = actions
    }

    package func offers(_ context: Context) -> [Offer] { [Offer(.back)] }

    package mutating func handle(_ event: ScreenEvent, _ context: Context) -> [Effect] {
        switch event {
        case .entered, .act(.back): return [.back(nil)]
        case .move(let move):
            list.move(move, count: items(context).count)
            return []
        case .touched(let index):
            list.choose(index)
            return []
        case .scanned: return [.back(nil), .notice(Notice(.information, context.say(.helpScanned)))]
        case .appeared, .act, .chose, .answered, .storeChanged, .rawScan: return []
        }
    }

    package func view(_ context: Context) -> View {
        let items = items(context)
        return View(
            title: context.say(actions == nil ? .actionKeySheet : .actionHelp),
            blocks: [.list(items, selected: list.index(of: items.count))])
    }

    private func items(_ context: Context) -> [View.Item] {
        func item(_ row: KeySheet.Row) -> View.Item { View.Item([row.keys, row.name, row.help]) }
        if let actions { return KeySheet.rows(actions, context).map(item) }
        return KeySheet.sections(context).flatMap { section in
            [View.Item([section.title], role: .heading)] + section.rows.map(item)
        }
    }
}
