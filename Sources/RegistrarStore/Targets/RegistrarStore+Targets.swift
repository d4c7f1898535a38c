package import Model
import RegistrarCore
import SQLite
import TargetCore

extension RegistrarStore {
    package func targets() throws(RegistrarStoreError) -> [StoredTarget] {
        try read { reader throws(SQLiteError) in try reader.targets() }
    }

    package func target(_ id: TargetID) throws(RegistrarStoreError) -> StoredTarget? {
        try read { reader throws(SQLiteError) in try reader.target(id) }
    }

    /// Adds a target, or changes one that is there where `replacing` allows it.
    ///
    /// - Throws: `refused` with `already_exists`.
    package func put(
        _ target: StoredTarget, replacing: Bool, by actor: OperatorID?, at now: Timestamp
    ) throws(RegistrarStoreError) {
        let id = target.summary.targetID
        try change(at: now) { transaction throws(RegistrarStoreError) in
            let known = try RegistrarStoreError.wrapping { () throws(SQLiteError) in
                try transaction.reader.target(id)
            }
            if known != nil, !replacing {
                throw .refused(
                    Problem(.alreadyExists, detail: "There is a target \(id) already."))
            }
            try RegistrarStoreError.wrapping { () throws(SQLiteError) in
                try transaction.connection.run(
                    """
                    INSERT INTO target(target_id, summary, settings, secrets, added_at) VALUES (?, ?, ?, ?, ?)
                    ON CONFLICT (target_id) DO UPDATE SET summary = excluded.summary,
                        settings = excluded.settings, secrets = excluded.secrets
                    """, .text(id.rawValue), try .json(target.summary), .text(target.settings),
                    target.secrets.map { .blob($0) } ?? .null, .timestamp(now))
                try transaction.note(
                    known == nil ? "target_added" : "target_changed", by: actor, to: id.rawValue,
                    ["kind": target.summary.kind.rawValue])
            }
        }
    }

    /// Forgets a target that no device is at and nothing is to be done at.
    ///
    /// - Throws: `refused` with `not_found`, or `already_exists` when it is in use.
    package func removeTarget(
        _ id: TargetID, by actor: OperatorID?, at now: Timestamp
    ) throws(RegistrarStoreError) {
        try change(at: now) { transaction throws(RegistrarStoreError) in
            let uses = try RegistrarStoreError.wrapping { () throws(SQLiteError) -> Int? in
                guard try transaction.reader.target(id) != nil else { return nil }
                return try transaction.connection.run(
                    """
                    SELECT (SELECT count(*) FROM device WHERE json_extract(record, '$.target.target') = ?1)
                        + (SELECT count(*) FROM target_work WHERE target = ?1 AND state IN ('held', 'due')) AS uses
                    """, .text(id.rawValue)
                ).first?.integer("uses")
            }
            guard let uses else { throw .refused(Problem(.notFound, detail: "There is no target \(id).")) }
            guard uses == 0 else {
                throw .refused(
                    Problem(
                        .alreadyExists, detail: "\(uses) devices or pieces of work are at \(id).",
                        nextStep: "Move the devices with `muster reprovision`, or release them."))
            }
            try RegistrarStoreError.wrapping { () throws(SQLiteError) in
                try transaction.connection.run("DELETE FROM target WHERE target_id = ?", .text(id.rawValue))
                try transaction.note("target_removed", by: actor, to: id.rawValue)
            }
        }
    }
}

extension RegistrarReader {
    func targets() throws(SQLiteError) -> [StoredTarget] {
        try list("SELECT * FROM target ORDER BY target_id", [], Self.target)
    }

    func target(_ id: TargetID) throws(SQLiteError) -> StoredTarget? {
        try list("SELECT * FROM target WHERE target_id = ?", [.text(id.rawValue)], Self.target).first
    }

    private static func target(_ row: SQLiteRow) throws(SQLiteError) -> StoredTarget {
        StoredTarget(
            summary: try row.json("summary"), settings: try row.text("settings"),
            secrets: try row.optionalBlob("secrets"))
    }
}
