import Canvas
import Model

/// The registrar's signed answer, as a code that another camera reads off this screen.
package struct ReceiptScreen: Screen {
    private let row: OutboxRow
    private var code: [[Bool]]?

    package init(_ row: OutboxRow) {
        self.row = row
    }

    package func offers(_ context: Context) -> [Offer] { [Offer(.back)] }

    package mutating func handle(_ event: ScreenEvent, _ context: Context) -> [Effect] {
        switch event {
        case .appeared: return [.request(.drawReceipt(row.operationID))]
        case .answered(.receiptDrawn(row.operationID, let code)):
            self.code = code
            return []
        case .entered, .act(.back): return [.back(nil)]
        case .act, .move, .touched, .scanned, .chose, .answered, .storeChanged, .rawScan: return []
        }
    }

    package func view(_ context: Context) -> View {
        guard let receipt = row.receipt else {
            return View(
                title: context.say(.actionReceipt), blocks: [.text(context.say(.reasonNoReceipt), .hint)])
        }
        let caption = context.say(.receiptCaption, receipt.shortCode, receipt.registrar.rawValue)
        var blocks: [View.Block] = []
        if let code { blocks.append(.matrix(code, caption: caption)) }
        blocks.append(
            .facts([
                View.Fact(context.say(.factReceipt), receipt.shortCode, role: .good),
                View.Fact(context.say(.factOutcome), receipt.outcome.rawValue),
                View.Fact(context.say(.factDevice), receipt.deviceID.rawValue),
                View.Fact(context.say(.factAppliedAt), receipt.appliedAt.description),
                View.Fact(context.say(.factNumber), String(receipt.receiptSequence)),
                View.Fact(context.say(.factAuditHead), receipt.auditHead.rawValue),
            ]))
        return View(title: context.say(.actionReceipt), blocks: blocks)
    }
}
