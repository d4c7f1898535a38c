import Model
import SQLite
import SyncCore

/// What an audit entry of the store tells of.
enum AuditAction {
    case storeMade
    case operation(OperationEvent)
    case operationImported
    case senderTook
    case registrarSaved
    case sessionSaved
    case sessionChosen
    case sessionRemoved

    var name: String {
        switch self {
        case .storeMade: "store_made"
        case .operation(let event): "operation_\(event.rawValue)"
        case .operationImported: "operation_imported"
        case .senderTook: "sender_took_over"
        case .registrarSaved: "registrar_saved"
        case .sessionSaved: "session_saved"
        case .sessionChosen: "session_chosen"
        case .sessionRemoved: "session_removed"
        }
    }
}

/// Adds links to the audit chain within one transaction.
///
/// It reads the head once, appends, and `finish` writes the new head, which shows a chain whose end was
/// cut off.
struct AuditWriter {
    private let connection: SQLiteConnection
    private let digest: DigestFunction
    private var sequence: Int
    private var head: PayloadHash

    init(_ connection: SQLiteConnection, digest: @escaping DigestFunction) throws(StoreError) {
        let row = try StoreError.wrapping { () throws(SQLiteError) in
            try connection.run("SELECT audit_sequence, audit_head FROM meta").first
        }
        guard let row else { throw .database(.malformedRow(column: "meta")) }
        try self.init(connection, digest: digest, head: row)
    }

    /// `row`: holds `audit_sequence` and `audit_head` of `meta`, read in this transaction.
    init(
        _ connection: SQLiteConnection, digest: @escaping DigestFunction, head row: SQLiteRow
    ) throws(StoreError) {
        self.connection = connection
        self.digest = digest
        (sequence, head) = try StoreError.wrapping { () throws(SQLiteError) in
            (try row.integer("audit_sequence"), try row.value("audit_head", PayloadHash.init(rawValue:)))
        }
    }

    mutating func append(
        _ action: AuditAction, by actor: OperatorID?, to subject: String, at now: Timestamp,
        _ detail: [String: String] = [:]
    ) throws(StoreError) {
        let entry: AuditEntry
        let detailText: String
        do {
            entry = try AuditEntry(
                sequence: sequence + 1, at: now, action: action.name, actor: actor, subject: subject,
                detail: detail, previousHash: head, digest: digest)
            detailText = detail.isEmpty ? "{}" : try CanonicalJSON.text(detail)
        } catch { throw .unwritable("an audit entry") }
        try StoreError.wrapping { () throws(SQLiteError) in
            try connection.run(
                """
                INSERT INTO audit(sequence, at, action, actor, subject, detail, previous_hash, hash)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """,
                .integer(entry.sequence), .integer(now.milliseconds), .text(entry.action),
                .optional(actor?.rawValue), .text(subject), .text(detailText), .text(head.rawValue),
                .text(entry.hash.rawValue))
        }
        sequence = entry.sequence
        head = entry.hash
    }

    /// Writes the new head, counts `accepted` further operations, and checks the law of conservation.
    func finish(accepted: Int = 0) throws(StoreError) {
        let row = try StoreError.wrapping { () throws(SQLiteError) in
            try connection.run(
                """
                UPDATE meta SET audit_sequence = ?, audit_head = ?, accepted = accepted + ?
                RETURNING \(Conservation.columns)
                """, .integer(sequence), .text(head.rawValue), .integer(accepted)
            ).first
        }
        try Conservation(row).check()
    }
}
