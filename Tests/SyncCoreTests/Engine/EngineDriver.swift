import Model
import SyncCore
import TestSupport
import Wire

/// An engine with a clock to turn and short words for what happens to it.
struct EngineDriver {
    var engine: SyncEngine
    var now = Instant(milliseconds: 10_000)
    var random = SeededRandom(seed: 7)
    /// What the last event led to.
    private(set) var instructions: [SyncInstruction] = []
    /// The greeting that is asked for and not answered.
    private(set) var greeting: RequestID?
    /// All changes so far.
    private(set) var changes: [SyncChange] = []

    static let registrar = RegistrarID(trusted: "main")
    static let ana = OperatorID(trusted: "ana")
    static let acme = TenantID(trusted: "acme")

    init(tuning: SyncTuning = SyncTuning()) {
        engine = SyncEngine(registrar: Self.registrar, tuning: tuning, at: now)
    }

    /// An engine that has read these entries and heard the registrar's greeting.
    static func connected(_ entries: [SyncEntry], tuning: SyncTuning = SyncTuning()) -> EngineDriver {
        var driver = EngineDriver(tuning: tuning)
        driver.tell(.signedIn(ana))
        driver.tell(.signedIn(OperatorID(trusted: "ben")))
        driver.tell(.outboxRead(entries))
        driver.greet()
        return driver
    }

    mutating func tell(_ event: SyncEvent, after milliseconds: Int64 = 0) {
        now = now.advanced(byMilliseconds: milliseconds)
        instructions = engine.handle(event, at: now, random: &random)
        for case .record(let recorded) in instructions { changes += recorded }
        if case .greeted = event { greeting = nil }
        for case .greet(let request) in instructions { greeting = request }
    }

    /// Answers the greeting that is asked for, when one is.
    mutating func greet() {
        guard let request = greeting else { return }
        tell(.greeted(request, .value(Self.hello)), after: 20)
    }

    /// Lets time pass to the moment that the engine asked for, and greets when it wants to.
    mutating func sleep() {
        wakeUp()
        greet()
    }

    /// Lets time pass to the moment that the engine asked for.
    mutating func wakeUp() {
        guard let wake else { return }
        now = max(now, wake)
        tell(.woke)
    }

    // MARK: - What it wants

    var submissions: [(request: RequestID, ids: [OperationID], operatorID: OperatorID)] {
        instructions.compactMap {
            if case .submit(let request, let ids, let who) = $0 { (request, ids, who) } else { nil }
        }
    }

    var questions: [(request: RequestID, id: OperationID)] {
        instructions.compactMap {
            if case .askStatus(let request, let id, _) = $0 { (request, id) } else { nil }
        }
    }

    var pulls: [(request: RequestID, channel: Channel)] {
        instructions.compactMap {
            if case .pullChanges(let request, let channel) = $0 { (request, channel) } else { nil }
        }
    }

    var reports: [ServiceProblem] {
        instructions.compactMap { if case .report(let problem) = $0 { problem } else { nil } }
    }

    var wake: Instant? {
        instructions.lazy.compactMap { if case .wakeUp(let at) = $0 { at } else { nil } }.first
    }

    /// Milliseconds until the engine wants to be woken.
    var wait: Int64? { wake?.milliseconds(since: now) }

    /// The events recorded of one operation, in order.
    func events(of id: OperationID) -> [OperationEvent] {
        changes.filter { $0.operationID == id }.map(\.event)
    }

    /// The changes of the last step of one operation.
    func lastChange(of id: OperationID) -> SyncChange? { changes.last { $0.operationID == id } }

    // MARK: - Material

    static func id(_ number: Int) -> OperationID {
        OperationID(milliseconds: Int64(number), random: [UInt8](repeating: 9, count: 10))
    }

    static func entry(
        _ number: Int, lane: Int? = nil, sequence: Int = 1, state: OperationState = .queued,
        operatorID: String = "ana", tenant: String = "acme", attempts: Int = 0, bytes: Int = 900,
        stillToWait: Int64 = 0, problem: ProblemCode? = nil
    ) -> SyncEntry {
        SyncEntry(
            operationID: id(number), lane: .serial("S\(lane ?? number)", of: nil), laneSequence: sequence,
            tenant: TenantID(trusted: tenant), operatorID: OperatorID(trusted: operatorID), state: state,
            attempts: attempts, payloadBytes: bytes, stillToWait: stillToWait, problemCode: problem?.rawValue)
    }

    static func receipt(_ id: OperationID) -> VerifiedReceipt {
        VerifiedReceipt(
            receipt: Receipt(
                registrar: registrar, operationID: id, payloadHash: .zero, outcome: .claimed,
                deviceID: DeviceID(trusted: "d"), deviceVersion: 1, appliedAt: Timestamp(milliseconds: 0),
                receiptSequence: 1, auditHead: .zero), text: "receipt")
    }

    static func receipts(_ ids: [OperationID]) -> Answer<[OperationID: OperationVerdict]> {
        .value(Dictionary(uniqueKeysWithValues: ids.map { ($0, .receipt(receipt($0))) }))
    }

    static func problems(
        _ ids: [OperationID], _ problem: Problem
    ) -> Answer<[OperationID: OperationVerdict]> {
        .value(Dictionary(uniqueKeysWithValues: ids.map { ($0, .problem(problem)) }))
    }

    static let cut = LinkTrouble(.unreachable(detail: "cut"), mayHaveBeenProcessed: true)
    static let refused = LinkTrouble(.unreachable(detail: "refused"), mayHaveBeenProcessed: false)
    static let portal = LinkTrouble(.answeredBySomethingElse(status: 200), mayHaveBeenProcessed: true)

    static let hello = Hello(
        registrar: registrar, name: "Main", serverTime: Timestamp(milliseconds: 0), receiptKeys: [:],
        sealingKeyID: "s", sealingKey: "", kinds: ["claim"],
        limits: Hello.Limits(operationsPerBatch: 100, bytesPerRequest: 1_000_000))
}
