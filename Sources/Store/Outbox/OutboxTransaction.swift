import Model
import SQLite
import SyncCore

/// The one way in which operations change, inside one database transaction: each step moves a row along
/// the table of states and appends to the audit chain; `finish` holds the books against each other
/// before the commit.
struct OutboxTransaction {
    let connection: SQLiteConnection
    let now: Timestamp
    private(set) var audit: AuditWriter
    private var accepted = 0

    init(_ connection: SQLiteConnection, digest: @escaping DigestFunction, at now: Timestamp)
        throws(StoreError)
    {
        self.connection = connection
        self.now = now
        audit = try AuditWriter(connection, digest: digest)
    }

    /// Writes audit head and counter, and checks the conservation law: accepted = open + applied +
    /// closed + archived.
    func finish() throws(StoreError) {
        try audit.finish(accepted: accepted)
    }

    mutating func note(
        _ action: AuditAction, by actor: OperatorID?, to subject: String, _ detail: [String: String] = [:]
    ) throws(StoreError) {
        try audit.append(action, by: actor, to: subject, at: now, detail)
    }

    /// One more operation has a row.
    mutating func countAccepted() { accepted += 1 }

    /// What is needed of an operation to move it.
    struct Current {
        var operationID: OperationID
        var state: OperationState
        var lane: DeviceIdentifier
        var registrar: String?
        var sendOrder: Int
        var payloadHash: PayloadHash
        var kind: OperationBody.Kind
        var tenant: TenantID
        var site: SiteID?
    }

    func current(_ id: OperationID) throws(StoreError) -> Current {
        let found = try StoreError.wrapping { () throws(SQLiteError) -> Current? in
            let rows = try connection.run(
                """
                SELECT state, lane, registrar, send_order, payload_hash, kind, tenant, site
                FROM operation WHERE operation_id = ?
                """, .text(id.rawValue))
            guard let row = rows.first else { return nil }
            return Current(
                operationID: id, state: try row.value("state", OperationState.init(rawValue:)),
                lane: try row.value("lane", DeviceIdentifier.init(rawValue:)),
                registrar: try row.optionalText("registrar"), sendOrder: try row.integer("send_order"),
                payloadHash: try row.value("payload_hash", PayloadHash.init(rawValue:)),
                kind: try row.value("kind", OperationBody.Kind.init(rawValue:)),
                tenant: try row.value("tenant", TenantID.init(rawValue:)),
                site: try row.optionalValue("site", SiteID.init(rawValue:)))
        }
        guard let found else { throw .unknownOperation(id) }
        return found
    }

    /// Moves an operation along the table of states.
    ///
    /// - Returns: what it was before.
    @discardableResult
    mutating func move(
        _ change: StateChange, by actor: OperatorID? = nil, detail: [String: String] = [:]
    ) throws(StoreError) -> Current {
        let current = try current(change.operationID)
        guard case .to(let next) = current.state.after(change.event) else {
            throw .illegalTransition(change.operationID, state: current.state, event: change.event)
        }
        if [.admitted, .unheld, .retried].contains(change.event) { try requireFirst(current) }
        if next == .applied { try requireReceipt(change.receipt, for: current) }
        try write(change, next)
        var detail = detail
        detail["state"] = next.rawValue
        if let problem = change.problem { detail["problem"] = problem.code }
        if let receipt = change.receipt { detail["receipt"] = String(receipt.receipt.receiptSequence) }
        try note(.operation(change.event), by: actor, to: change.operationID.rawValue, detail)
        return current
    }

    /// Lets the first open operation of a lane go when it was blocked, after a person has closed the
    /// one before it. (The sender admits by itself what follows an applied one.)
    mutating func unblockFirst(of closed: Current) throws(StoreError) {
        guard let first = try firstOpen(of: closed.lane, closed.registrar), first.state == .blocked else {
            return
        }
        try move(StateChange(first.operationID, .admitted))
    }

    func firstOpen(
        of lane: DeviceIdentifier, _ registrar: String?
    ) throws(StoreError) -> (operationID: OperationID, state: OperationState)? {
        try StoreError.wrapping { () throws(SQLiteError) in
            let rows = try connection.run(
                """
                SELECT operation_id, state FROM operation WHERE lane = ? AND registrar IS ?
                    AND \(StoreSchema.openStates) ORDER BY send_order, position LIMIT 1
                """, .text(lane.rawValue), .optional(registrar))
            guard let row = rows.first else { return nil }
            return (
                try row.value("operation_id", OperationID.init(rawValue:)),
                try row.value("state", OperationState.init(rawValue:))
            )
        }
    }

    /// Gives what was captured before anybody paired to a registrar; where its lane is taken there, it
    /// is blocked.
    mutating func adoptUnpaired(_ registrar: RegistrarID) throws(StoreError) {
        let adopted = try StoreError.wrapping { () throws(SQLiteError) in
            try connection.run(
                """
                UPDATE operation SET registrar = ? WHERE registrar IS NULL AND \(StoreSchema.openStates)
                RETURNING operation_id, state, lane
                """, .text(registrar.rawValue))
        }
        for row in adopted {
            let (id, state, lane) = try StoreError.wrapping { () throws(SQLiteError) in
                (
                    try row.value("operation_id", OperationID.init(rawValue:)), try row.text("state"),
                    try row.value("lane", DeviceIdentifier.init(rawValue:))
                )
            }
            let first = try firstOpen(of: lane, registrar.rawValue)
            if state == OperationState.queued.rawValue, first?.operationID != id {
                try move(StateChange(id, .blocked))
            }
        }
    }

    private func requireFirst(_ current: Current) throws(StoreError) {
        if let first = try firstOpen(of: current.lane, current.registrar),
            first.operationID != current.operationID
        {
            throw .laneOrder(current.operationID, waitsFor: first.operationID)
        }
    }

    private func requireReceipt(_ receipt: VerifiedReceipt?, for current: Current) throws(StoreError) {
        guard let receipt, receipt.receipt.operationID == current.operationID,
            receipt.receipt.payloadHash == current.payloadHash
        else { throw .foreignReceipt(current.operationID) }
    }

    /// Why an operation waits or was refused stays readable until it moves on; a closed one keeps it as
    /// history.
    private func write(_ change: StateChange, _ next: OperationState) throws(StoreError) {
        let keepsProblem =
            switch next {
            case .held, .inDoubt, .waiting, .rejected, .superseded, .withdrawn: true
            case .draft, .queued, .blocked, .ready, .inFlight, .applied, .archived: false
            }
        let problem = try SQLiteValue.stored(change.problem)
        let receipt = try SQLiteValue.stored(change.receipt?.receipt)
        try StoreError.wrapping { () throws(SQLiteError) in
            try connection.run(
                """
                UPDATE operation SET state = ?, changed_at = ?, attempts = attempts + ?, retry_at = ?,
                    problem = coalesce(?, iif(?, problem, NULL)), receipt = coalesce(?, receipt),
                    receipt_jws = coalesce(?, receipt_jws)
                WHERE operation_id = ?
                """,
                .text(next.rawValue), .integer(now.milliseconds),
                .integer(change.event == .sendStarted ? 1 : 0), .optional(change.retryAt), problem,
                .integer(keepsProblem ? 1 : 0), receipt, .optional(change.receipt?.text),
                .text(change.operationID.rawValue))
        }
    }
}
