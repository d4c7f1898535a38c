import Model
import Store
import SyncCore

/// The sync with one registrar while a run lasts: its engine, its courier, and who is signed in.
struct RegistrarLine: Sendable {
    let courier: Courier
    var engine: SyncEngine
    /// Grows when the engine is made anew; answers to what an earlier one asked for are nobody's.
    var generation: Int
    var tokens: [OperatorID: Redacted<String>]
    /// What the registrar said each operator may choose from.
    var tenants: [OperatorID: [TenantID]] = [:]
    var wakeAt: Instant?

    /// What the engine is told of the sessions kept now.
    mutating func adopt(_ sessions: [OperatorID: Redacted<String>]) -> [SyncEvent] {
        var events: [SyncEvent] = []
        for operatorID in tokens.keys.sorted() where sessions[operatorID] == nil {
            events.append(.signedOut(operatorID))
        }
        for (operatorID, token) in sessions.sorted(by: { $0.key < $1.key }) where tokens[operatorID] != token
        {
            events.append(.signedIn(operatorID))
        }
        tokens = sessions
        return events
    }

    /// Who sends an operation in the place of its maker: somebody who is signed in while she is not; `nil` when she sends it
    /// herself, or nobody can.
    ///
    /// `sendable`: the operations that others may send, because their signature says who made them.
    func carrier(of entry: OutboxEntry, _ sendable: Set<OperationID>) -> OperatorID? {
        guard tokens[entry.operatorID] == nil, sendable.contains(entry.operationID) else { return nil }
        // Whoever serves the tenant, as far as that is known; then anybody, in a fixed order.
        return tokens.keys.min { left, right in
            let (one, other) = (serves(left, entry.tenant), serves(right, entry.tenant))
            return one == other ? left < right : one
        }
    }

    private func serves(_ operatorID: OperatorID, _ tenant: TenantID) -> Bool {
        tenants[operatorID]?.contains(tenant) ?? false
    }

    /// The feeds to keep up to date: those of every tenant that a signed-in operator has to do with.
    func feeds(_ entries: [OutboxEntry], known: [TenantID]) -> [Channel] {
        var channels: Set<Channel> = []
        for operatorID in tokens.keys {
            let mine = entries.filter { $0.operatorID == operatorID }.map(\.tenant)
            for tenant in mine + (tenants[operatorID] ?? []) + (tokens.count == 1 ? known : []) {
                channels.insert(Channel(operatorID: operatorID, tenant: tenant))
            }
        }
        // One operator is enough for each tenant.
        var covered: Set<TenantID> = []
        return channels.sorted { ($0.tenant, $0.operatorID) < ($1.tenant, $1.operatorID) }
            .filter { covered.insert($0.tenant).inserted }
    }
}

extension SyncEntry {
    /// `carrier`: who sends it, where that is not who made it.
    init(_ entry: OutboxEntry, carrier: OperatorID? = nil, at now: Timestamp) {
        self.init(
            operationID: entry.operationID, lane: entry.lane, laneSequence: entry.sendOrder,
            tenant: entry.tenant, operatorID: carrier ?? entry.operatorID, state: entry.state,
            attempts: entry.attempts, payloadBytes: entry.payloadBytes,
            stillToWait: entry.retryAt.map { $0.milliseconds - now.milliseconds } ?? 0,
            problemCode: entry.problem?.code)
    }
}
