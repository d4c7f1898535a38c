import Canvas
import Model

/// Who works, and with which registrar: one of those who are paired on this tablet.
package struct UnlockScreen: Screen {
    private var list = ListState()

    package init() {}

    package func offers(_ context: Context) -> [Offer] {
        [Offer(.accept, disabled: context.work.sessions.isEmpty ? .reasonNotPaired : nil), Offer(.back)]
    }

    package mutating func handle(_ event: ScreenEvent, _ context: Context) -> [Effect] {
        switch event {
        case .appeared: return [.request(.loadWork)]
        case .entered, .act(.accept):
            guard let index = list.index(of: context.work.sessions.count) else { return [] }
            let session = context.work.sessions[index]
            return [
                .assign(Assignment(confirms: context.assignment.confirms)),
                .request(.chooseSession(session.registrar, session.operatorID)), .back(nil),
            ]
        case .move(let move):
            list.move(move, count: context.work.sessions.count)
            return []
        case .touched(let index):
            list.choose(index)
            return handle(.entered, context)
        case .act(.back): return [.back(nil)]
        case .scanned, .act, .chose, .answered, .storeChanged, .rawScan: return []
        }
    }

    package func view(_ context: Context) -> View {
        let items = context.work.sessions.map { session in
            View.Item(
                mark: session == context.work.session ? "✓" : "·",
                [
                    session.operatorID.rawValue, session.registrarName,
                    context.say(session.isEmbedded ? .registrarEmbedded : .registrarRemote),
                ])
        }
        return View(
            title: context.say(.unlockTitle),
            blocks: [
                .text(context.say(.unlockPrompt), .hint), .list(items, selected: list.index(of: items.count)),
                .gap, .text(context.say(.unlockPairing), .hint),
            ])
    }
}
