import Model
import SyncCore
import TestSupport
import Wire

/// One tablet, one network and one registrar under one seed: everything that happens is drawn from it.
struct SimulatedTablet {
    /// What arrives at a moment.
    enum Arrival {
        case event(SyncEvent)
        case submission(RequestID, [OperationID])
        case question(RequestID, OperationID)
        case greeting(RequestID)
        case pull(RequestID)
        case accept
        case crash
        case networkChange
    }

    var random: SeededRandom
    var now = Instant(milliseconds: 1_000_000)
    var wall: Int64 = 1_700_000_000_000
    var store = ModelStore()
    var registrar = ModelRegistrar()
    var engine: SyncEngine
    var requests = 0
    var crashes = 0
    /// The tablet's own events belong to one life of the process; those of an earlier life arrive nowhere.
    private var life = 0
    private var isRunning = false
    /// Operations whose last sending had no usable answer, until somebody asked about them.
    private var unexplained: Set<OperationID> = []
    private var travelling: [RequestID: [OperationID]] = [:]
    /// Operations sent again although nobody had asked what became of them.
    private(set) var guesses = 0
    private var arrivals: [(at: Instant, life: Int?, arrival: Arrival)] = []
    private let faultsEnd: Instant
    private var nextNumber = 0
    private var sequences: [DeviceIdentifier: Int] = [:]
    private let laneCount: Int

    static let operators = ["ana", "ben"].map { OperatorID(trusted: $0) }

    init(seed: UInt64) {
        random = SeededRandom(seed: seed)
        faultsEnd = now.advanced(byMilliseconds: Int64.random(in: 1_000...1_200_000, using: &random))
        laneCount = Int.random(in: 1...9, using: &random)
        engine = SyncEngine(registrar: ModelRegistrar.id, at: now)
        for lane in 0..<laneCount where Int.random(in: 0..<8, using: &random) == 0 {
            registrar.refusedDevices.insert(Self.lane(lane))
        }
        for lane in 0..<laneCount where Int.random(in: 0..<8, using: &random) == 0 {
            registrar.unknownDevices.insert(Self.lane(lane))
        }
        let span = faultsEnd.milliseconds(since: now)
        for _ in 0..<Int.random(in: 1...25, using: &random) { schedule(.accept, in: 0...span, life: nil) }
        for _ in 0..<Int.random(in: 0...4, using: &random) { schedule(.crash, in: 0...span, life: nil) }
        for _ in 0..<Int.random(in: 0...3, using: &random) {
            schedule(.networkChange, in: 0...span, life: nil)
        }
        start()
    }

    var hasFaults: Bool { now < faultsEnd }

    private static func lane(_ number: Int) -> DeviceIdentifier {
        .serial("S\(number)", of: nil)
    }

    private func chance(_ percent: Int, _ random: inout SeededRandom) -> Bool {
        Int.random(in: 0..<100, using: &random) < percent
    }

    private mutating func schedule(_ arrival: Arrival, in span: ClosedRange<Int64>, life: Int?) {
        let at = now.advanced(byMilliseconds: Int64.random(in: span, using: &random))
        arrivals.append((at, life, arrival))
    }

    /// A process starts on what the store holds.
    private mutating func start() {
        life += 1
        isRunning = true
        travelling = [:]
        for (id, row) in store.rows where row.state == .inFlight { unexplained.insert(id) }
        engine = SyncEngine(registrar: ModelRegistrar.id, at: now)
        for operatorID in Self.operators { tell(.signedIn(operatorID)) }
        tell(.feedsRead([Channel(operatorID: Self.operators[0], tenant: TenantID(trusted: "acme"))]))
        tell(.outboxRead(store.openEntries(wall: wall)))
    }

    /// Lets the next thing happen.
    ///
    /// - Returns: `false` when nothing ever happens again.
    mutating func advance() -> Bool {
        guard let next = arrivals.indices.min(by: { arrivals[$0].at < arrivals[$1].at }) else {
            return false
        }
        let (at, receiver, arrival) = arrivals.remove(at: next)
        wall += at.milliseconds(since: now)
        now = max(now, at)
        if hasFaults, chance(2, &random) {
            wall += Int64.random(in: -300_000_000_000...300_000_000_000, using: &random)
        }
        if !hasFaults { registrar.unknownDevices = [] }
        if case .event = arrival, receiver != life { return true }
        happen(arrival, sentIn: receiver)
        return true
    }

