import AuditLog
package import Model
import SQLite

extension RegistrarStore {
    /// A page of the audit chain after the entry numbered `after`.
    package func auditEntries(after: Int, limit: Int) throws(RegistrarStoreError) -> [AuditEntry] {
        try read { reader throws(SQLiteError) in
            try AuditChain.entries(reader.connection, after: after, limit: limit)
        }
    }

    /// The newest entries about a target, the newest first.
    package func history(of target: TargetID) throws(RegistrarStoreError) -> [AuditEntry] {
        try read { reader throws(SQLiteError) in
            try AuditChain.entries(
                reader.connection, about: target.rawValue, actions: ["target_", "limit_"], limit: 200)
        }
    }

    /// Checks the whole chain and its end.
    ///
    /// - Returns: how many entries it has, and the number of the first that does not follow from the one before it or is
    ///   missing; `nil` when the chain is whole.
    package func verifyAudit() throws(RegistrarStoreError) -> (entries: Int, broken: Int?) {
        try read { reader throws(SQLiteError) in
            guard let row = try reader.connection.run("SELECT audit_sequence, audit_head FROM meta").first
            else { throw .malformedRow(column: "meta") }
            let chain = try RegistrarTransaction.audit(reader.connection, row, digest: digest)
            return (chain.sequence, try chain.firstBrokenLink())
        }
    }
}
