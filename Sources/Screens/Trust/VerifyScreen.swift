import Canvas
package import Model

/// The proof that a device is online with its principals: what is on record, and what was not checked.
package struct VerifyScreen: Screen {
    private let lane: DeviceIdentifier
    private var facts: DeviceFacts?

    package init(_ lane: DeviceIdentifier) {
        self.lane = lane
    }

    package func offers(_ context: Context) -> [Offer] { [Offer(.sync), Offer(.back)] }

    package mutating func handle(_ event: ScreenEvent, _ context: Context) -> [Effect] {
        switch event {
        case .appeared, .storeChanged: return [.request(.loadDevice(lane))]
        case .answered(.deviceLoaded(let facts)):
            if facts.lane == lane { self.facts = facts }
            return []
        case .act(.sync): return [.request(.syncNow)]
        case .act(.back): return [.back(nil)]
        case .entered, .act, .move, .touched, .scanned, .chose, .answered, .rawScan: return []
        }
    }

    package func view(_ context: Context) -> View {
        let receipts = (facts?.history ?? []).filter { $0.receipt != nil }
        var blocks: [View.Block] = [
            .heading(facts?.identity.displayName ?? lane.value),
            .text(context.say(.verifyNotChecked), .warning),
            .text(context.say(.verifyToday, String(receipts.count)), .normal),
        ]
        if !receipts.isEmpty {
            blocks.append(.list(receipts.map { OutboxItem.of($0, context) }, selected: nil))
        }
        blocks.append(.text(context.say(.verifyLater), .hint))
        return View(title: context.say(.actionVerify), blocks: blocks)
    }
}
