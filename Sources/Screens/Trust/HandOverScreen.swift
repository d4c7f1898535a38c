import HandOver
package import Model

/// Brings a device its principals: the way is chosen, each stage is seen as it is done, and what is asked is asked here. Or
/// the way alone is chosen, for a question to the device.
package struct HandOverScreen: Screen {
    let lane: DeviceIdentifier
    let purpose: Purpose
    private(set) var facts: DeviceFacts?
    private(set) var links = FoundLinks()
    private(set) var announced: [DiscoveredDevice] = []
    private(set) var isLooking = false
    /// The last hand-over to this device, as it stands on the disk.
    private(set) var record: HandOverRecord?
    private(set) var way: HandOverWay?
    private(set) var phase = Phase.choosing
    private(set) var steps: [HandOverStep] = []
    /// The operation with the evidence, for its mark.
    private(set) var note: OutboxRow?
    private(set) var list = ListState()
    private var acceptsNewKey = false
    private var makesKey = false

    enum Phase: Equatable {
        case choosing
        /// A way is chosen; nothing is done yet.
        case ready
        case running
        /// A person has asked to stop it; what is going on is brought to an end.
        case stopping
        case ended(HandOverEnd)
    }

    /// What the way is chosen for.
    package enum Purpose: Equatable, Sendable {
        case handOver
        /// The way is given back to the screen below, which asks the device something.
        case asking
    }

    package init(_ lane: DeviceIdentifier, for purpose: Purpose = .handOver) {
        self.lane = lane
        self.purpose = purpose
    }

    // MARK: What can be done

    package func offers(_ context: Context) -> [Offer] {
        let busy: Phrase? = isBusy ? .reasonHandingOver : nil
        let noWay: Phrase? = busy ?? (way == nil ? .reasonNoLink : nil)
        let ofWay = [
            Offer(.way, disabled: busy),
            Offer(.discover, disabled: busy ?? (isLooking ? .reasonStillLooking : nil)),
            Offer(.knownBy, disabled: noWay ?? (takesKnownBy ? nil : .reasonLinkKnowsItself)),
            Offer(.console, disabled: noWay ?? (takesConsole ? nil : .reasonNoConsole)),
        ]
        let start = Offer(.start, disabled: noWay ?? missing)
        switch purpose {
        case .asking: return [start] + ofWay + [Offer(.back)]
        case .handOver:
            return [start, Offer(.stop, disabled: phase == .running ? nil : .reasonNothingToStop)] + ofWay + [
                Offer(.service, disabled: noWay),
                Offer(.deviceKey, disabled: busy ?? (question == nil ? .reasonNoKeyQuestion : nil)),
                Offer(.back),
            ]
        }
    }

    var isBusy: Bool { phase == .running || phase == .stopping }

    /// What a failed hand-over asks a person.
    enum Question {
        /// Whether the device was given another key on purpose.
        case newKey
        /// Whether Muster shall make a key for it.
        case makeKey
    }

    var question: Question? {
        guard case .ended(.failed(let explanation)) = phase else { return nil }
        switch explanation.id {
        case "cloned_identity": return acceptsNewKey ? nil : .newKey
        case "key_not_made", "key_of_another": return makesKey ? nil : .makeKey
        default: return nil
        }
    }

    // MARK: What happens

    package mutating func handle(_ event: ScreenEvent, _ context: Context) -> [Effect] {
        switch event {
        case .appeared: return [.request(.loadDevice(lane)), .request(.findLinks(lane))]
        case .storeChanged: return [.request(.loadDevice(lane))] + lookAtNote
        case .answered(let answer): return take(answer, context)
        case .entered: return enter(context)
        case .act(let action): return act(action, context)
        case .move(let move):
            if phase == .choosing { list.move(move, count: entries(context).count) }
            return []
        case .touched(let index):
            guard phase == .choosing else { return [] }
            list.choose(index)
            return enter(context)
        case .chose(let choice): return take(choice, context)
        case .scanned, .rawScan: return []
        }
    }

    private var lookAtNote: [Effect] { note.map { [.request(.loadOperations([$0.operationID]))] } ?? [] }

    private mutating func take(_ answer: Answer, _ context: Context) -> [Effect] {
        switch answer {
        case .deviceLoaded(let facts):
            if facts.lane == lane { self.facts = facts }
            return []
        case .linksFound(lane, let links, let record):
            (self.links, self.record) = (links, record)
            return []
        case .devicesAnnounced(let devices):
            (announced, isLooking) = (devices, false)
            let found = Notice(.information, context.say(.linksAnnounced, String(devices.count)))
            return [.notice(found)]
        case .failed:
            isLooking = false
            return []
        case .handOverStepped(lane, let step):
            guard isBusy else { return [] }
            steps.append(step)
            if case .noted(let id) = step { return [.request(.loadOperations([id]))] }
            return []
        case .handOverEnded(lane, let end):
            guard isBusy else { return [] }
            phase = .ended(end)
            let done: [Effect] =
                end == .done ? [.notice(Notice(.success, context.say(.handOverDone, name)))] : [.ring]
            return done + [.request(.loadDevice(lane)), .request(.findLinks(lane))]
        case .operationsLoaded(let rows):
            let noted = steps.compactMap { if case .noted(let id) = $0 { id } else { nil } }.last
            if let row = rows.first(where: { $0.operationID == noted }) { note = row }
            return []
        default: return []
        }
    }

    var name: String { facts?.identity.displayName ?? lane.value }

    private mutating func take(_ choice: Choice, _ context: Context) -> [Effect] {
        switch choice {
        case .text(.link, let text):
            guard HandOverAddress(text) != nil else {
                return [.notice(Notice(.warning, context.say(.linkIsNone, text)))]
            }
            way = HandOverWay(text, service: way?.service)
            phase = .ready
        case .text(.knownBy, let text): way?.knownBy = text.isEmpty ? nil : text
        case .text(.console, let text): way?.console = text.isEmpty ? nil : text
        case .text(.service, let text): way?.service = text.isEmpty ? nil : text
        case .confirmed(.newKey):
            acceptsNewKey = true
            return start(context)
        default: break
        }
        return []
    }

    /// Does what the large button says.
    private mutating func enter(_ context: Context) -> [Effect] {
        switch phase {
        case .choosing:
            let entries = entries(context)
            guard let index = list.index(of: entries.count) else { return [] }
            return choose(entries[index])
        case .ready, .ended(.paused), .ended(.failed):
            if let reason = missing { return [.notice(Notice(.warning, context.say(reason)))] }
            return start(context)
        case .ended(.done): return [.back(nil)]
        case .running, .stopping: return []
        }
    }

    private mutating func choose(_ entry: Entry) -> [Effect] {
        switch entry.way {
        case .known(let known):
            way = known
            phase = .ready
            return []
        case .typed(let start): return [.open(.text(TextScreen(.link, text: start)))]
        }
    }

    private mutating func start(_ context: Context) -> [Effect] {
        guard let way, missing == nil, !isBusy else { return [] }
        if purpose == .asking { return [.keepWay(facts?.identity.product, way), .back(.way(way))] }
        phase = .running
        (steps, note) = ([], nil)
        let wish = HandOverWish(lane: lane, way: way, acceptsNewKey: acceptsNewKey, makesKey: makesKey)
        return [.keepWay(facts?.identity.product, way), .request(.handOver(wish))]
    }

    private mutating func act(_ action: Action, _ context: Context) -> [Effect] {
        switch action {
        case .start: return start(context)
        case .stop: return stop(context)
        case .way:
            (phase, list) = (.choosing, ListState())
            return [.request(.findLinks(lane))]
        case .discover:
            (isLooking, phase) = (true, .choosing)
            return [.request(.discover)]
        case .knownBy: return [.open(.text(TextScreen(.knownBy, text: way?.knownBy ?? "")))]
        case .console: return [.open(.text(TextScreen(.console, text: way?.console ?? "")))]
        case .service: return [.open(.text(TextScreen(.service, text: way?.service ?? "")))]
        case .deviceKey: return answer(context)
        // Esc while something is done asks to end that first.
        case .back: return phase == .running ? stop(context) : [.back(nil)]
        default: return []
        }
    }

    private mutating func stop(_ context: Context) -> [Effect] {
        guard phase == .running else { return [] }
        phase = .stopping
        return [.request(.stopHandOver(lane))]
    }

    private mutating func answer(_ context: Context) -> [Effect] {
        switch question {
        case .newKey: return [.open(.confirm(ConfirmScreen(.newKey, name: name)))]
        case .makeKey:
            makesKey = true
            return start(context)
        case nil: return []
        }
    }
}
