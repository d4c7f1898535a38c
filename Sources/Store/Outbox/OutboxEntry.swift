package import Model
package import SyncCore

/// One operation as the outbox lists it, without its bytes.
package struct OutboxEntry: Codable, Equatable, Sendable {
    /// Counts up in the order of acceptance; what a page continues after.
    package var position: Int
    package var operationID: OperationID
    package var kind: OperationBody.Kind
    package var tenant: TenantID
    package var site: SiteID?
    package var job: JobID?
    package var lane: DeviceIdentifier
    package var laneSequence: Int
    /// What orders the operations of a lane: the position, or that of the operation which this one
    /// corrects.
    package var sendOrder: Int
    /// Size of the frozen bytes.
    package var payloadBytes: Int
    package var state: OperationState
    package var summary: String
    package var operatorID: OperatorID
    /// `nil` while nobody has paired this store with a registrar.
    package var registrar: RegistrarID?
    package var acceptedAt: Timestamp
    /// When the state was last changed.
    package var changedAt: Timestamp
    /// How many times its bytes were handed to the network.
    package var attempts: Int
    package var retryAt: Timestamp?
    /// Why it waits, is held or was refused.
    package var problem: Problem?
    package var receipt: Receipt?
    /// The open operation of the same device that must be settled first; of a blocked one only.
    package var waitingFor: OperationID?

    package var mark: OperationMark { state.mark }
}

/// Which entries a list holds. Everything `nil` or empty means all of them.
package struct OutboxFilter: Equatable, Sendable {
    package var states: Set<OperationState>
    package var lane: DeviceIdentifier?
    package var tenant: TenantID?
    package var operatorID: OperatorID?
    /// Newest first instead of oldest first.
    package var newestFirst: Bool

    package init(
        states: Set<OperationState> = [], lane: DeviceIdentifier? = nil, tenant: TenantID? = nil,
        operatorID: OperatorID? = nil, newestFirst: Bool = false
    ) {
        self.states = states
        self.lane = lane
        self.tenant = tenant
        self.operatorID = operatorID
        self.newestFirst = newestFirst
    }

    package static var all: OutboxFilter { OutboxFilter() }

    /// What still waits for an outcome or a person.
    package static var open: OutboxFilter {
        OutboxFilter(states: Set(OperationState.allCases.filter(\.isOpen)))
    }

    package static func mark(_ mark: OperationMark) -> OutboxFilter {
        OutboxFilter(states: Set(OperationState.allCases.filter { $0.mark == mark }))
    }
}

/// How many operations there are in each state.
package struct OutboxCounts: Codable, Equatable, Sendable {
    package var byState: [String: Int]

    package func count(_ state: OperationState) -> Int { byState[state.rawValue] ?? 0 }

    package func count(_ mark: OperationMark) -> Int {
        OperationState.allCases.filter { $0.mark == mark }.reduce(0) { $0 + count($1) }
    }

    package var saved: Int { count(.saved) }
    package var sent: Int { count(.sent) }
    package var confirmed: Int { count(.confirmed) }
    package var needsYou: Int { count(.needsYou) }
    /// Still waiting for an outcome or a person.
    package var open: Int { OperationState.allCases.filter(\.isOpen).reduce(0) { $0 + count($1) } }
    package var all: Int { byState.values.reduce(0, +) }
}
