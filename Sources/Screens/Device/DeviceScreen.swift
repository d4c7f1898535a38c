import Canvas
package import Model

/// One device: what is known of it, what was done to it, and what can be done.
package struct DeviceScreen: Screen {
    private let lane: DeviceIdentifier
    private var facts: DeviceFacts?
    private var list = ListState()

    package init(_ lane: DeviceIdentifier) {
        self.lane = lane
    }

    package func offers(_ context: Context) -> [Offer] {
        let unclaimed: Phrase? =
            facts?.state == nil && facts?.history.isEmpty ?? true ? .reasonNotClaimed : nil
        return [
            Offer(.open, disabled: facts?.history.isEmpty ?? true ? .reasonNothingThere : nil),
            Offer(.principals), Offer(.handOver), Offer(.verify), Offer(.note, disabled: unclaimed),
            Offer(.release, disabled: unclaimed), Offer(.revoke, disabled: unclaimed), Offer(.back),
        ]
    }

    package mutating func handle(_ event: ScreenEvent, _ context: Context) -> [Effect] {
        switch event {
        case .appeared, .storeChanged: return [.request(.loadDevice(lane))]
        case .answered(.deviceLoaded(let facts)):
            if facts.lane == lane { self.facts = facts }
            return []
        case .answered(.operationSaved(lane, _)):
            return [.notice(Notice(.success, context.say(.operationIsSaved))), .request(.loadDevice(lane))]
        case .entered: return act(.open)
        case .act(let action): return act(action)
        case .move(let move):
            list.move(move, count: facts?.history.count ?? 0)
            return []
        case .touched(let index):
            list.choose(index)
            return []
        case .chose(.text(.releaseReason, let reason)): return [.request(.release(lane, reason: reason))]
        case .chose(.revocation(let reason, let text)):
            return [.request(.revoke(lane, reason, text: text))]
        case .chose(.text(.note, let text)): return [.request(.addNote(lane, text: text))]
        case .scanned(let scanned): return [.replace(.find(FindScreen(scanned)))]
        case .chose, .answered, .rawScan: return []
        }
    }

    private func act(_ action: Action) -> [Effect] {
        switch action {
        case .open:
            list.index(of: facts?.history.count ?? 0).flatMap { facts?.history[$0] }
                .map { [.open(.operation(OperationScreen($0)))] } ?? []
        case .principals: [.open(.principals(PrincipalsScreen(lane)))]
        case .handOver: [.open(.handOver(HandOverScreen(lane)))]
        case .verify: [.open(.verify(VerifyScreen(lane)))]
        case .note: [.open(.text(TextScreen(.note)))]
        case .release: [.open(.text(TextScreen(.releaseReason)))]
        case .revoke:
            [.open(.revoke(RevokeScreen(name: facts?.identity.displayName ?? lane.value)))]
        case .back: [.back(nil)]
        default: []
        }
    }

    package func view(_ context: Context) -> View {
        guard let facts else {
            return View(title: lane.value, blocks: [.text(context.say(.loading), .hint)])
        }
        let place = [facts.tenant?.rawValue, facts.site?.rawValue, facts.position].compactMap(\.self)
            .joined(separator: " / ")
        var blocks: [View.Block] = [
            .facts(
                [
                    View.Fact(
                        context.say(.factState),
                        facts.state.map { context.say($0.phrase) } ?? context.say(.stateUnknown)),
                    View.Fact(context.say(.factPlace), place.isEmpty ? "–" : place),
                ] + target(facts.target, context) + LabelFacts.of(facts.identity, context)),
            .heading(context.say(.deviceHistory)),
        ]
        if facts.history.isEmpty {
            blocks.append(.text(context.say(.deviceNoHistory), .hint))
        } else {
            blocks.append(
                .list(
                    facts.history.map { OutboxItem.of($0, context) },
                    selected: list.index(of: facts.history.count)))
        }
        return View(title: facts.identity.displayName, blocks: blocks)
    }

    /// Where it is provisioned and why; nothing for a device that is with the registrar's own authority alone.
    private func target(_ target: DeviceTarget?, _ context: Context) -> [View.Fact] {
        guard let target else { return [] }
        let place = [target.target.rawValue, target.place].compactMap(\.self).joined(separator: ", ")
        let isIn = target.standing == .enabled
        return [
            View.Fact(
                context.say(.factTarget), isIn ? place : context.say(.deviceShutOut, place),
                role: isIn ? .normal : .warning),
            View.Fact(context.say(.factReason), target.reason, role: .hint),
        ]
    }
}
