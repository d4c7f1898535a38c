import Model
import SQLite

extension Store {
    /// The connection, opened anew when the disk has failed since the last use: after that, neither
    /// SQLite's view of the file nor the outcome of the commit can be trusted, until what the file
    /// really holds was read again.
    func soundConnection() throws(StoreError) -> SQLiteConnection {
        if isSuspect {
            checkpointer = nil
            connection = try place.join()
            isSuspect = false
        }
        return connection
    }

    func read<Value>(
        _ body: (SQLiteConnection) throws(SQLiteError) -> Value
    ) throws(StoreError) -> Value {
        let connection = try soundConnection()
        do { return try body(connection) } catch { throw .database(error) }
    }

    /// One transaction on the outbox: `body`, then the audit head and the conservation law, then the
    /// commit.
    ///
    /// After a failure of the disk it may have been committed all the same: the caller looks its
    /// operations up.
    @discardableResult
    func transact<Value>(
        at now: Timestamp, _ body: (inout OutboxTransaction) throws(StoreError) -> Value
    ) throws(StoreError) -> Value {
        let connection = try soundConnection()
        do throws(StoreError) {
            return try connection.transaction { () throws(StoreError) in
                var transaction = try OutboxTransaction(connection, digest: digest, at: now)
                let value = try body(&transaction)
                try transaction.finish()
                return value
            }
        } catch {
            if error.leavesDoubt { isSuspect = true }
            throw error
        }
    }

    /// The same, and the ballast is given up for it when the disk is full: for changes that move saved
    /// work along.
    @discardableResult
    func transactOnFullDisk<Value>(
        at now: Timestamp, _ body: (inout OutboxTransaction) throws(StoreError) -> Value
    ) throws(StoreError) -> Value {
        do throws(StoreError) {
            return try transact(at: now, body)
        } catch {
            guard error.isDiskFull, try Ballast(path: place.ballast).release() else { throw error }
            return try transact(at: now, body)
        }
    }
}

extension StoreError {
    /// Whether the transaction that failed may have been committed all the same.
    var leavesDoubt: Bool {
        switch self {
        case .database(.inputOutput), .database(.diskFull): true
        case .database, .system, .conservationBroken, .illegalTransition, .unknownOperation,
            .operationIDReused,
            .cannotSupersede, .damagedOperation, .archivedOperation, .foreignReceipt, .laneOrder, .notSender,
            .reasonMissing, .notSigned,
            .unwritable:
            false
        }
    }
}

extension Store {
    /// One transaction on what is not the outbox: catalogue, clock.
    @discardableResult
    func change<Value>(
        _ body: (SQLiteConnection) throws(StoreError) -> Value
    ) throws(StoreError) -> Value {
        let connection = try soundConnection()
        do throws(StoreError) {
            return try connection.transaction { () throws(StoreError) in try body(connection) }
        } catch {
            if error.leavesDoubt { isSuspect = true }
            throw error
        }
    }

    /// The rows of a statement, each read by `parse`.
    func rows<Value>(
        _ sql: String, _ values: [SQLiteValue], _ parse: (SQLiteRow) throws(SQLiteError) -> Value
    ) throws(StoreError) -> [Value] {
        try read { connection throws(SQLiteError) in
            var found: [Value] = []
            for row in try connection.run(sql, values) { found.append(try parse(row)) }
            return found
        }
    }
}
