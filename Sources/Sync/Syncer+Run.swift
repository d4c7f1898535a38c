import Model
import Store
import SyncCore

/// Why a run ends before its extent.
enum RunEnd: Error {
    case stopped
    case notSender
    case store(StoreError)
}

extension Syncer {
    /// How often in one run the store may contradict the engine before the run ends.
    private static let mostRenewals = 20

    /// Takes messages one by one until the run is over.
    func conduct(
        _ extent: SyncExtent, _ stream: AsyncStream<Message>, _ outlet: Outlet,
        _ group: inout DiscardingTaskGroup
    ) async -> SyncSummary {
        confirmed = 0
        listsAwaited = 0
        lines = [:]
        var messages = stream.makeAsyncIterator()
        let end: RunEnd
        do throws(RunEnd) {
            guard try await takeLease(extent, &messages, outlet) else {
                return await summary(.notSender)
            }
            try await converse(extent, &messages, outlet, &group)
            end = .stopped
        } catch { end = error }
        let summary = await summary(end)
        if let lease {
            await leave(lease)
            self.lease = nil
        }
        return summary
    }

    /// Becomes the sender. A run without end waits for its turn.
    private func takeLease(
        _ extent: SyncExtent, _ messages: inout AsyncStream<Message>.Iterator, _ outlet: Outlet
    ) async throws(RunEnd) -> Bool {
        lease = try await storing { store throws(StoreError) in try await store.becomeSender(at: clock.wall())
        }
        guard lease == nil else { return true }
        guard extent == .forever else { return false }
        outlet.onProgress(
            SyncProgress(confirmed: 0, open: 0, nextTry: nil, news: [.anotherProcessSends]))
        while let message = await messages.next(isolation: self) {
            if case .stopped = message { throw .stopped }
            lease = try await storing { store throws(StoreError) in
                try await store.becomeSender(at: clock.wall())
            }
            if lease != nil { return true }
        }
        throw .stopped
    }

    private func converse(
        _ extent: SyncExtent, _ messages: inout AsyncStream<Message>.Iterator, _ outlet: Outlet,
        _ group: inout DiscardingTaskGroup
    ) async throws(RunEnd) {
        let startedAt = clock.monotonic()
        try await refresh(outlet, &group)
        if extent != .forever {
            for registrar in lines.keys.sorted() {
                try await tell(registrar, .personAskedToSync, outlet, &group)
            }
        }
        while !isOver(extent, startedAt: startedAt), let message = await messages.next(isolation: self) {
            try await take(message, outlet, &group)
            try await tidyLog()
        }
    }

    private func take(
        _ message: Message, _ outlet: Outlet, _ group: inout DiscardingTaskGroup
    ) async throws(RunEnd) {
        switch message {
        case .answered(let registrar, let generation, let event):
            guard lines[registrar]?.generation == generation else { return }
            try await tell(registrar, event, outlet, &group)
            if case .greeted(_, .value) = event {
                outlet.onProgress(
                    SyncProgress(
                        confirmed: confirmed, open: lines[registrar]?.engine.openCount ?? 0, nextTry: nil,
                        news: [.reached(registrar)]))
                listTenants(registrar, outlet, &group)
            }
        case .tenantsListed(let registrar, let operatorID, let tenants):
            listsAwaited -= 1
            lines[registrar]?.tenants[operatorID] = tenants
            try await refresh(outlet, &group)
        case .ticked:
            let mark = try await storing { store throws(StoreError) in try await store.changeMark() }
            if mark != changeMark { try await refresh(outlet, &group) }
            let now = clock.monotonic()
            for (registrar, line) in lines.sorted(by: { $0.key < $1.key }) {
                if let moment = line.wakeAt, moment <= now {
                    try await tell(registrar, .woke, outlet, &group)
                }
            }
        case .accepted: try await refresh(outlet, &group)
        case .woken:
            try await refresh(outlet, &group)
            for registrar in lines.keys.sorted() {
                try await tell(registrar, .personAskedToSync, outlet, &group)
            }
        case .networkChanged:
            for registrar in lines.keys.sorted() {
                try await tell(registrar, .networkChanged, outlet, &group)
            }
        case .stopped: throw .stopped
        }
    }

    private func isOver(_ extent: SyncExtent, startedAt: Instant) -> Bool {
        guard case .drained(let patience) = extent else { return false }
        let deadline = startedAt.advanced(byMilliseconds: patience.wholeMilliseconds)
        return listsAwaited == 0
            && lines.values.allSatisfy { line in
                guard line.engine.isIdle else { return false }
                guard line.engine.hasReachedRegistrar, let wakeAt = line.wakeAt else { return true }
                return wakeAt > deadline
            }
    }

    /// Copies the write-ahead log when it has grown, or when nothing travels.
    private func tidyLog() async throws(RunEnd) {
        guard hasRecorded, let lease else { return }
        let isIdle = lines.values.allSatisfy(\.engine.isIdle)
        // A log that could not be copied now is copied later; nothing depends on it.
        let copied = try? await store.checkpointIfSender(lease, idle: isIdle)
        if copied == true, isIdle { hasRecorded = false }
    }