    private mutating func happen(_ arrival: Arrival, sentIn sender: Int?) {
        switch arrival {
        case .event(let event): tell(event)
        case .accept:
            accept()
            tell(.outboxRead(store.openEntries(wall: wall)))
        case .crash:
            crashes += 1
            start()
        case .networkChange: tell(.networkChanged)
        case .greeting(let request): answer(.greeted(request, .value(Self.hello)), to: sender)
        case .pull(let request):
            answer(
                .changesPulled(request, .value(PulledPage(more: false, mayAdmit: !hasFaults))), to: sender)
        case .submission(let request, let ids):
            var verdicts: [OperationID: OperationVerdict] = [:]
            for id in ids {
                guard let row = store.rows[id] else { continue }
                verdicts[id] = registrar.receive(row.operation)
                if hasFaults, chance(3, &random) { verdicts[id] = .missing }
                if hasFaults, chance(2, &random) { verdicts[id] = .notBelieved(.signature) }
            }
            answer(.submitted(request, .value(verdicts)), to: sender)
        case .question(let request, let id):
            guard let row = store.rows[id] else { return }
            let verdict = registrar.status(of: row.operation)
            if case .problem(let problem) = verdict, problem.knownCode == .operationUnknown {
                answer(.statusAnswered(request, .problem(problem)), to: sender)
            } else {
                answer(.statusAnswered(request, .value(verdict)), to: sender)
            }
        }
    }

    private mutating func accept() {
        nextNumber += 1
        let lane = Self.lane(Int.random(in: 0..<laneCount, using: &random))
        sequences[lane, default: 0] += 1
        store.accept(
            ModelOperation(
                id: OperationID(milliseconds: Int64(nextNumber), random: [UInt8](repeating: 7, count: 10)),
                lane: lane, sequence: sequences[lane, default: 0],
                operatorID: Self.operators[Int.random(in: 0...1, using: &random)]))
    }

    // MARK: - The network

    /// The registrar's answer sets out on its way back.
    private mutating func answer(_ event: SyncEvent, to sender: Int?) {
        if hasFaults, chance(20, &random) {
            schedule(.event(Self.failure(of: event, Self.cut)), in: 0...70_000, life: sender)
        } else {
            schedule(.event(event), in: 5...(hasFaults ? 20_000 : 200), life: sender)
        }
    }

    private static let cut = LinkTrouble(
        .unreachable(detail: "no answer in time"), mayHaveBeenProcessed: true, wasTooMuch: true)
    private static let refusedConnection = LinkTrouble(
        .unreachable(detail: "refused"), mayHaveBeenProcessed: false)
    private static let portal = LinkTrouble(
        .answeredBySomethingElse(status: 200), mayHaveBeenProcessed: true)

    private static func failure(of event: SyncEvent, _ trouble: LinkTrouble) -> SyncEvent {
        switch event {
        case .greeted(let request, _): .greeted(request, .trouble(trouble))
        case .submitted(let request, _): .submitted(request, .trouble(trouble))
        case .statusAnswered(let request, _): .statusAnswered(request, .trouble(trouble))
        case .changesPulled(let request, _): .changesPulled(request, .trouble(trouble))
        case .outboxRead, .signedIn, .signedOut, .feedsRead, .woke, .networkChanged, .personAskedToSync:
            event
        }
    }

    private static func refusal(of event: SyncEvent, _ problem: Problem) -> SyncEvent {
        switch event {
        case .greeted(let request, _): .greeted(request, .problem(problem))
        case .submitted(let request, _): .submitted(request, .problem(problem))
        case .statusAnswered(let request, _): .statusAnswered(request, .problem(problem))
        case .changesPulled(let request, _): .changesPulled(request, .problem(problem))
        case .outboxRead, .signedIn, .signedOut, .feedsRead, .woke, .networkChanged, .personAskedToSync:
            event
        }
    }

