package import Model
import RegistrarCore
import SQLite
import TargetCore

extension RegistrarStore {
    /// Seconds that nobody else takes up a task that was taken.
    static let leaseSeconds: Int64 = 120

    /// Takes up to `limit` tasks whose time has come: those of the operations first, then others when `others` allows it.
    /// No device has two in hand at one target, and none is taken before an older one there has ended.
    package func takeTasks(
        of operations: [OperationID], others: Bool, limit: Int, at now: Timestamp
    ) throws(RegistrarStoreError) -> [TargetTask] {
        try change(at: now) { transaction throws(RegistrarStoreError) in
            try RegistrarStoreError.wrapping { () throws(SQLiteError) in
                var taken: [TargetTask] = []
                for id in operations where taken.count < limit {
                    // What stands before it in its device's row is taken first.
                    taken += try Self.due(
                        """
                        (device_id, target) IN (SELECT device_id, target FROM target_work
                            WHERE operation_id = ? AND state = 'due')
                        """, [.text(id.rawValue)], transaction, limit: 1)
                    try Self.lease(taken, transaction)
                }
                if others, taken.count < limit {
                    taken += try Self.due("1", [], transaction, limit: limit - taken.count)
                }
                try Self.lease(taken, transaction)
                return taken
            }
        }
    }

    private static func due(
        _ condition: String, _ values: [SQLiteValue], _ transaction: RegistrarTransaction, limit: Int
    ) throws(SQLiteError) -> [TargetTask] {
        try transaction.reader.list(
            """
            SELECT * FROM target_work AS this
            WHERE \(condition) AND state = 'due' AND not_before <= ?
                AND NOT EXISTS (SELECT 1 FROM target_work AS older WHERE older.device_id = this.device_id
                    AND older.target = this.target AND older.number < this.number AND older.state = 'due')
            ORDER BY timing = 'awaited' DESC, number LIMIT ?
            """, values + [.timestamp(transaction.now), .integer(limit)]
        ) { row throws(SQLiteError) in
            TargetTask(
                number: try row.integer("number"), operationID: try RecordLoader.operationID(row),
                target: try row.value("target", TargetID.init(rawValue:)), work: try row.json("work"),
                sealTo: try row.optionalText("seal_to"), isAwaited: try row.text("timing") == "awaited")
        }
    }

    private static func lease(
        _ tasks: [TargetTask], _ transaction: RegistrarTransaction
    ) throws(SQLiteError) {
        let end = transaction.now.advanced(bySeconds: leaseSeconds)
        for task in tasks {
            try transaction.connection.run(
                "UPDATE target_work SET not_before = ? WHERE number = ?", .timestamp(end),
                .integer(task.number))
        }
    }

    /// Keeps how far tasks have come. Returning means that it is on the disk.
    ///
    /// - Returns: the numbers of those that are still to be done; others have ended, or gone elsewhere, and nothing more may be
    ///   sent for them.
    package func keep(
        _ tasks: [TargetTask], at now: Timestamp
    ) throws(RegistrarStoreError) -> Set<Int> {
        try change(at: now) { transaction throws(RegistrarStoreError) in
            try RegistrarStoreError.wrapping { () throws(SQLiteError) in
                var kept: Set<Int> = []
                for task in tasks {
                    let rows = try transaction.connection.run(
                        """
                        UPDATE target_work SET work = ?, not_before = ? WHERE number = ? AND state = 'due'
                        RETURNING number
                        """, try .json(task.work), .timestamp(now.advanced(bySeconds: Self.leaseSeconds)),
                        .integer(task.number))
                    if !rows.isEmpty { kept.insert(task.number) }
                }
                return kept
            }
        }
    }

    /// Ends turns at tasks, all in one transaction.
    package func end(
        _ turns: [(task: TargetTask, turn: TargetTurn)], at now: Timestamp
    ) throws(RegistrarStoreError) {
        guard !turns.isEmpty else { return }
        try change(at: now) { transaction throws(RegistrarStoreError) in
            try RegistrarStoreError.wrapping { () throws(SQLiteError) in
                for (task, turn) in turns { try Self.end(task, turn, &transaction) }
            }
        }
    }

