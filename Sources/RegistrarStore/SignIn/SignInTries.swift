import Model
import RegistrarCore
import SQLite

/// The tries that bear on one more: those of a tablet that the operator has signed in on before, or those of strangers.
struct SignInTries {
    /// The tablet, where the operator has signed in on it before.
    let tablet: PayloadHash?
    private let reader: RegistrarReader
    private let person: OperatorID
    private let origin: SignInOrigin

    init(_ reader: RegistrarReader, of person: OperatorID, from origin: SignInOrigin) throws(SQLiteError) {
        self.reader = reader
        self.person = person
        self.origin = origin
        guard let shown = origin.tablet else {
            tablet = nil
            return
        }
        let known = try reader.connection.run(
            "SELECT 1 AS found FROM sign_in_tablet WHERE operator_id = ? AND tablet = ?",
            .text(person.rawValue), .text(shown.rawValue))
        tablet = known.isEmpty ? nil : shown
    }

    func failures() throws(SQLiteError) -> SignInRules.Failures {
        let name = SQLiteValue.text(person.rawValue)
        if let tablet {
            return .ofTablet(try moments("operator_id = ?1 AND tablet = ?2", [name, .text(tablet.rawValue)]))
        }
        let place = SQLiteValue.text(origin.address)
        return .ofStrangers(
            here: try moments("tablet IS NULL AND operator_id = ?1 AND address = ?2", [name, place]),
            address: try moments("tablet IS NULL AND address = ?1", [place]),
            everywhere: try moments("tablet IS NULL AND operator_id = ?1", [name]))
    }

    private func moments(
        _ condition: String, _ values: [SQLiteValue]
    ) throws(SQLiteError) -> [Timestamp] {
        try reader.list("SELECT at FROM sign_in_failure WHERE \(condition)", values) {
            row throws(SQLiteError) in try row.timestamp("at")
        }
    }

    /// After a sign-in: what was wrong before it here is no matter, and the tablet is known from now on.
    func forget(at now: Timestamp) throws(SQLiteError) {
        let name = SQLiteValue.text(person.rawValue)
        if let tablet {
            try reader.connection.run(
                "DELETE FROM sign_in_failure WHERE operator_id = ? AND tablet = ?", name,
                .text(tablet.rawValue))
        } else {
            try reader.connection.run(
                "DELETE FROM sign_in_failure WHERE operator_id = ? AND tablet IS NULL AND address = ?", name,
                .text(origin.address))
        }
        guard let shown = origin.tablet else { return }
        try reader.connection.run(
            "INSERT OR REPLACE INTO sign_in_tablet(operator_id, tablet, at) VALUES (?, ?, ?)", name,
            .text(shown.rawValue), .timestamp(now))
    }
}
