import Canvas
import Model

/// Who works, and with which registrar: one of those who are paired on this tablet.
package struct UnlockScreen: Screen {
    private var list = ListState()

    package init() {}

    package func offers(_ context: Context) -> [Offer] {
        let team: Phrase? = team(context) == nil ? .reasonNoTeam : nil
        let isOut = context.work.session.map { $0.isEmbedded || $0.hasEnded(at: context.now) } ?? true
        return [
            Offer(.accept, disabled: context.work.sessions.isEmpty ? .reasonNotPaired : nil),
            Offer(.signIn, disabled: team),
            Offer(.signOut, disabled: team ?? (isOut ? .reasonSignedOut : nil)), Offer(.back),
        ]
    }

    /// To whose registrar somebody signs in: that of the entry that is chosen, else any of a team.
    private func team(_ context: Context) -> SessionFact? {
        let sessions = context.work.sessions
        let chosen = list.index(of: sessions.count).map { sessions[$0] }
        return [chosen, context.work.session].compactMap(\.self).first { !$0.isEmbedded }
            ?? sessions.first { !$0.isEmbedded }
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
        case .act(.signIn): return team(context).map { [.open(.signIn(SignInScreen($0)))] } ?? []
        case .act(.signOut): return [.request(.signOut)]
        case .answered(.signedOut(let person, let isTold)):
            let notice = Notice(
                isTold ? .success : .warning,
                context.say(isTold ? .signedOutOf : .signedOutHere, person.rawValue))
            return [.notice(notice), .request(.loadWork)]
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

    /// Until when it is good.
    private func standing(_ session: SessionFact, _ context: Context) -> String {
        guard let until = session.until else { return "" }
        let hasEnded = session.hasEnded(at: context.now)
        return hasEnded ? context.say(.networkSignedOut) : context.say(.signInUntil, until.minute)
    }

    package func view(_ context: Context) -> View {
        let items = context.work.sessions.map { session in
            View.Item(
                mark: session == context.work.session ? "✓" : "·",
                [
                    session.operatorID.rawValue, session.registrarName,
                    context.say(session.isEmbedded ? .registrarEmbedded : .registrarRemote),
                    standing(session, context),
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