    private static func end(
        _ task: TargetTask, _ turn: TargetTurn, _ transaction: inout RegistrarTransaction
    ) throws(SQLiteError) {
        let now = transaction.now
        var detail = ["intent": task.work.intent.rawValue, "device": task.work.device.deviceID.rawValue]
        detail["target"] = task.target.rawValue
        switch turn {
        case .later(let seconds, let reason):
            let next = now.advanced(bySeconds: Int64(seconds))
            _ = try set(task, "due", said: reason, notBefore: next, transaction)
        case .done(let result):
            guard try set(task, "done", .json(result), said: nil, notBefore: now, transaction) != nil else {
                return
            }
            detail["name"] = result.device?.name
            if !result.leftovers.isEmpty { detail["leftovers"] = result.leftovers.joined(separator: "; ") }
            try transaction.note("target_done", by: nil, to: task.operationID.rawValue, detail)
        case .refused(let fault, let leftovers):
            var said = fault.words
            if !leftovers.isEmpty { said += " Left there: " + leftovers.joined(separator: "; ") }
            guard let row = try set(task, "refused", said: said, notBefore: now, transaction) else { return }
            detail["code"] = fault.code
            detail["theirs"] = fault.theirs
            detail["requestID"] = fault.requestID
            try transaction.note("target_refused", by: nil, to: task.operationID.rawValue, detail)
            guard let issued: IssuedCertificate = try row.optionalJSON("issued") else { return }
            var writer = DeviceWriter(transaction: transaction)
            try writer.writeUndelivered(
                issued, of: task.work.device.deviceID, for: task.operationID)
            transaction = writer.transaction
        }
    }

    /// Sets how a task stands; `nil` when it is not to be done any more.
    private static func set(
        _ task: TargetTask, _ state: String, _ result: SQLiteValue = .null, said: String?,
        notBefore: Timestamp, _ transaction: RegistrarTransaction
    ) throws(SQLiteError) -> SQLiteRow? {
        try transaction.connection.run(
            """
            UPDATE target_work SET state = ?, work = ?, result = ?, said = ?, not_before = ?
            WHERE number = ? AND state = 'due' RETURNING issued
            """, .text(state), try .json(task.work), result, .optional(said), .timestamp(notBefore),
            .integer(task.number)
        ).first
    }

    /// Whether anything is due, now or later, and when the first is.
    package func nextTask() throws(RegistrarStoreError) -> Timestamp? {
        try read { reader throws(SQLiteError) in
            try reader.list("SELECT min(not_before) AS first FROM target_work WHERE state = 'due'") {
                row throws(SQLiteError) in try row.optionalTimestamp("first")
            }.first ?? nil
        }
    }

    /// The newest entries of the journal; those that are open alone when `open` says so.
    package func targetEntries(
        open: Bool, device: DeviceID?, limit: Int = 200
    ) throws(RegistrarStoreError) -> [TargetEntry] {
        try read { reader throws(SQLiteError) in
            try reader.list(
                """
                SELECT *, (SELECT min(serial) FROM identifier WHERE identifier.device_id = target_work.device_id)
                    AS serial
                FROM target_work WHERE (?1 = 0 OR state IN ('held', 'due')) AND (?2 IS NULL OR device_id = ?2)
                ORDER BY number DESC LIMIT ?3
                """, [.integer(open ? 1 : 0), .optional(device?.rawValue), .integer(limit)]
            ) { row throws(SQLiteError) in
                TargetEntry(
                    number: try row.integer("number"), operationID: try RecordLoader.operationID(row),
                    device: try RegistrarReader.deviceID(row), serial: try row.optionalText("serial"),
                    target: try row.value("target", TargetID.init(rawValue:)),
                    intent: try row.text("intent"), state: try row.text("state"),
                    said: try row.optionalText("said"), openedAt: try row.timestamp("opened_at"),
                    notBefore: try row.timestamp("not_before"))
            }
        }
    }
}
