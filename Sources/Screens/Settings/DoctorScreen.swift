import Canvas

/// What stands in the way of work, each with what to do.
package struct DoctorScreen: Screen {
    private var rows: [DoctorRow]?
    private var list = ListState()

    package init() {}

    package func offers(_ context: Context) -> [Offer] { [Offer(.again), Offer(.back)] }

    package mutating func handle(_ event: ScreenEvent, _ context: Context) -> [Effect] {
        switch event {
        case .appeared, .entered, .act(.again):
            rows = nil
            return [.request(.examine)]
        case .answered(.examined(let rows)):
            self.rows = rows
            return []
        case .act(.back): return [.back(nil)]
        case .move(let move):
            list.move(move, count: rows?.count ?? 0)
            return []
        case .touched(let index):
            list.choose(index)
            return []
        case .act, .scanned, .chose, .answered, .storeChanged, .rawScan: return []
        }
    }

    package func view(_ context: Context) -> View {
        guard let rows else {
            return View(
                title: context.say(.actionDoctor), blocks: [.text(context.say(.doctorLooking), .hint)])
        }
        let items = rows.map { row in
            let (mark, role): (String, CellRole) =
                switch row.verdict {
                case .good: ("✓ " + context.say(.verdictGood), .good)
                case .warning: ("! " + context.say(.verdictWarning), .warning)
                case .bad: ("✗ " + context.say(.verdictBad), .bad)
                }
            return View.Item(mark: mark, [row.check, row.says], role: role)
        }
        var blocks: [View.Block] = [.list(items, selected: list.index(of: items.count))]
        if let index = list.index(of: rows.count) {
            blocks += [.gap, .text(rows[index].says, .normal)]
            if let nextStep = rows[index].nextStep { blocks.append(.text("→ " + nextStep, .warning)) }
        }
        return View(title: context.say(.actionDoctor), blocks: blocks)
    }
}
