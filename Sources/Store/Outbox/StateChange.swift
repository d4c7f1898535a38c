package import Model
package import SyncCore

/// Something that happened to one operation, as the sender records it.
package struct StateChange: Equatable, Sendable {
    package var operationID: OperationID
    package var event: OperationEvent
    /// When it may be tried again; for people, since waiting itself goes by the monotonic clock.
    package var retryAt: Timestamp?
    package var problem: Problem?
    /// Required by `receiptVerified` and `foundApplied`.
    package var receipt: VerifiedReceipt?

    package init(
        _ operationID: OperationID, _ event: OperationEvent, retryAt: Timestamp? = nil,
        problem: Problem? = nil, receipt: VerifiedReceipt? = nil
    ) {
        self.operationID = operationID
        self.event = event
        self.retryAt = retryAt
        self.problem = problem
        self.receipt = receipt
    }
}

/// What a person decides about an operation that is not on its way.
package enum Decision: Equatable, Sendable {
    /// Send it again now: a rejected, waiting or held one.
    case retry
    /// Give it up, and say why.
    case withdraw(reason: String)
    /// Do not send it for now, and say why.
    case hold(reason: String)

    var event: OperationEvent {
        switch self {
        case .retry: .retried
        case .withdraw: .withdrawn
        case .hold: .held
        }
    }

    var reason: String? {
        switch self {
        case .retry: nil
        case .withdraw(let reason), .hold(let reason): reason
        }
    }
}
