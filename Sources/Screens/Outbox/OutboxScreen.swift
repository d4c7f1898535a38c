import Canvas
import Model

/// What waits for an outcome or a person: what can be mended here first.
package struct OutboxScreen: Screen {
    private var shown = OutboxView.needsYou
    private var rows: [OutboxRow]?
    private var list = ListState()
    /// Whether the view was picked by a person; else an empty list of exceptions gives way to what is open.
    private var isPicked = false

    package init() {}

    package func offers(_ context: Context) -> [Offer] {
        let nothing: Phrase? = chosen == nil ? .reasonNothingThere : nil
        return [
            Offer(.open, disabled: nothing),
            Offer(.retry, disabled: nothing ?? (chosen?.canRetry == true ? nil : .reasonCannotRetry)),
            Offer(
                .withdraw, disabled: nothing ?? (chosen?.canWithdraw == true ? nil : .reasonCannotWithdraw)),
            Offer(.filter), Offer(.sync), Offer(.export), Offer(.back),
        ]
    }

    private var chosen: OutboxRow? { list.index(of: rows?.count ?? 0).flatMap { rows?[$0] } }

    package mutating func handle(_ event: ScreenEvent, _ context: Context) -> [Effect] {
        switch event {
        case .appeared, .storeChanged: return [.request(.loadOutbox(shown))]
        case .answered(let answer): return take(answer, context)
        case .entered: return act(.open, context)
        case .act(let action): return act(action, context)
        case .move(let move):
            list.move(move, count: rows?.count ?? 0)
            return []
        case .touched(let index):
            list.choose(index)
            return []
        case .chose(.text(.withdrawReason, let reason)):
            return chosen.map { [.request(.decide($0.operationID, .withdraw(reason: reason)))] } ?? []
        case .scanned(let scanned): return [.open(.find(FindScreen(scanned)))]
        case .chose, .rawScan: return []
        }
    }

    private mutating func take(_ answer: Answer, _ context: Context) -> [Effect] {
        switch answer {
        case .outboxLoaded(shown, let rows):
            if rows.isEmpty, shown == .needsYou, !isPicked {
                shown = .open
                return [.request(.loadOutbox(shown))]
            }
            self.rows = Self.sorted(rows)
            return []
        case .decided: return [.request(.loadOutbox(shown))]
        case .exported(let path, let count):
            return [.notice(Notice(.success, context.say(.exportedTo, String(count), path)))]
        default: return []
        }
    }

    /// What a person can mend on the spot, then what the desk must, then what mends itself; oldest first within each.
    private static func sorted(_ rows: [OutboxRow]) -> [OutboxRow] {
        let ranked = rows.enumerated().sorted { left, right in
            (rank(left.element), left.offset) < (rank(right.element), right.offset)
        }
        return ranked.map(\.element)
    }

    private static func rank(_ row: OutboxRow) -> Int {
        switch (row.mark, row.problem?.knownCode) {
        case (.needsYou, let code?): code.isMendedHere ? 0 : 1
        case (.needsYou, nil): 1
        case (_, _?): 2
        default: 3
        }
    }

    private mutating func act(_ action: Action, _ context: Context) -> [Effect] {
        switch action {
        case .open: return chosen.map { [.open(.operation(OperationScreen($0)))] } ?? []
        case .retry: return chosen.map { [.request(.decide($0.operationID, .retry))] } ?? []
        case .withdraw: return [.open(.text(TextScreen(.withdrawReason)))]
        case .filter:
            let all = OutboxView.allCases
            shown = all[((all.firstIndex(of: shown) ?? 0) + 1) % all.count]
            (isPicked, rows) = (true, nil)
            return [.request(.loadOutbox(shown))]
        case .sync: return [.request(.syncNow)]
        case .export: return [.request(.exportOutbox)]
        case .back: return [.back(nil)]
        default: return []
        }
    }

    package func view(_ context: Context) -> View {
        var blocks: [View.Block] = []
        switch rows {
        case nil: blocks.append(.text(context.say(.loading), .hint))
        case let rows? where rows.isEmpty: blocks.append(.text(context.say(shown.emptyPhrase), .good))
        case let rows?:
            blocks.append(
                .list(rows.map { OutboxItem.of($0, context) }, selected: list.index(of: rows.count)))
            if let problem = chosen?.problem {
                let reason = context.language.explain(problem.explanation)
                blocks += [.gap, .text("! " + reason.what, .warning), .text("→ " + reason.nextStep, .normal)]
            }
        }
        return View(title: context.say(.outboxTitle, context.say(shown.phrase)), blocks: blocks)
    }
}

extension OutboxView {
    var phrase: Phrase {
        switch self {
        case .needsYou: .markNeedsYou
        case .open: .viewOpen
        case .confirmed: .markConfirmed
        case .all: .viewAll
        }
    }

    var emptyPhrase: Phrase {
        switch self {
        case .needsYou: .emptyNeedsYou
        case .open: .emptyOpen
        case .confirmed, .all: .emptyAll
        }
    }
}

extension ProblemCode {
    /// Whether the person with the device can do something about it.
    var isMendedHere: Bool {
        switch self {
        case .claimedByAnotherTenant, .claimCodeWrong, .claimCodeMissing, .notClaimed, .staleVersion,
            .identityConflict, .identityMissing, .certificateRequestRefused, .keyReused:
            true
        default: false
        }
    }
}