    private func leave(_ lease: SenderLease) async {
        await store.resign(lease)
    }

    // MARK: - What the store says

    func storing<Value: Sendable>(
        _ work: (Store) async throws(StoreError) -> Value
    ) async throws(RunEnd) -> Value {
        do { return try await work(store) } catch {
            throw error == .notSender ? .notSender : .store(error)
        }
    }

    /// Reads sessions, registrars and outbox, and tells the engines.
    func refresh(_ outlet: Outlet, _ group: inout DiscardingTaskGroup) async throws(RunEnd) {
        changeMark = try await storing { store throws(StoreError) in try await store.changeMark() }
        let sessions = try await storing { store throws(StoreError) in try await store.sessions() }
        let entries = try await storing { store throws(StoreError) in try await store.openEntries() }
        let profiles = try await storing { store throws(StoreError) in try await store.registrars() }
        for profile in profiles {
            let registrar = profile.registrar
            let mine = sessions.filter { $0.registrar == registrar }
            let open = entries.filter { $0.registrar == registrar }
            if lines[registrar] == nil {
                guard !mine.isEmpty || !open.isEmpty else { continue }
                lines[registrar] = makeLine(profile, generation: 1)
            }
            var tokens: [OperatorID: Redacted<String>] = [:]
            for session in mine { tokens[session.operatorID] = await token(session) }
            try await brief(registrar, tokens, open, outlet, &group)
        }
    }

    private func brief(
        _ registrar: RegistrarID, _ tokens: [OperatorID: Redacted<String>], _ open: [OutboxEntry],
        _ outlet: Outlet, _ group: inout DiscardingTaskGroup
    ) async throws(RunEnd) {
        let known = try await storing { store throws(StoreError) in
            try await store.tenants(registrar).map(\.tenantID)
        }
        for event in lines[registrar]?.adopt(tokens) ?? [] {
            try await tell(registrar, event, outlet, &group)
        }
        let feeds = lines[registrar]?.feeds(open, known: known) ?? []
        let now = clock.wall()
        let sendable = try await storing { store throws(StoreError) in try await store.sendableByOthers() }
        let line = lines[registrar]
        let read = open.map { SyncEntry($0, carrier: line?.carrier(of: $0, sendable), at: now) }
        try await tell(registrar, .outboxRead(read), outlet, &group)
        try await tell(registrar, .feedsRead(feeds), outlet, &group)
    }

    /// Makes the engine of a registrar anew, because the store knows something else than it does.
    func renew(
        _ registrar: RegistrarID, after error: StoreError, _ outlet: Outlet,
        _ group: inout DiscardingTaskGroup
    ) async throws(RunEnd) {
        let generation = lines[registrar]?.generation ?? 0
        guard generation < Self.mostRenewals else { throw .store(error) }
        let profile = try await storing { store throws(StoreError) in try await store.registrar(registrar) }
        lines[registrar] = profile.flatMap { makeLine($0, generation: generation + 1) }
        try await refresh(outlet, &group)
    }

    // MARK: - The end

    private func summary(_ end: RunEnd) async -> SyncSummary {
        var summary = SyncSummary(confirmed: confirmed)
        let now = clock.monotonic()
        let engines = lines.values.map(\.engine)
        summary.reached = engines.allSatisfy(\.hasReachedRegistrar)
        summary.problems = lines.sorted { $0.key < $1.key }.flatMap { $0.value.engine.problems }
            .map(\.explanation)
        var attention: Set<OperationID> = Set(engines.flatMap { $0.needingAttention(at: now) })
        for engine in engines { attention.formUnion(engine.stopped) }
        do {
            let open = try await store.openEntries()
            attention.formUnion(open.filter { $0.mark == .needsYou }.map(\.operationID))
            summary.needsYou = open.count { attention.contains($0.operationID) }
            summary.saved = open.count - summary.needsYou
            summary.problems += closed.sorted { $0.key < $1.key }.map(\.value)
            let isHindered = open.contains { entry in entry.registrar.map { closed[$0] != nil } ?? false }
            if isHindered || (lines.isEmpty && !open.isEmpty) {
                summary.reached = false
                if closed.isEmpty { summary.problems.append(.notPaired) }
            }
        } catch { summary.problems.append(error.explanation) }
        switch end {
        case .stopped: break
        case .notSender: summary.anotherProcessSends = true
        case .store(let error): summary.problems.append(error.explanation)
        }
        return summary
    }
}

extension Explanation {
    fileprivate static let notPaired = Explanation(
        id: "not_paired", what: "Nothing was sent: this store is paired with no registrar; saved work stays.",
        nextStep: "Pair with a registrar, then sync again.")
}

extension Duration {
    var wholeMilliseconds: Int64 {
        components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
    }
}
