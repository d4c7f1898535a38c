package import Model
import SQLite

extension Store {
    /// A page of the audit chain.
    ///
    /// `after`: the sequence number of the last entry of the page before; 0 starts at the beginning.
    package func auditEntries(after: Int = 0, limit: Int = 100) throws(StoreError) -> [AuditEntry] {
        try rows(
            """
            SELECT sequence, at, action, actor, subject, detail, previous_hash, hash FROM audit
            WHERE sequence > ? ORDER BY sequence LIMIT ?
            """, [.integer(after), .integer(limit)]
        ) { row throws(SQLiteError) in try StoredLink(row).entry() }
    }

    /// Checks the whole chain and its end.
    ///
    /// - Returns: the sequence number of the first entry that does not follow from the one before it,
    ///   or that is missing at the end; `nil` when the chain is whole.
    package func verifyAudit() throws(StoreError) -> Int? {
        var (previous, sequence) = (PayloadHash.zero, 0)
        while true {
            let page = try auditEntries(after: sequence, limit: 1000)
            guard let last = page.last else { break }
            do {
                if let broken = try page.firstBrokenLink(after: previous, digest: digest) { return broken }
            } catch { throw .unwritable("an audit entry") }
            if let gap = zip(page, sequence + 1...sequence + page.count).first(where: { $0.sequence != $1 }) {
                return gap.1
            }
            (previous, sequence) = (last.hash, last.sequence)
        }
        let head = try read { connection throws(SQLiteError) in
            try connection.run("SELECT audit_sequence, audit_head FROM meta").first?.text("audit_head")
        }
        return head == previous.rawValue ? nil : sequence + 1
    }
}

/// An audit row as it stands, which is not necessarily as it was written.
private struct StoredLink: Codable {
    var sequence: Int
    var at: Timestamp
    var action: String
    var actor: OperatorID?
    var subject: String
    var detail: [String: String]
    var previousHash: PayloadHash
    var hash: PayloadHash

    init(_ row: SQLiteRow) throws(SQLiteError) {
        sequence = try row.integer("sequence")
        at = try row.timestamp("at")
        action = try row.text("action")
        actor = try row.optionalValue("actor", OperatorID.init(rawValue:))
        subject = try row.text("subject")
        detail = try row.json("detail", [String: String].self)
        previousHash = try row.value("previous_hash", PayloadHash.init(rawValue:))
        hash = try row.value("hash", PayloadHash.init(rawValue:))
    }

    /// The entry with the hash that is stored, so that a changed row shows.
    func entry() throws(SQLiteError) -> AuditEntry {
        do { return try CanonicalJSON.decode(AuditEntry.self, from: try CanonicalJSON.encode(self)) } catch {
            throw .malformedRow(column: "audit")
        }
    }
}
