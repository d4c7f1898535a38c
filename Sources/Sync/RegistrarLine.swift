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
    init(_ entry: OutboxEntry, at now: Timestamp) {
        self.init(
            operationID: entry.operationID, lane: entry.lane, laneSequence: entry.sendOrder,
            tenant: entry.tenant, operatorID: entry.operatorID, state: entry.state,
            attempts: entry.attempts, payloadBytes: entry.payloadBytes,
            stillToWait: entry.retryAt.map { $0.milliseconds - now.milliseconds } ?? 0,
            problemCode: entry.problem?.code)
    }
}
