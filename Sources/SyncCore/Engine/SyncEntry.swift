package import Model

/// What the engine knows of one open outbox entry.
package struct SyncEntry: Equatable, Sendable {
    package var operationID: OperationID
    package var lane: DeviceIdentifier
    package var laneSequence: Int
    package var tenant: TenantID
    package var operatorID: OperatorID
    package var state: OperationState
    /// How often it was sent.
    package var attempts: Int
    /// Size of the frozen bytes.
    package var payloadBytes: Int
    /// Milliseconds that a `waiting` entry still has to wait, by the wall clock; believed only up to an hour.
    package var stillToWait: Int64
    /// Code of the last problem.
    package var problemCode: String?

    package init(
        operationID: OperationID, lane: DeviceIdentifier, laneSequence: Int, tenant: TenantID,
        operatorID: OperatorID, state: OperationState, attempts: Int = 0, payloadBytes: Int,
        stillToWait: Int64 = 0, problemCode: String? = nil
    ) {
        self.operationID = operationID
        self.lane = lane
        self.laneSequence = laneSequence
        self.tenant = tenant
        self.operatorID = operatorID
        self.state = state
        self.attempts = attempts
        self.payloadBytes = payloadBytes
        self.stillToWait = stillToWait
        self.problemCode = problemCode
    }

    /// Bytes that the entry takes in a request: its payload in base64url, its id and the JSON around them.
    var wireBytes: Int { (payloadBytes * 4 + 2) / 3 + 80 }

    /// Who sends it for whom; what travels in one request has the same.
    var channel: Channel { Channel(operatorID: operatorID, tenant: tenant) }
}

/// The work of one operator for one tenant with the registrar.
package struct Channel: Hashable, Sendable {
    package var operatorID: OperatorID
    package var tenant: TenantID

    package init(operatorID: OperatorID, tenant: TenantID) {
        self.operatorID = operatorID
        self.tenant = tenant
    }
}
