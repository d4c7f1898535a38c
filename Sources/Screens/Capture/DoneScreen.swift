import Canvas
import Model

/// What became of one device: saved, sent, confirmed, or in need of a person; kept up to date while it is seen.
package struct DoneScreen: Screen {
    private let candidate: Candidate
    private let saved: SavedFacts
    private var rows: [OutboxRow] = []
    private var isUndone = false

    package init(_ candidate: Candidate, _ saved: SavedFacts) {
        self.candidate = candidate
        self.saved = saved
    }

    package func offers(_ context: Context) -> [Offer] {
        let isConfirmed = rows.contains { $0.receipt != nil }
        let isSent = rows.contains { !$0.canWithdraw }
        return [
            Offer(.another), Offer(.receipt, disabled: isConfirmed ? nil : .reasonNoReceipt),
            Offer(.undo, disabled: saved.operations.isEmpty || isSent || isUndone ? .reasonCannotUndo : nil),
            Offer(.principals), Offer(.handOver), Offer(.verify), Offer(.open), Offer(.home), Offer(.back),
        ]
    }

    package mutating func handle(_ event: ScreenEvent, _ context: Context) -> [Effect] {
        switch event {
        case .appeared, .storeChanged: return [.request(.loadOperations(saved.operations))]
        case .answered(.operationsLoaded(let rows)):
            if rows.map(\.operationID) == saved.operations { self.rows = rows }
            return []
        case .answered(.undone(let ids)):
            guard ids == saved.operations else { return [] }
            isUndone = true
            return [.notice(Notice(.information, context.say(.undoneName, saved.name)))]
        case .entered, .act(.another): return [.replace(.capture(CaptureScreen()))]
        case .scanned(let scanned): return [.replace(.capture(CaptureScreen(scanned)))]
        case .act(let action): return act(action)
        case .move, .touched, .chose, .answered, .rawScan: return []
        }
    }

    private func act(_ action: Action) -> [Effect] {
        switch action {
        case .receipt: rows.last { $0.receipt != nil }.map { [.open(.receipt(ReceiptScreen($0)))] } ?? []
        case .undo: [.request(.undo(saved.operations))]
        case .principals: [.open(.principals(PrincipalsScreen(saved.lane)))]
        case .handOver: [.open(.handOver(HandOverScreen(saved.lane)))]
        case .verify: [.open(.verify(VerifyScreen(saved.lane)))]
        case .open: [.open(.device(DeviceScreen(saved.lane)))]
        case .home: [.backHome]
        case .back: [.back(nil)]
        default: []
        }
    }

    package func view(_ context: Context) -> View {
        var blocks: [View.Block] = [.heading(context.say(.doneIs, saved.name))]
        if saved.operations.isEmpty { blocks.append(.text(context.say(.doneAlready), .hint)) }
        if isUndone { blocks.append(.text(context.say(.undoneName, saved.name), .warning)) }
        blocks.append(.list(rows.map { OutboxItem.of($0, context) }, selected: nil))
        for row in rows {
            guard let problem = row.problem else { continue }
            let reason = context.language.explain(problem.explanation)
            blocks.append(.text("! \(reason.what)", .warning))
            blocks.append(.text("  → \(reason.nextStep)", .normal))
        }
        for finding in saved.findings {
            blocks.append(.text("! " + context.language.explain(finding.explanation).what, .warning))
        }
        if rows.contains(where: { $0.mark == .saved }) {
            blocks.append(.text(context.say(.doneSafe), .hint))
        }
        blocks += [.gap, .button(.another, context.say(.doneNext))]
        return View(title: context.say(.doneTitle), blocks: blocks)
    }
}
