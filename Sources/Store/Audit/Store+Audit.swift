import AuditLog
package import Model
import SQLite

extension Store {
    /// A page of the audit chain.
    ///
    /// `after`: the sequence number of the last entry of the page before; 0 starts at the beginning.
    package func auditEntries(after: Int = 0, limit: Int = 100) throws(StoreError) -> [AuditEntry] {
        try read { connection throws(SQLiteError) in
            try AuditChain.entries(connection, after: after, limit: limit)
        }
    }

    /// The last entries of the audit chain, oldest first.
    package func lastAuditEntries(_ count: Int) throws(StoreError) -> [AuditEntry] {
        try read { connection throws(SQLiteError) in
            let end = try AuditWriter.chain(of: connection, digest: digest).sequence
            return try AuditChain.entries(connection, after: max(0, end - count), limit: count)
        }
    }

    /// Checks the whole chain and its end.
    ///
    /// - Returns: the sequence number of the first entry that does not follow from the one before it,
    ///   or that is missing at the end; `nil` when the chain is whole.
    package func verifyAudit() throws(StoreError) -> Int? {
        try read { connection throws(SQLiteError) in
            try AuditWriter.chain(of: connection, digest: digest).firstBrokenLink()
        }
    }
}
