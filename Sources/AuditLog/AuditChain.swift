package import Model
package import SQLite

/// A hash-chained log in a database: who did what to what, each entry bound to the one before it.
///
/// The owner of the database keeps `sequence` and `head` in a row of its own and writes them in the same transaction, so
/// that a log whose end was cut off shows.
package struct AuditChain {
    private let connection: SQLiteConnection
    private let digest: DigestFunction
    /// The number and the hash of the newest entry.
    package private(set) var sequence: Int
    package private(set) var head: PayloadHash

    /// Continues the chain whose newest entry is given; 0 and `zero` start one.
    package init(
        _ connection: SQLiteConnection, sequence: Int, head: PayloadHash, digest: @escaping DigestFunction
    ) {
        self.connection = connection
        self.sequence = sequence
        self.head = head
        self.digest = digest
    }

    /// Adds an entry. `detail` is free of secrets.
    package mutating func append(
        _ action: String, by actor: OperatorID?, to subject: String, at now: Timestamp,
        _ detail: [String: String] = [:]
    ) throws(SQLiteError) {
        let entry: AuditEntry
        do {
            entry = try AuditEntry(
                sequence: sequence + 1, at: now, action: action, actor: actor, subject: subject,
                detail: detail, previousHash: head, digest: digest)
        } catch { throw .malformedRow(column: "audit") }
        try connection.run(
            """
            INSERT INTO audit(sequence, at, action, actor, subject, detail, previous_hash, hash)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            .integer(entry.sequence), .timestamp(now), .text(action), .optional(actor?.rawValue),
            .text(subject), detail.isEmpty ? .text("{}") : try .json(detail), .text(head.rawValue),
            .text(entry.hash.rawValue))
        sequence = entry.sequence
        head = entry.hash
    }

    /// A page of the entries after the one numbered `after`.
    package static func entries(
        _ connection: SQLiteConnection, after: Int, limit: Int
    ) throws(SQLiteError) -> [AuditEntry] {
        var entries: [AuditEntry] = []
        let rows = try connection.run(
            """
            SELECT sequence, at, action, actor, subject, detail, previous_hash, hash FROM audit
            WHERE sequence > ? ORDER BY sequence LIMIT ?
            """, .integer(after), .integer(limit))
        for row in rows { entries.append(try StoredLink(row).entry()) }
        return entries
    }

    /// The newest entries about a subject whose action has one of the prefixes, the newest first.
    package static func entries(
        _ connection: SQLiteConnection, about subject: String, actions prefixes: [String], limit: Int
    ) throws(SQLiteError) -> [AuditEntry] {
        let rows = try connection.run(
            """
            SELECT sequence, at, action, actor, subject, detail, previous_hash, hash FROM audit
            WHERE subject = ? ORDER BY sequence DESC
            """, .text(subject))
        var entries: [AuditEntry] = []
        for row in rows {
            let entry = try StoredLink(row).entry()
            if prefixes.contains(where: { entry.action.hasPrefix($0) }) { entries.append(entry) }
        }
        return Array(entries.prefix(limit))
    }

    /// The number of the first entry that does not follow from the one before it, or that is missing before this chain's
    /// head; `nil` when the chain is whole.
    package func firstBrokenLink() throws(SQLiteError) -> Int? {
        var (previous, last) = (PayloadHash.zero, 0)
        while true {
            let page = try Self.entries(connection, after: last, limit: 1000)
            guard let end = page.last else { break }
            do {
                if let broken = try page.firstBrokenLink(after: previous, digest: digest) { return broken }
            } catch { throw .malformedRow(column: "audit") }
            if let gap = zip(page, last + 1...last + page.count).first(where: { $0.sequence != $1 }) {
                return gap.1
            }
            (previous, last) = (end.hash, end.sequence)
        }
        return head == previous ? nil : last + 1
    }
}
