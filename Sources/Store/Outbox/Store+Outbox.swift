package import Model
import SQLite
import SyncCore

extension Store {
    /// A page of the outbox in the order of acceptance.
    ///
    /// `after`: the `position` of the last entry of the page before.
    package func entries(
        _ filter: OutboxFilter = .all, limit: Int = 50, after: Int? = nil
    ) throws(StoreError) -> [OutboxEntry] {
        var (conditions, values): ([String], [SQLiteValue]) = ([], [])
        if !filter.states.isEmpty, filter.states.count < OperationState.allCases.count {
            let states = filter.states.map(\.rawValue).sorted()
            conditions.append("state IN (\(states.map { _ in "?" }.joined(separator: ",")))")
            values += states.map(SQLiteValue.text)
        }
        for (column, value) in [
            ("lane", filter.lane?.rawValue), ("tenant", filter.tenant?.rawValue),
            ("operator_id", filter.operatorID?.rawValue),
        ] {
            guard let value else { continue }
            conditions.append("\(column) = ?")
            values.append(.text(value))
        }
        if let after {
            conditions.append(filter.newestFirst ? "position < ?" : "position > ?")
            values.append(.integer(after))
        }
        let condition = conditions.isEmpty ? "" : "WHERE " + conditions.joined(separator: " AND ")
        return try list(
            "\(condition) ORDER BY position \(filter.newestFirst ? "DESC" : "") LIMIT ?",
            values + [.integer(limit)])
    }

    /// The entry of an operation; `nil` when this store has none of that id.
    package func entry(_ id: OperationID) throws(StoreError) -> OutboxEntry? {
        try list("WHERE operation_id = ?", [.text(id.rawValue)]).first
    }

    /// Entries whose id ends so, as a person reads it out (`Receipt.shortCode`); at least four
    /// characters.
    package func entries(endingIn code: String, limit: Int = 10) throws(StoreError) -> [OutboxEntry] {
        guard code.utf8.count >= 4, code.utf8.allSatisfy({ Hexadecimal.value(of: $0) != nil || $0 == 0x2D })
        else { return [] }
        return try list(
            "WHERE operation_id LIKE ? ORDER BY position DESC LIMIT ?",
            [.text("%" + code.lowercased()), .integer(limit)])
    }

    /// Everything open, lane by lane in the order in which it must be sent.
    package func openEntries() throws(StoreError) -> [OutboxEntry] {
        try list(Self.openClause, [])
    }

    /// Named, because SQLite would rather collect the states one by one and sort.
    static let openClause = """
        INDEXED BY operation_open WHERE \(StoreSchema.openStates)
        ORDER BY lane, registrar, send_order, position
        """

    /// What was done to a device, and is still to be done, oldest first.
    package func history(_ lane: DeviceIdentifier) throws(StoreError) -> [OutboxEntry] {
        try list("WHERE lane = ? ORDER BY position", [.text(lane.rawValue)])
    }

    /// How many operations there are in each state; reads counters, whatever the length of the history.
    package func counts() throws(StoreError) -> OutboxCounts {
        try read { connection throws(SQLiteError) in
            var byState: [String: Int] = [:]
            for row in try connection.run("SELECT state, operations FROM state_count") {
                byState[try row.text("state")] = try row.integer("operations")
            }
            return OutboxCounts(byState: byState)
        }
    }

    /// The exact bytes of an operation, checked against their hash.
    ///
    /// - Throws: `StoreError.unknownOperation`, or `damagedOperation` when the disk did not keep them.
    package func frozen(_ id: OperationID) throws(StoreError) -> FrozenOperation {
        let rows = try read { connection throws(SQLiteError) in
            try connection.run(
                "SELECT payload, payload_hash FROM operation WHERE operation_id = ?", .text(id.rawValue))
        }
        guard let row = rows.first else { throw .unknownOperation(id) }
        return try FrozenOperation(row, id: id, digest: digest)
    }

    /// The signature that an operation was accepted with; `nil` for one from before there were keys.
    package func signature(_ id: OperationID) throws(StoreError) -> OperationSignature? {
        try rows(
            "SELECT key_id, signature FROM operation WHERE operation_id = ? AND signature IS NOT NULL",
            [.text(id.rawValue)]
        ) { row throws(SQLiteError) in
            OperationSignature(
                keyID: try row.value("key_id", OperatorKeyID.init(rawValue:)),
                value: try row.text("signature"))
        }.first
    }

    /// The signed text of an operation's receipt; `nil` while there is none.
    package func signedReceipt(_ id: OperationID) throws(StoreError) -> String? {
        try read { connection throws(SQLiteError) in
            try connection.run("SELECT receipt_jws FROM operation WHERE operation_id = ?", .text(id.rawValue))
                .first?.optionalText("receipt_jws")
        }
    }

    /// A number that differs when another process has committed since; this store's own commits do not
    /// count.
    package func changeMark() throws(StoreError) -> Int {
        try read { connection throws(SQLiteError) in
            try connection.run("PRAGMA data_version").first?.integer("data_version") ?? 0
        }
    }

    private func list(_ clause: String, _ values: [SQLiteValue]) throws(StoreError) -> [OutboxEntry] {
        try read { connection throws(SQLiteError) in
            var entries: [OutboxEntry] = []
            for row in try connection.run("SELECT \(OutboxEntry.columns) FROM operation \(clause)", values) {
                entries.append(try OutboxEntry(row))
            }
            return entries
        }
    }
}
