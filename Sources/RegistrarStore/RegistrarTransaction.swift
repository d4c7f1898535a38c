import AuditLog
import Model
import SQLite

/// The one way in which the registrar's records change, inside one database transaction: it keeps the counters and the
/// audit chain, and `finish` writes them before the commit.
struct RegistrarTransaction {
    let connection: SQLiteConnection
    let now: Timestamp
    private var audit: AuditChain
    private var receiptSequence: Int
    private var changeSequence: Int

    init(
        _ connection: SQLiteConnection, digest: @escaping DigestFunction, at now: Timestamp
    ) throws(SQLiteError) {
        guard let row = try connection.run("SELECT * FROM meta").first else {
            throw .malformedRow(column: "meta")
        }
        self.connection = connection
        self.now = now
        audit = try Self.audit(connection, row, digest: digest)
        receiptSequence = try row.integer("receipt_sequence")
        changeSequence = try row.integer("change_sequence")
    }

    /// The chain as a row of `meta` says it ends.
    static func audit(
        _ connection: SQLiteConnection, _ row: SQLiteRow, digest: @escaping DigestFunction
    ) throws(SQLiteError) -> AuditChain {
        AuditChain(
            connection, sequence: try row.integer("audit_sequence"),
            head: try row.value("audit_head", PayloadHash.init(rawValue:)), digest: digest)
    }

    var reader: RegistrarReader { RegistrarReader(connection: connection) }
    var auditHead: PayloadHash { audit.head }

    mutating func note(
        _ action: String, by actor: OperatorID?, to subject: String, _ detail: [String: String] = [:]
    ) throws(SQLiteError) {
        try audit.append(action, by: actor, to: subject, at: now, detail)
    }

    mutating func nextReceipt() -> Int {
        receiptSequence += 1
        return receiptSequence
    }

    mutating func nextChange() -> Int {
        changeSequence += 1
        return changeSequence
    }

    func finish() throws(SQLiteError) {
        try connection.run(
            """
            UPDATE meta SET receipt_sequence = ?, change_sequence = ?, audit_sequence = ?, audit_head = ?
            """, .integer(receiptSequence), .integer(changeSequence), .integer(audit.sequence),
            .text(audit.head.rawValue))
    }
}
