import Model
import SQLite

extension FrozenOperation {
    /// Reads the stored bytes of an operation and holds them against the hash they were accepted with.
    ///
    /// - Throws: `StoreError.damagedOperation` when they are not those bytes any more.
    init(_ row: SQLiteRow, id: OperationID, digest: DigestFunction) throws(StoreError) {
        let (payload, hash) = try StoreError.wrapping { () throws(SQLiteError) in
            (try row.blob("payload"), try row.text("payload_hash"))
        }
        guard !payload.isEmpty else { throw .archivedOperation(id) }
        do { try self.init(payload: payload, digest: digest) } catch { throw .damagedOperation(id) }
        guard payloadHash.rawValue == hash, operation.operationID == id else { throw .damagedOperation(id) }
    }
}
