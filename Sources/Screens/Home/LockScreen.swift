import Canvas
import Model

/// Covers everything until the operator's passphrase is typed. What is saved goes on being sent meanwhile.
package struct LockScreen: Screen {
    private var typed: TextField? = TextField()
    /// A passphrase is being tried.
    private var isOpening = false

    package init() {}

    package var takesSecret: Bool { true }

    package var field: TextField? {
        get { typed }
        set { typed = newValue }
    }

    package func offers(_ context: Context) -> [Offer] {
        let others = context.work.sessions.count > 1 ? [Offer(.unlock)] : []
        return [Offer(.accept)] + others + [Offer(.quit)]
    }

    package mutating func handle(_ event: ScreenEvent, _ context: Context) -> [Effect] {
        switch event {
        case .entered, .act(.accept):
            guard !isOpening, let passphrase = typed?.secret, !passphrase.isEmpty,
                let session = context.work.session
            else { return [] }
            isOpening = true
            typed = TextField()
            return [.request(.openVault(session.registrar, session.operatorID, passphrase))]
        case .answered(.failed):
            isOpening = false
            return []
        case .act(.unlock): return [.open(.unlock(UnlockScreen()))]
        case .scanned: return [.ring, .notice(Notice(.warning, context.say(.lockScan)))]
        case .appeared:
            isOpening = false
            return []
        case .act, .move, .touched, .chose, .answered, .storeChanged, .rawScan: return []
        }
    }

    package func view(_ context: Context) -> View {
        let session = context.work.session
        return View(
            title: context.say(.lockTitle),
            blocks: [
                .facts([
                    View.Fact(context.say(.factOperator), session?.operatorID.rawValue ?? ""),
                    View.Fact(context.say(.factRegistrar), session?.registrarName ?? ""),
                ]), .gap,
                .field(
                    label: context.say(.lockPassphrase),
                    text: typed?.shown ?? "",
                    hint: context.say(isOpening ? .lockOpening : .lockHint)),
                .gap, .text(context.say(.lockSaved), .hint),
            ])
    }
}
