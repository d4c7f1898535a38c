import Model
import SQLite
import SyncCore

/// Turns intents into rows within one transaction.
struct Acceptance {
    var transaction: OutboxTransaction
    private let reference: StoreReference
    private let digest: DigestFunction
    private var lastPosition: Int
    private let activeRegistrar: String?
    private let signer: OperationSigner?

    init(
        _ transaction: OutboxTransaction, reference: StoreReference, signer: OperationSigner? = nil,
        digest: @escaping DigestFunction
    ) throws(StoreError) {
        self.transaction = transaction
        self.reference = reference
        self.digest = digest
        self.signer = signer
        (lastPosition, activeRegistrar) = try StoreError.wrapping { () throws(SQLiteError) in
            let row = try transaction.connection.run(
                """
                SELECT coalesce((SELECT max(position) FROM operation), 0) AS position,
                    (SELECT registrar FROM session ORDER BY chosen DESC LIMIT 1) AS registrar
                """
            ).first
            return (try row?.integer("position") ?? 0, try row?.optionalText("registrar"))
        }
    }

    mutating func add(_ intent: Intent, as id: OperationID) throws(StoreError) -> OutboxEntry {
        if let known = try known(id) {
            if let operation = known.operation, !intent.matches(operation) { throw .operationIDReused(id) }
            return known.entry
        }
        let turn = try closeSuperseded(by: intent)
        let lane = try laneEnd(of: intent.lane)
        let frozen: FrozenOperation
        do {
            frozen = try FrozenOperation(
                intent.operation(
                    id, sequence: lane.sequence + 1, predecessor: lane.predecessor, store: reference),
                digest: digest)
        } catch { throw .unwritable("operation \(id)") }
        let signature: OperationSignature?
        do { signature = try signer?.signature(of: frozen) } catch { throw .notSigned(id) }
        let entry = try insert(
            frozen, signature, registrar: intent.registrar?.rawValue ?? activeRegistrar, turn: turn,
            event: .operation(.accepted))
        try DeviceWriter(transaction.connection).noteCapture(intent, at: transaction.now)
        return entry
    }

    /// Inserts a frozen operation at the end of the outbox, first or blocked in its lane.
    ///
    /// `turn`: the place in its lane's order that it takes over from the operation it supersedes.
    mutating func insert(
        _ frozen: FrozenOperation, _ signature: OperationSignature?, registrar: String?, turn: Int?,
        event: AuditAction
    ) throws(StoreError) -> OutboxEntry {
        let operation = frozen.operation
        lastPosition += 1
        let sendOrder = turn ?? lastPosition
        let before = try firstOpen(of: operation.lane, registrar, before: sendOrder)
        let entry = OutboxEntry(
            position: lastPosition, operationID: operation.operationID, kind: operation.body.kind,
            tenant: operation.tenant, site: operation.site, job: operation.job, lane: operation.lane,
            laneSequence: operation.laneSequence, sendOrder: sendOrder, payloadBytes: frozen.payload.count,
            state: before == nil ? .queued : .blocked,
            summary: operation.summary, operatorID: operation.operatorID,
            registrar: registrar.flatMap(RegistrarID.init(rawValue:)), acceptedAt: transaction.now,
            changedAt: transaction.now, attempts: 0, waitingFor: before)
        try write(entry, frozen, signature)
        transaction.countAccepted()
        var detail = ["payloadHash": frozen.payloadHash.rawValue, "state": entry.state.rawValue]
        detail["supersedes"] = operation.supersedes?.rawValue
        detail["signedWith"] = signature?.keyID.rawValue
        try transaction.note(event, by: operation.operatorID, to: operation.operationID.rawValue, detail)
        return entry
    }

