import Model
import SQLite

/// An audit row as it stands, which is not necessarily as it was written.
struct StoredLink: Codable {
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
