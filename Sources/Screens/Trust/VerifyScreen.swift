package import Model

/// The proof that a device connects to its service: tried here, or by the word of its target or of the device, with what is
/// on record of it.
package struct VerifyScreen: Screen {
    let lane: DeviceIdentifier
    private(set) var device: DeviceFacts?
    private(set) var facts: VerifyFacts?
    /// With what Muster tries it itself.
    private(set) var wish: VerifyWish
    private(set) var steps: [VerifyStep] = []
    private(set) var phase = Phase.ready
    /// Whose word was asked for last.
    private(set) var witness = VerifyWish.Witness.muster
    /// The operation in which it is kept, for its mark.
    private(set) var kept: OutboxRow?
    /// Which file is being chosen.
    private var choosing = File.key

    enum Phase: Equatable {
        case ready, running
        case ended(VerifyEnd)
    }

    private enum File { case key, root }

    package init(_ lane: DeviceIdentifier) {
        self.lane = lane
        wish = VerifyWish(lane: lane)
    }

    var name: String { device?.identity.displayName ?? lane.value }
    var endpoint: String? { wish.endpoint ?? facts?.endpoint }

    /// How the device is asked: as its product was last reached.
    func way(_ context: Context) -> HandOverWay? { context.ways[device?.identity.product] }

    package mutating func handle(_ event: ScreenEvent, _ context: Context) -> [Effect] {
        switch event {
        case .appeared: return [.request(.loadDevice(lane)), .request(.prepareVerify(lane))]
        case .storeChanged:
            return [.request(.loadDevice(lane)), .request(.prepareVerify(lane))] + lookAtKept
        case .answered(let answer): return take(answer, context)
        case .entered:
            guard phase != .running else { return [] }
            let reason = offers(context).first { $0.action == mainAction }?.disabledReason
            if let reason { return [.notice(Notice(.warning, context.say(reason)))] }
            return act(mainAction, context)
        case .act(let action): return act(action, context)
        case .chose(let choice): return take(choice, context)
        case .move, .touched, .scanned, .rawScan: return []
        }
    }

    /// The operation with its mark, and the answer where one is awaited.
    private var lookAtKept: [Effect] {
        switch phase {
        case .ready: return []
        case .running: return saved.map { [.request(.loadOperations([$0]))] } ?? []
        case .ended(.awaited(let id)):
            return [.request(.loadOperations([id])), .request(.lookAtVerify(lane, id))]
        case .ended(let end): return end.operation.map { [.request(.loadOperations([$0]))] } ?? []
        }
    }

    /// The operation that what is going on was saved in.
    private var saved: OperationID? {
        steps.lazy.compactMap { if case .saved(let id) = $0 { id } else { nil } }.last
    }

    private mutating func take(_ answer: Answer, _ context: Context) -> [Effect] {
        switch answer {
        case .deviceLoaded(let facts):
            if facts.lane == lane { device = facts }
            return []
        case .verifyPrepared(let facts):
            if facts.lane == lane { self.facts = facts }
            return []
        case .verifyStepped(lane, let step):
            guard phase == .running else { return [] }
            steps.append(step)
            return lookAtKept
        case .verifyEnded(lane, let end): return take(end)
        case .operationsLoaded(let rows):
            let id: OperationID? = if case .ended(let end) = phase { end.operation } else { saved }
            kept = rows.first { $0.operationID == id } ?? kept
            return []
        default: return []
        }
    }

    private mutating func take(_ end: VerifyEnd) -> [Effect] {
        switch phase {
        case .running: phase = .ended(end)
        // The answer has come; what is still awaited is so already.
        case .ended(.awaited(let id)) where end.operation == id && end != .awaited(id): phase = .ended(end)
        case .ready, .ended: return []
        }
        return lookAtKept + [.request(.prepareVerify(lane))]
    }

    private mutating func take(_ choice: Choice, _ context: Context) -> [Effect] {
        switch choice {
        case .text(.service, let text):
            wish.endpoint = text.isEmpty ? nil : text
            phase = .ready
        case .file(let path):
            if choosing == .key { wish.key = path } else { wish.root = path }
            phase = .ready
        case .way(let way):
            if let reason = missingDevice(context) {
                return [.notice(Notice(.warning, context.say(reason)))]
            }
            return ask(.device(way))
        case .confirmed(.interrupt):
            guard asksInterruption else { return [] }
            var wish = wish
            wish.mayInterrupt = true
            return start(wish)
        default: break
        }
        return []
    }

    private mutating func act(_ action: Action, _ context: Context) -> [Effect] {
        switch action {
        case .start: return start(wish)
        case .askTarget: return ask(.target)
        case .askDevice: return way(context).map { ask(.device($0)) } ?? []
        case .way: return [.open(.handOver(HandOverScreen(lane, for: .asking)))]
        case .keyFile:
            choosing = .key
            return [.open(.files(FilesScreen(.key)))]
        case .root:
            choosing = .root
            return [.open(.files(FilesScreen(.root)))]
        case .service: return [.open(.text(TextScreen(.service, text: endpoint ?? "mqtts://")))]
        case .interrupt: return [.open(.confirm(ConfirmScreen(.interrupt, name: name)))]
        case .sync: return [.request(.syncNow)]
        case .open: return kept.map { [.open(.operation(OperationScreen($0)))] } ?? []
        case .back: return [.back(nil)]
        default: return []
        }
    }

    private mutating func ask(_ witness: VerifyWish.Witness) -> [Effect] {
        start(VerifyWish(lane: lane, witness: witness))
    }

    private mutating func start(_ wish: VerifyWish) -> [Effect] {
        guard phase != .running else { return [] }
        (phase, witness, steps, kept) = (.running, wish.witness, [], nil)
        return [.request(.verify(wish))]
    }
}
