import Model
import SQLite
import SyncCore

extension OutboxEntry {
    /// What a statement over `operation` selects to give entries.
    static let columns = """
        position, operation_id, kind, tenant, site, job, lane, lane_sequence, state, summary, operator_id,
        registrar, accepted_at, changed_at, attempts, retry_at, problem, receipt, send_order,
        length(payload) AS payload_bytes,
        CASE WHEN state = 'blocked' THEN (
            SELECT first.operation_id FROM operation AS first
            WHERE first.lane = operation.lane AND first.registrar IS operation.registrar
                AND first.\(StoreSchema.openStates)
                AND (first.send_order, first.position) < (operation.send_order, operation.position)
            ORDER BY first.send_order, first.position LIMIT 1
        ) END AS waiting_for
        """

    init(_ row: SQLiteRow) throws(SQLiteError) {
        position = try row.integer("position")
        operationID = try row.value("operation_id", OperationID.init(rawValue:))
        kind = try row.value("kind", OperationBody.Kind.init(rawValue:))
        tenant = try row.value("tenant", TenantID.init(rawValue:))
        site = try row.optionalValue("site", SiteID.init(rawValue:))
        job = try row.optionalValue("job", JobID.init(rawValue:))
        lane = try row.value("lane", DeviceIdentifier.init(rawValue:))
        laneSequence = try row.integer("lane_sequence")
        sendOrder = try row.integer("send_order")
        payloadBytes = try row.integer("payload_bytes")
        state = try row.value("state", OperationState.init(rawValue:))
        summary = try row.text("summary")
        operatorID = try row.value("operator_id", OperatorID.init(rawValue:))
        registrar = try row.optionalValue("registrar", RegistrarID.init(rawValue:))
        acceptedAt = try row.timestamp("accepted_at")
        changedAt = try row.timestamp("changed_at")
        attempts = try row.integer("attempts")
        retryAt = try row.optionalTimestamp("retry_at")
        problem = try row.optionalJSON("problem", Problem.self)
        receipt = try row.optionalJSON("receipt", Receipt.self)
        waitingFor = try row.optionalValue("waiting_for", OperationID.init(rawValue:))
    }
}

extension SQLiteValue {
    /// A value as JSON text, NULL for none.
    static func stored(_ value: (some Encodable)?) throws(StoreError) -> SQLiteValue {
        guard let value else { return .null }
        return try StoreError.wrapping { () throws(SQLiteError) in try .json(value) }
    }
}
