package import Model
import RegistrarCore
import SQLite

extension RegistrarStore {
    package func operatorKey(_ id: OperatorKeyID) throws(RegistrarStoreError) -> OperatorKey? {
        try read { reader throws(SQLiteError) in try reader.operatorKey(id) }
    }

    package func operatorKeys(of id: OperatorID) throws(RegistrarStoreError) -> [OperatorKey] {
        try read { reader throws(SQLiteError) in try reader.operatorKeys(of: id) }
    }

    /// Keeps a key; one that the operator has already is answered as it is, an ended one too.
    ///
    /// - Throws: `refused` with `already_exists` for a key of somebody else, `rate_limited` for too many.
    package func add(
        _ key: OperatorKey, by actor: OperatorID?, at now: Timestamp
    ) throws(RegistrarStoreError) -> OperatorKey {
        try change(at: now) { transaction throws(RegistrarStoreError) in
            let (known, live) = try RegistrarStoreError.wrapping {
                () throws(SQLiteError) -> (OperatorKey?, Int) in
                let all = try transaction.reader.operatorKeys(of: key.operatorID)
                return (
                    try transaction.reader.operatorKey(key.keyID),
                    all.count { $0.until.map { now < $0 } ?? true }
                )
            }
            if let known {
                guard known.operatorID == key.operatorID else { throw .refused(Problem(.alreadyExists)) }
                return known
            }
            guard live < RegistrarLimits.keysPerOperator else {
                throw .refused(
                    Problem(
                        .requestTooLarge,
                        detail: "\(key.operatorID) has \(live) signing keys, and no more are taken.",
                        nextStep: "Ask the desk to end those of tablets that are no longer used."))
            }
            do throws(SQLiteError) { try Self.insert(key, by: actor, &transaction) } catch {
                throw .database(error)
            }
            return key
        }
    }

    private static func insert(
        _ key: OperatorKey, by actor: OperatorID?, _ transaction: inout RegistrarTransaction
    ) throws(SQLiteError) {
        try transaction.connection.run(
            """
            INSERT INTO operator_key(key_id, operator_id, public_key, valid_from, valid_until, revoked)
            VALUES (?, ?, ?, ?, ?, ?)
            """, .text(key.keyID.rawValue), .text(key.operatorID.rawValue), .text(key.publicKey),
            .timestamp(key.from), .optional(key.until), .integer(key.revoked ? 1 : 0))
        try transaction.note(
            "operator_key_added", by: actor, to: key.operatorID.rawValue, ["key": key.keyID.rawValue])
    }

    /// Ends a key now and for good; `nil` when there is none of that name. One that has ended stays as it is.
    package func revokeKey(
        _ id: OperatorKeyID, by actor: OperatorID, at now: Timestamp
    ) throws(RegistrarStoreError) -> OperatorKey? {
        try change(at: now) { transaction throws(RegistrarStoreError) in
            do throws(SQLiteError) {
                guard let key = try transaction.reader.operatorKey(id), !key.revoked else {
                    return try transaction.reader.operatorKey(id)
                }
                try transaction.connection.run(
                    "UPDATE operator_key SET valid_until = min(?, coalesce(valid_until, ?)), revoked = 1 WHERE key_id = ?",
                    .timestamp(now), .timestamp(now), .text(id.rawValue))
                try transaction.note(
                    "operator_key_revoked", by: actor, to: key.operatorID.rawValue, ["key": id.rawValue])
                return try transaction.reader.operatorKey(id)
            } catch { throw .database(error) }
        }
    }
}
