extension SQLiteConnection {
    /// Runs `body` in one `BEGIN IMMEDIATE` transaction: all of it is committed, or none.
    ///
    /// Returning means that the commit is on the disk. When the commit itself reports a failure of the disk, the work may
    /// be there all the same: reopen and look it up by its id.
    @discardableResult
    package func transaction<Value, Failure: SQLiteErrorConvertible>(
        _ body: () throws(Failure) -> Value
    ) throws(Failure) -> Value {
        do { try run("BEGIN IMMEDIATE") } catch { throw Failure(error) }
        let value: Value
        do {
            value = try body()
        } catch {
            rollBack()
            throw error
        }
        do { try run("COMMIT") } catch {
            rollBack()
            throw Failure(error)
        }
        return value
    }

    /// The same without waiting for the disk: a power cut may take the newest of these back, though never a part of one. For
    /// what is of the moment alone; nothing that somebody was told may go this way.
    package func lightTransaction<Value, Failure: SQLiteErrorConvertible>(
        _ body: () throws(Failure) -> Value
    ) throws(Failure) -> Value {
        // Not by `run`: this pragma takes effect while it is prepared, and a statement that is kept is not prepared again.
        do { try execute("PRAGMA synchronous=NORMAL") } catch { throw Failure(error) }
        let outcome: Result<Value, Failure>
        do throws(Failure) { outcome = .success(try transaction(body)) } catch { outcome = .failure(error) }
        do { try execute("PRAGMA synchronous=FULL") } catch { throw Failure(error) }
        return try outcome.get()
    }

    /// Ends the transaction; SQLite may have ended it already after a failure, which is as good.
    private func rollBack() {
        do { try run("ROLLBACK") } catch {}
    }

    /// Moves what the write-ahead log holds into the database while no connection of any process writes.
    ///
    /// `lock` holds the write lock without writing, this connection copies. So a checkpoint never overlaps a write, which
    /// SQLite before 3.51.3 does not survive in every case. Source: sqlite.org/wal.html, "The WAL-Reset Bug".
    package func checkpoint(holding lock: SQLiteConnection) throws(SQLiteError) {
        try lock.transaction { () throws(SQLiteError) in
            try run("PRAGMA wal_checkpoint(PASSIVE)")
        }
    }

    /// Copies the whole log and cuts its file to nothing; the library holds the write lock meanwhile, as `checkpoint` has it
    /// held.
    package func truncateLog() throws(SQLiteError) {
        try run("PRAGMA wal_checkpoint(TRUNCATE)")
    }
}
