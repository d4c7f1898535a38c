package import Model
package import Store
package import SyncCore

/// Moves saved work to the registrars and brings back receipts: the shell around `SyncEngine`.
///
/// It feeds events to the engine, commits each instruction's intent, and then acts, one event at a time. Killed at any
/// line and started again it loses and doubles nothing: what was in flight is in doubt, and is asked about.
package actor Syncer {
    /// Gives the way to a registrar; `nil` when this program has none, as for an embedded registrar that is not open.
    package typealias TransportMaker = @Sendable (RegistrarProfile) throws(NoTransport) -> any Transport
    /// Gives the payload of a receipt whose signature one of the profile's receipt keys verifies; `nil` otherwise.
    package typealias ReceiptVerifier = @Sendable (RegistrarProfile, String) -> [UInt8]?

    /// Gives the token of a session; `nil` while the vault that holds it is locked.
    package typealias TokenSource = @Sendable (Session) async -> Redacted<String>?

    let store: Store
    let token: TokenSource
    let clock: SyncClock
    private let makeTransport: TransportMaker
    private let verify: ReceiptVerifier
    private let tuning: SyncTuning
    /// How often the store and the timers are looked at: four times a second cost a tablet's battery nothing.
    private let tick: Duration

    private var random: any RandomNumberGenerator & Sendable
    var lines: [RegistrarID: RegistrarLine] = [:]
    /// Why there is no way to registrars that work is for.
    var closed: [RegistrarID: Explanation] = [:]
    var lease: SenderLease?
    var confirmed = 0
    /// Lists of tenants that are asked for and have not come.
    var listsAwaited = 0
    /// The store's mark when the outbox was last read.
    var changeMark: Int?
    /// Whether something was recorded since the write-ahead log was last copied.
    var hasRecorded = false
    private var inbox: AsyncStream<Message>.Continuation?
    private var isRunning = false

    /// What reaches a running sync.
    enum Message: Sendable {
        case answered(RegistrarID, generation: Int, SyncEvent)
        case tenantsListed(RegistrarID, OperatorID, [TenantID])
        case ticked
        case accepted
        case woken
        case networkChanged
        case stopped
    }

    package init(
        store: Store, clock: SyncClock, random: any RandomNumberGenerator & Sendable,
        transport: @escaping TransportMaker, verify: @escaping ReceiptVerifier,
        token: @escaping TokenSource = { $0.token },
        tuning: SyncTuning = SyncTuning(), tick: Duration = .milliseconds(250)
    ) {
        self.store = store
        self.clock = clock
        self.random = random
        makeTransport = transport
        self.verify = verify
        self.token = token
        self.tuning = tuning
        self.tick = tick
    }

    /// Tells a running sync that a person wants to see something happen: waits are cut short.
    package func wake() {
        inbox?.yield(.woken)
    }

    /// Tells a running sync that this process has accepted work. It is sent with the pace that the network allows: work
    /// that is saved while the registrar is away makes no further try, and so no longer wait. The work of other
    /// processes is noticed without it.
    package func accepted() {
        inbox?.yield(.accepted)
    }

    /// Tells a running sync that the machine's routes or addresses changed.
    package func networkChanged() {
        inbox?.yield(.networkChanged)
    }

    /// Sends, asks and pulls until the extent is reached or the task is cancelled.
    ///
    /// With `.forever`, a run that finds another process sending takes over when that one ends.
    package func run(
        until extent: SyncExtent, onProgress: @Sendable @escaping (SyncProgress) -> Void = { _ in }
    ) async -> SyncSummary {
        guard !isRunning else { return SyncSummary(anotherProcessSends: true) }
        isRunning = true
        defer { isRunning = false }
        let (stream, inbox) = AsyncStream.makeStream(of: Message.self)
        self.inbox = inbox
        defer { self.inbox = nil }
        return await withTaskCancellationHandler {
            await withDiscardingTaskGroup { group in
                let tick = tick
                group.addTask {
                    while (try? await Task.sleep(for: tick)) != nil { inbox.yield(.ticked) }
                }
                let summary = await conduct(extent, stream, Outlet(inbox, onProgress), &group)
                group.cancelAll()
                return summary
            }
        } onCancel: {
            inbox.yield(.stopped)
        }
    }

    /// Where messages go, and who is told.
    struct Outlet: Sendable {
        let inbox: AsyncStream<Message>.Continuation
        let onProgress: @Sendable (SyncProgress) -> Void

        init(
            _ inbox: AsyncStream<Message>.Continuation,
            _ onProgress: @escaping @Sendable (SyncProgress) -> Void
        ) {
            self.inbox = inbox
            self.onProgress = onProgress
        }
    }

    // MARK: - The engine's side

    /// Has the engine of a line decide.
    func decide(_ registrar: RegistrarID, _ event: SyncEvent) -> [SyncInstruction] {
        let instructions =
            lines[registrar]?.engine.handle(event, at: clock.monotonic(), random: &random) ?? []
        lines[registrar]?.wakeAt = nil
        for case .wakeUp(let moment) in instructions { lines[registrar]?.wakeAt = moment }
        return instructions
    }

    /// A line to a registrar that is known here; `nil` when there is no way to it.
    func makeLine(_ profile: RegistrarProfile, generation: Int) -> RegistrarLine? {
        let transport: any Transport
        do throws(NoTransport) {
            transport = try makeTransport(profile)
            closed[profile.registrar] = nil
        } catch {
            closed[profile.registrar] = error.explanation
            return nil
        }
        let verify = verify
        let courier = Courier(
            registrar: profile.registrar, store: store, transport: transport,
            check: ReceiptCheck(registrar: profile.registrar) { verify(profile, $0) }, clock: clock)
        return RegistrarLine(
            courier: courier,
            engine: SyncEngine(registrar: profile.registrar, tuning: tuning, at: clock.monotonic()),
            generation: generation, tokens: [:])
    }
}
