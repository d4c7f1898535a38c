package import Model

/// What the shell does next. Instructions of one answer are carried out in their order; when one fails to be recorded,
/// none after it is carried out.
package enum SyncInstruction: Equatable, Sendable {
    /// Commit all of these in one transaction, before anything that follows.
    case record([SyncChange])
    /// `GET /v1/hello`: is it the registrar that answers?
    case greet(RequestID)
    /// Send these operations, in this order, with the operator's token.
    case submit(RequestID, [OperationID], OperatorID)
    /// `GET /v1/operations/{id}` with the operator's token.
    case askStatus(RequestID, OperationID, OperatorID)
    /// Read one page of the feed and commit it with its cursor.
    case pullChanges(RequestID, Channel)
    /// Forget the catalogue and cursor of this feed; the next pull starts anew.
    case resetFeed(Channel)
    /// Tell the person; the trouble is new.
    case report(ServiceProblem)
    /// Nothing can be done before this moment unless something happens.
    case wakeUp(at: Instant)
}

/// One change of an outbox entry.
package struct SyncChange: Equatable, Sendable {
    package var operationID: OperationID
    package var event: OperationEvent
    /// When the entry is tried again.
    package var retryAt: Instant?
    package var problem: Problem?
    package var receipt: VerifiedReceipt?

    package init(
        _ operationID: OperationID, _ event: OperationEvent, retryAt: Instant? = nil,
        problem: Problem? = nil, receipt: VerifiedReceipt? = nil
    ) {
        self.operationID = operationID
        self.event = event
        self.retryAt = retryAt
        self.problem = problem
        self.receipt = receipt
    }
}