    /// A request sets out: it may be lost, answered by somebody else, delivered late, or delivered twice.
    private mutating func send(_ arrival: Arrival, answeredBy event: SyncEvent) {
        requests += 1
        guard hasFaults else { return schedule(arrival, in: 5...200, life: life) }
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<8: schedule(.event(Self.failure(of: event, Self.refusedConnection)), in: 0...100, life: life)
        case 8..<16: schedule(.event(Self.failure(of: event, Self.cut)), in: 0...70_000, life: life)
        case 16..<20: schedule(.event(Self.failure(of: event, Self.portal)), in: 5...500, life: life)
        case 20..<24:
            let codes: [ProblemCode] = [.rateLimited, .unavailable, .requestTooLarge, .signedOut]
            let code = codes[Int.random(in: 0..<codes.count, using: &random)]
            let seconds = chance(50, &random) ? Int.random(in: 0...30, using: &random) : nil
            let problem = Problem(code, retryAfterSeconds: code == .rateLimited ? seconds : nil)
            schedule(.event(Self.refusal(of: event, problem)), in: 5...500, life: life)
        case 24..<30:
            // Delivered, and delivered once more when nobody waits for it any longer.
            schedule(arrival, in: 5...20_000, life: life)
            schedule(arrival, in: 5...200_000, life: life)
        default: schedule(arrival, in: 5...20_000, life: life)
        }
    }

    // MARK: - The process

    private mutating func tell(_ event: SyncEvent) {
        guard isRunning else { return }
        note(event)
        let instructions = engine.handle(event, at: now, random: &random)
        for instruction in instructions {
            // The process may die between any two instructions.
            if hasFaults, chance(1, &random) {
                schedule(.crash, in: 0...10_000, life: nil)
                life += 1
                isRunning = false
                return
            }
            carryOut(instruction)
        }
    }

    /// Keeps book of what is known and what is not.
    private mutating func note(_ event: SyncEvent) {
        switch event {
        case .submitted(let request, let answer):
            let sent = travelling.removeValue(forKey: request) ?? []
            if case .trouble(let trouble) = answer, trouble.mayHaveBeenProcessed {
                unexplained.formUnion(sent)
            }
        case .statusAnswered(let request, let answer):
            let asked = travelling.removeValue(forKey: request) ?? []
            if case .trouble = answer { return }
            unexplained.subtract(asked)
        case .outboxRead, .signedIn, .signedOut, .feedsRead, .woke, .networkChanged, .personAskedToSync,
            .greeted, .changesPulled:
            break
        }
    }

    private mutating func carryOut(_ instruction: SyncInstruction) {
        let nothing = LinkTrouble(.unreachable(detail: ""), mayHaveBeenProcessed: true)
        switch instruction {
        case .record(let changes): store.record(changes, now: now, wall: wall)
        case .greet(let request):
            send(.greeting(request), answeredBy: .greeted(request, .trouble(nothing)))
        case .submit(let request, let ids, _):
            travelling[request] = ids
            guesses += ids.count { unexplained.contains($0) }
            send(.submission(request, ids), answeredBy: .submitted(request, .trouble(nothing)))
        case .askStatus(let request, let id, _):
            travelling[request] = [id]
            send(.question(request, id), answeredBy: .statusAnswered(request, .trouble(nothing)))
        case .pullChanges(let request, _):
            send(.pull(request), answeredBy: .changesPulled(request, .trouble(nothing)))
        case .resetFeed, .report: break
        case .wakeUp(let at): arrivals.append((max(at, now), life, .event(.woke)))
        }
    }

    private static let hello = Hello(
        registrar: ModelRegistrar.id, name: "Main", serverTime: Timestamp(milliseconds: 0), receiptKeys: [:],
        sealingKeyID: "s", sealingKey: "", kinds: ["claim"],
        limits: Hello.Limits(operationsPerBatch: 50, bytesPerRequest: 1_000_000))
}
