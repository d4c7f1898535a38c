package import Model
import SQLite
import SyncCore

extension Store {
    /// Gives up the bytes of operations that were applied before `moment`; receipt, hash and audit
    /// entries stay. One transaction of at most `StoreLimits.archiveRows`, for the sender to repeat
    /// while it is idle.
    ///
    /// - Returns: how many were archived.
    package func archiveApplied(
        before moment: Timestamp, lease: SenderLease, at now: Timestamp
    ) throws(StoreError) -> Int {
        guard senderLock != nil else { throw .notSender }
        return try transactOnFullDisk(at: now) { transaction throws(StoreError) in
            try requireFencing(lease, transaction.connection)
            let ids = try StoreError.wrapping { () throws(SQLiteError) in
                var ids: [OperationID] = []
                for row in try transaction.connection.run(
                    """
                    SELECT operation_id FROM operation WHERE state = 'applied' AND changed_at < ?
                    ORDER BY position LIMIT ?
                    """, .integer(moment.milliseconds), .integer(StoreLimits.archiveRows))
                {
                    ids.append(try row.value("operation_id", OperationID.init(rawValue:)))
                }
                return ids
            }
            for id in ids {
                try transaction.move(StateChange(id, .archived))
                try StoreError.wrapping { () throws(SQLiteError) in
                    try transaction.connection.run(
                        "UPDATE operation SET payload = x'' WHERE operation_id = ?", .text(id.rawValue))
                }
            }
            return ids.count
        }
    }
}
