import Model
import Store
import SyncCore

extension Syncer {
    /// Tells one engine what happened, commits what it decides, and starts what it asks for.
    func tell(
        _ registrar: RegistrarID, _ event: SyncEvent, _ outlet: Outlet, _ group: inout DiscardingTaskGroup
    ) async throws(RunEnd) {
        guard lines[registrar] != nil else { return }
        let instructions = decide(registrar, event)
        var news: [SyncNews] = []
        for instruction in instructions {
            if case .record(let changes) = instruction {
                guard try await record(changes, of: registrar, outlet, &group) else { return }
                news += changes.compactMap(announce)
            } else {
                if case .report(let problem) = instruction { news.append(.trouble(problem.explanation)) }
                try await begin(instruction, of: registrar, outlet, &group)
            }
        }
        guard !news.isEmpty, let line = lines[registrar] else { return }
        outlet.onProgress(
            SyncProgress(
                confirmed: confirmed, open: line.engine.openCount, nextTry: line.wakeAt.map(wallTime),
                news: news))
    }

    /// Commits changes, all or none.
    ///
    /// - Returns: `false` when the store knew better and the engine was made anew.
    private func record(
        _ changes: [SyncChange], of registrar: RegistrarID, _ outlet: Outlet,
        _ group: inout DiscardingTaskGroup
    ) async throws(RunEnd) -> Bool {
        guard let lease else { throw .notSender }
        let stateChanges = changes.map { change in
            StateChange(
                change.operationID, change.event, retryAt: change.retryAt.map(wallTime),
                problem: change.problem, receipt: change.receipt)
        }
        do {
            try await store.record(stateChanges, lease: lease, at: clock.wall())
        } catch {
            switch error {
            case .illegalTransition, .laneOrder, .unknownOperation, .foreignReceipt:
                try await renew(registrar, after: error, outlet, &group)
                return false
            case .notSender: throw .notSender
            case .database, .system, .conservationBroken, .operationIDReused, .cannotSupersede,
                .damagedOperation, .archivedOperation, .reasonMissing, .notSigned, .unwritable:
                throw .store(error)
            }
        }
        hasRecorded = true
        confirmed += changes.count { $0.receipt != nil }
        return true
    }

    /// Starts an exchange; its answer comes as a message.
    private func begin(
        _ instruction: SyncInstruction, of registrar: RegistrarID, _ outlet: Outlet,
        _ group: inout DiscardingTaskGroup
    ) async throws(RunEnd) {
        guard let line = lines[registrar] else { return }
        let (courier, generation, inbox) = (line.courier, line.generation, outlet.inbox)
        // An engine asks for nothing in the name of somebody who is not signed in.
        func token(_ operatorID: OperatorID) -> Redacted<String> { line.tokens[operatorID] ?? Redacted("") }
        func start(_ exchange: @escaping @Sendable () async -> SyncEvent) {
            group.addTask {
                inbox.yield(.answered(registrar, generation: generation, await exchange()))
            }
        }
        switch instruction {
        case .greet(let request): start { await courier.greet(request) }
        case .submit(let request, let ids, let operatorID):
            let token = token(operatorID)
            start { await courier.submit(request, ids, as: operatorID, token: token) }
        case .askStatus(let request, let id, let operatorID):
            let token = token(operatorID)
            start { await courier.askStatus(request, id, token: token) }
        case .pullChanges(let request, let channel):
            let token = token(channel.operatorID)
            start { await courier.pull(request, channel.tenant, token: token) }
        case .resetFeed(let channel):
            try await storing { store throws(StoreError) in
                try await store.resetCatalogue(registrar, channel.tenant)
            }
        case .record, .report, .wakeUp: break
        }
    }

    /// Asks once in a run which tenants each operator may choose from.
    func listTenants(_ registrar: RegistrarID, _ outlet: Outlet, _ group: inout DiscardingTaskGroup) {
        guard let line = lines[registrar] else { return }
        let (courier, inbox) = (line.courier, outlet.inbox)
        for (operatorID, token) in line.tokens where line.tenants[operatorID] == nil {
            lines[registrar]?.tenants[operatorID] = []
            listsAwaited += 1
            group.addTask {
                inbox.yield(.tenantsListed(registrar, operatorID, await courier.tenants(token: token)))
            }
        }
    }

    private func announce(_ change: SyncChange) -> SyncNews? {
        if let receipt = change.receipt { return .confirmed(change.operationID, receipt.receipt) }
        guard let problem = change.problem else { return nil }
        return change.event == .refused
            ? .refused(change.operationID, problem)
            : .waits(change.operationID, problem, until: change.retryAt.map(wallTime))
    }

    private func wallTime(_ moment: Instant) -> Timestamp {
        let ahead = moment.milliseconds(since: clock.monotonic())
        return Timestamp(milliseconds: clock.wall().milliseconds + ahead)
    }
}
