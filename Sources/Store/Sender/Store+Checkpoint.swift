import Processes
import SQLite

extension Store {
    /// Copies the write-ahead log into the database, as only the sender may: when nothing is to be
    /// sent, or when the log has grown past `StoreLimits.logPages`. Also makes the ballast again once
    /// there is room.
    ///
    /// `idle`: nothing is being sent now.
    /// - Returns: whether the log was copied.
    @discardableResult
    package func checkpointIfSender(_ lease: SenderLease, idle: Bool) throws(StoreError) -> Bool {
        guard senderLock != nil else { return false }
        if !idle {
            guard try logIsLong() else { return false }
        }
        let connection = try soundConnection()
        if checkpointer == nil { checkpointer = try place.join() }
        guard let copier = checkpointer else { return false }
        try StoreError.wrapping { () throws(SQLiteError) in try copier.checkpoint(holding: connection) }
        if idle { try Ballast(path: place.ballast).keep() }
        return true
    }

    /// Empties the write-ahead log, so that no page of it still holds what was wiped from the database. Where another process
    /// reads or copies just now, the log is emptied by the next idle sender's copy and what is written after it.
    func eraseLog() {
        try? soundConnection().truncateLog()
    }

    /// A frame of the log is a page of 4,096 bytes with a header of 24. Source:
    /// sqlite.org/fileformat2.html, section 4.1.
    private func logIsLong() throws(StoreError) -> Bool {
        let status = try StoreError.wrapping { () throws(SystemError) in try Files.status(place.log) }
        return (status?.sizeBytes ?? 0) > Int64(StoreLimits.logPages * 4120)
    }
}
