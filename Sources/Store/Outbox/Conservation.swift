import SQLite

/// The law that nothing disappears: every operation ever accepted is open, applied, closed by a person,
/// or archived.
///
/// The one side is counted by the code that accepts, the other by the database's triggers.
struct Conservation: Equatable {
    /// What a statement over `meta` gives for it.
    static let columns = "accepted, (SELECT sum(operations) FROM state_count) AS accounted"

    var accepted: Int
    var accounted: Int

    init(_ row: SQLiteRow?) throws(StoreError) {
        guard let row else { throw .database(.malformedRow(column: "meta")) }
        (accepted, accounted) = try StoreError.wrapping { () throws(SQLiteError) in
            (try row.integer("accepted"), try row.integer("accounted"))
        }
    }

    func check() throws(StoreError) {
        guard accepted == accounted else {
            throw .conservationBroken(accepted: accepted, accounted: accounted)
        }
    }
}

extension Store {
    /// Counts every row of the outbox and holds it against what was accepted; reads the whole outbox.
    ///
    /// - Throws: `StoreError.conservationBroken` when an operation is missing or doubled.
    package func verifyConservation() throws(StoreError) {
        let rows = try read { connection throws(SQLiteError) in
            try connection.run("SELECT accepted, (SELECT count(*) FROM operation) AS accounted FROM meta")
        }
        try Conservation(rows.first).check()
        let counted = try read { connection throws(SQLiteError) in
            try connection.run(
                """
                SELECT state FROM state_count
                WHERE operations <> (SELECT count(*) FROM operation WHERE operation.state = state_count.state)
                """)
        }
        guard counted.isEmpty else {
            let row = try read { connection throws(SQLiteError) in
                try connection.run("SELECT \(Conservation.columns) FROM meta")
            }
            let law = try Conservation(row.first)
            throw .conservationBroken(accepted: law.accepted, accounted: law.accounted)
        }
    }
}
