import Canvas
import Model

/// One operation with all that is known of it, and what a person may decide.
package struct OperationScreen: Screen {
    private var row: OutboxRow

    package init(_ row: OutboxRow) {
        self.row = row
    }

    package func offers(_ context: Context) -> [Offer] {
        let conflict = row.problem?.knownCode == .staleVersion
        return [
            Offer(.retry, disabled: row.canRetry ? nil : .reasonCannotRetry),
            Offer(.withdraw, disabled: row.canWithdraw ? nil : .reasonCannotWithdraw),
            Offer(.takeMine, disabled: conflict ? nil : .reasonNoConflict),
            Offer(.takeTheirs, disabled: conflict ? nil : .reasonNoConflict),
            Offer(.receipt, disabled: row.receipt == nil ? .reasonNoReceipt : nil), Offer(.device),
            Offer(.back),
        ]
    }

    package mutating func handle(_ event: ScreenEvent, _ context: Context) -> [Effect] {
        switch event {
        case .appeared, .storeChanged: return [.request(.loadOperations([row.operationID]))]
        case .answered(.operationsLoaded(let rows)):
            if let row = rows.first(where: { $0.operationID == self.row.operationID }) { self.row = row }
            return []
        case .answered(.decided(row.operationID)): return [.request(.loadOperations([row.operationID]))]
        case .act(let action): return act(action)
        case .chose(.text(.withdrawReason, let reason)):
            return [.request(.decide(row.operationID, .withdraw(reason: reason)))]
        case .scanned(let scanned): return [.open(.find(FindScreen(scanned)))]
        case .entered, .move, .touched, .chose, .answered, .rawScan: return []
        }
    }

    private func act(_ action: Action) -> [Effect] {
        switch action {
        case .retry: [.request(.decide(row.operationID, .retry))]
        case .withdraw: [.open(.text(TextScreen(.withdrawReason)))]
        case .takeMine: [.request(.decide(row.operationID, .takeMine))]
        case .takeTheirs: [.request(.decide(row.operationID, .takeTheirs))]
        case .receipt: [.open(.receipt(ReceiptScreen(row)))]
        case .device: [.open(.device(DeviceScreen(row.lane)))]
        case .back: [.back(nil)]
        default: []
        }
    }

    package func view(_ context: Context) -> View {
        var blocks: [View.Block] = [.heading(context.language.retell(summary: row.summary))]
        if let problem = row.problem {
            let reason = context.language.explain(problem.explanation)
            blocks += [.text("! " + reason.what, .warning), .text("→ " + reason.nextStep, .normal)]
        }
        var facts = [
            View.Fact(
                context.say(.factState),
                "\(row.mark.symbol) \(context.say(row.mark.phrase)): \(row.state.words(context))",
                role: row.mark.role), View.Fact(context.say(.factDevice), row.lane.rawValue),
            View.Fact(context.say(.factTenant), row.tenant.rawValue),
            View.Fact(context.say(.factSite), row.site?.rawValue ?? context.say(.siteNone)),
            View.Fact(context.say(.factOperator), row.operatorID.rawValue),
            View.Fact(context.say(.factSavedAt), row.savedAt.description),
            View.Fact(context.say(.factTries), String(row.attempts)),
        ]
        if let retryAt = row.retryAt {
            facts.append(View.Fact(context.say(.factNextTry), retryAt.description))
        }
        if let receipt = row.receipt {
            facts += [
                View.Fact(context.say(.factReceipt), receipt.shortCode, role: .good),
                View.Fact(context.say(.factAppliedAt), receipt.appliedAt.description),
            ]
        }
        if let problem = row.problem { facts.append(View.Fact(context.say(.factCode), problem.code)) }
        facts.append(View.Fact(context.say(.factOperation), row.operationID.rawValue))
        blocks.append(.facts(facts))
        return View(title: context.say(.operationTitle, OutboxItem.code(of: row.operationID)), blocks: blocks)
    }
}
