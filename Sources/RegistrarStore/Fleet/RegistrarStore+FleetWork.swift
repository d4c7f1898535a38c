package import Model
import SQLite

extension RegistrarStore {
    /// Opens a piece of work, or gives the one that is open already for the same subject at the same target.
    package func openFleetWork(
        _ kind: FleetEntry.Kind, at target: TargetID, about subject: String, _ work: String,
        by actor: OperatorID?, at now: Timestamp
    ) throws(RegistrarStoreError) -> FleetEntry {
        try change(at: now) { transaction throws(RegistrarStoreError) in
            try RegistrarStoreError.wrapping { () throws(SQLiteError) in
                if let open = try transaction.reader.openFleetWork(kind, target, subject) { return open }
                try transaction.connection.run(
                    """
                    INSERT INTO fleet_work(kind, target, subject, state, work, opened_at, changed_at)
                    VALUES (?, ?, ?, 'open', ?, ?, ?)
                    """, .text(kind.rawValue), .text(target.rawValue), .text(subject), .text(work),
                    .timestamp(now), .timestamp(now))
                try transaction.note(
                    "fleet_\(kind.rawValue)_opened", by: actor, to: subject, ["target": target.rawValue])
                guard let open = try transaction.reader.openFleetWork(kind, target, subject) else {
                    throw .malformedRow(column: "fleet_work")
                }
                return open
            }
        }
    }

    /// Keeps how far a piece of work has come. Returning means that it is on the disk.
    package func keepFleetWork(
        _ number: Int, _ work: String, at now: Timestamp
    ) throws(RegistrarStoreError) {
        try change(at: now) { transaction throws(RegistrarStoreError) in
            try RegistrarStoreError.wrapping { () throws(SQLiteError) in
                try transaction.connection.run(
                    "UPDATE fleet_work SET work = ?, changed_at = ? WHERE number = ? AND state = 'open'",
                    .text(work), .timestamp(now), .integer(number))
            }
        }
    }

    /// Ends a piece of work, or says why it is still open.
    package func setFleetWork(
        _ entry: FleetEntry, to state: FleetEntry.State, saying said: String?, by actor: OperatorID?,
        at now: Timestamp
    ) throws(RegistrarStoreError) {
        try change(at: now) { transaction throws(RegistrarStoreError) in
            try RegistrarStoreError.wrapping { () throws(SQLiteError) in
                try transaction.connection.run(
                    """
                    UPDATE fleet_work SET state = ?, said = ?, changed_at = ? WHERE number = ? AND state = 'open'
                    """, .text(state.rawValue), .optional(said), .timestamp(now), .integer(entry.number))
                guard state != .open else { return }
                var detail = ["target": entry.target.rawValue]
                detail["said"] = said
                try transaction.note(
                    "fleet_\(entry.kind.rawValue)_\(state.rawValue)", by: actor, to: entry.subject, detail)
            }
        }
    }

    /// The newest pieces of work; those that are open alone when `open` says so.
    package func fleetWork(
        _ kind: FleetEntry.Kind? = nil, at target: TargetID? = nil, open: Bool = false, limit: Int = 200
    ) throws(RegistrarStoreError) -> [FleetEntry] {
        try read { reader throws(SQLiteError) in
            try reader.list(
                """
                SELECT * FROM fleet_work
                WHERE (?1 IS NULL OR kind = ?1) AND (?2 IS NULL OR target = ?2) AND (?3 = 0 OR state = 'open')
                ORDER BY number DESC LIMIT ?4
                """,
                [
                    .optional(kind?.rawValue), .optional(target?.rawValue), .integer(open ? 1 : 0),
                    .integer(limit),
                ], FleetEntry.init)
        }
    }

    /// Writes something that was done at a target into the audit log, where nothing else of it is kept.
    package func noteFleet(
        _ action: String, by actor: OperatorID?, about subject: String, _ detail: [String: String],
        at now: Timestamp
    ) throws(RegistrarStoreError) {
        try change(at: now) { transaction throws(RegistrarStoreError) in
            try RegistrarStoreError.wrapping { () throws(SQLiteError) in
                try transaction.note("fleet_" + action, by: actor, to: subject, detail)
            }
        }
    }
}

extension RegistrarReader {
    fileprivate func openFleetWork(
        _ kind: FleetEntry.Kind, _ target: TargetID, _ subject: String
    ) throws(SQLiteError) -> FleetEntry? {
        try list(
            "SELECT * FROM fleet_work WHERE kind = ? AND target = ? AND subject = ? AND state = 'open'",
            [.text(kind.rawValue), .text(target.rawValue), .text(subject)], FleetEntry.init
        ).first
    }
}

extension FleetEntry {
    fileprivate init(_ row: SQLiteRow) throws(SQLiteError) {
        self.init(
            number: try row.integer("number"), kind: try row.value("kind", Kind.init(rawValue:)),
            target: try row.value("target", TargetID.init(rawValue:)), subject: try row.text("subject"),
            state: try row.value("state", State.init(rawValue:)), work: try row.text("work"),
            said: try row.optionalText("said"), openedAt: try row.timestamp("opened_at"),
            changedAt: try row.timestamp("changed_at"))
    }
}
