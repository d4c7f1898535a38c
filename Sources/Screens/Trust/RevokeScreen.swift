import Canvas
import Model

/// Takes trust back from a device's certificates: the reason is chosen, and the end of its serial typed before anything is
/// saved.
package struct RevokeScreen: Screen {
    private let name: String
    private var list = ListState()
    /// What happened, for the history.
    private var text: String?

    package init(name: String) {
        self.name = name
    }

    package func offers(_ context: Context) -> [Offer] { [Offer(.accept), Offer(.note), Offer(.back)] }

    package mutating func handle(_ event: ScreenEvent, _ context: Context) -> [Effect] {
        let reasons = RevocationReason.allCases
        switch event {
        case .entered, .act(.accept): return [.open(.confirm(ConfirmScreen(.revoke, name: name)))]
        case .act(.note): return [.open(.text(TextScreen(.revokeText, text: text ?? "")))]
        case .act(.back): return [.back(nil)]
        case .chose(.text(.revokeText, let text)):
            self.text = text.isEmpty ? nil : text
            return []
        case .chose(.confirmed(.revoke)):
            let reason = reasons[list.index(of: reasons.count) ?? 0]
            return [.back(.revocation(reason, text: text))]
        case .move(let move):
            list.move(move, count: reasons.count)
            return []
        case .touched(let index):
            list.choose(index)
            return []
        case .scanned: return [.ring, .notice(Notice(.warning, context.say(.confirmScanned)))]
        case .appeared, .act, .chose, .answered, .storeChanged, .rawScan: return []
        }
    }

    package func view(_ context: Context) -> View {
        let items = RevocationReason.allCases.map { View.Item([context.say($0.phrase)]) }
        var blocks: [View.Block] = [
            .text("! " + context.say(.revokeMeans, name), .warning),
            .list(items, selected: list.index(of: items.count)),
        ]
        if let text { blocks.append(.facts([View.Fact(context.say(.actionNote), text)])) }
        blocks.append(.text(context.say(.revokePrompt), .hint))
        return View(title: "\(context.say(.actionRevoke)) · \(name)", blocks: blocks)
    }
}

extension RevocationReason {
    var phrase: Phrase {
        switch self {
        case .unspecified: .revokeUnspecified
        case .keyCompromise: .revokeKeyCompromise
        case .affiliationChanged: .revokeAffiliationChanged
        case .superseded: .revokeSuperseded
        case .cessationOfOperation: .revokeCessation
        case .privilegeWithdrawn: .revokePrivilegeWithdrawn
        }
    }
}