    private func write(
        _ entry: OutboxEntry, _ frozen: FrozenOperation, _ signature: OperationSignature?
    ) throws(StoreError) {
        let (store, body) = (frozen.operation.store, frozen.operation.body)
        let placedAt: String? = if case .place(let place) = body { place.position } else { nil }
        try StoreError.wrapping { () throws(SQLiteError) in
            try transaction.connection.run(
                """
                INSERT INTO operation(position, operation_id, kind, tenant, site, lane, lane_sequence,
                    store_id, epoch, send_order, operator_id, registrar, summary, state, accepted_at,
                    changed_at, job, placed_at, key_id, signature, payload_hash, payload)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                .integer(entry.position), .text(entry.operationID.rawValue), .text(entry.kind.rawValue),
                .text(entry.tenant.rawValue), .optional(entry.site?.rawValue), .text(entry.lane.rawValue),
                .integer(entry.laneSequence), .text(store.storeID.rawValue), .integer(store.epoch),
                .integer(entry.sendOrder), .text(entry.operatorID.rawValue),
                .optional(entry.registrar?.rawValue),
                .text(entry.summary), .text(entry.state.rawValue), .integer(entry.acceptedAt.milliseconds),
                .integer(entry.changedAt.milliseconds), .optional(entry.job?.rawValue), .optional(placedAt),
                .optional(signature?.keyID.rawValue), .optional(signature?.value),
                .text(frozen.payloadHash.rawValue),
                .blob(frozen.payload))
        }
    }

    /// The operation of that id when it is here already; without its content once that is archived.
    func known(_ id: OperationID) throws(StoreError) -> (entry: OutboxEntry, operation: Operation?)? {
        let rows = try StoreError.wrapping { () throws(SQLiteError) in
            try transaction.connection.run(
                "SELECT \(OutboxEntry.columns), payload_hash, payload FROM operation WHERE operation_id = ?",
                .text(id.rawValue))
        }
        guard let row = rows.first else { return nil }
        let entry = try StoreError.wrapping { () throws(SQLiteError) in try OutboxEntry(row) }
        guard entry.state != .archived else { return (entry, nil) }
        return (entry, try FrozenOperation(row, id: id, digest: digest).operation)
    }

    /// Where the next operation of a lane of this store attaches.
    private func laneEnd(
        of lane: DeviceIdentifier
    ) throws(StoreError) -> (sequence: Int, predecessor: Operation.Predecessor?) {
        try StoreError.wrapping { () throws(SQLiteError) in
            let rows = try transaction.connection.run(
                """
                SELECT lane_sequence, operation_id, payload_hash FROM operation
                WHERE lane = ? AND epoch = ? AND store_id = ? ORDER BY lane_sequence DESC LIMIT 1
                """,
                .text(lane.rawValue), .integer(reference.epoch), .text(reference.storeID.rawValue))
            guard let row = rows.first else { return (0, nil) }
            return (
                try row.integer("lane_sequence"),
                Operation.Predecessor(
                    operationID: try row.value("operation_id", OperationID.init(rawValue:)),
                    payloadHash: try row.value("payload_hash", PayloadHash.init(rawValue:)))
            )
        }
    }

    /// The open operation that comes before the given place in the lane's order, if there is one.
    private func firstOpen(
        of lane: DeviceIdentifier, _ registrar: String?, before sendOrder: Int
    ) throws(StoreError) -> OperationID? {
        try StoreError.wrapping { () throws(SQLiteError) in
            try transaction.connection.run(
                """
                SELECT operation_id FROM operation WHERE lane = ? AND registrar IS ?
                    AND \(StoreSchema.openStates) AND send_order <= ? ORDER BY send_order, position LIMIT 1
                """, .text(lane.rawValue), .optional(registrar), .integer(sendOrder)
            ).first?.value("operation_id", OperationID.init(rawValue:))
        }
    }

    /// Closes what the intent corrects. In the same lane the correction takes over its turn, so that
    /// what waited for the one waits for the other.
    private mutating func closeSuperseded(by intent: Intent) throws(StoreError) -> Int? {
        guard let id = intent.supersedes else { return nil }
        let current = try transaction.current(id)
        guard case .to = current.state.after(.superseded) else {
            throw .cannotSupersede(id, state: current.state)
        }
        try transaction.move(StateChange(id, .superseded), by: intent.operatorID)
        let registrar = intent.registrar?.rawValue ?? activeRegistrar
        if current.lane == intent.lane, current.registrar == registrar { return current.sendOrder }
        try transaction.unblockFirst(of: current)
        return nil
    }
}
