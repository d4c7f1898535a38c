package import Model
import Processes
import SQLite
import TargetCore

/// The durable memory of a registrar: one SQLite file, `<directory>/registrar.db`.
///
/// Several processes may share it; each works in short transactions. Work runs on a thread of the actor's own, since every
/// call may wait for the disk.
package actor RegistrarStore {
    package nonisolated let registrar: RegistrarID
    /// What people call the registrar.
    package nonisolated let name: String
    let digest: DigestFunction
    private let place: RegistrarPlace
    private var connection: SQLiteConnection
    /// The disk failed during the last transaction.
    private var isSuspect = false
    private var checkpointer: SQLiteConnection?
    /// The governors' states as this process has last seen them, beside the text that they were kept as.
    var governors: [String: (text: String, state: GovernorState)] = [:]

    private nonisolated let executor = BlockingExecutor(label: "muster.registrar")

    package nonisolated var unownedExecutor: UnownedSerialExecutor {
        executor.asUnownedSerialExecutor()
    }

    /// Opens the registrar of a directory. `digest` is SHA-256.
    ///
    /// - Throws: `missing` when there is none.
    package init(directory: String, digest: @escaping DigestFunction) throws(RegistrarStoreError) {
        place = RegistrarPlace(directory: directory)
        guard try place.exists else { throw .missing(directory: directory) }
        let lock = try place.openingLock()
        defer { withExtendedLifetime(lock) {} }
        connection = try place.adopt()
        let opened = connection
        (registrar, name) = try RegistrarStoreError.wrapping { () throws(SQLiteError) in
            guard let row = try opened.run("SELECT registrar_id, name FROM meta").first else {
                throw .malformedRow(column: "meta")
            }
            return (try row.value("registrar_id", RegistrarID.init(rawValue:)), try row.text("name"))
        }
        self.digest = digest
    }

    /// Whether the directory has a registrar.
    package static func exists(directory: String) throws(RegistrarStoreError) -> Bool {
        try RegistrarPlace(directory: directory).exists
    }

    /// Makes an empty registrar.
    ///
    /// - Throws: `exists` when the directory has one.
    package static func make(
        directory: String, registrar: RegistrarID, name: String, at now: Timestamp,
        digest: @escaping DigestFunction
    ) throws(RegistrarStoreError) {
        let place = RegistrarPlace(directory: directory)
        try place.prepare()
        let lock = try place.openingLock()
        defer { withExtendedLifetime(lock) {} }
        let connection = try place.adopt()
        try connection.transaction { () throws(RegistrarStoreError) in
            let known = try RegistrarStoreError.wrapping { () throws(SQLiteError) in
                try connection.run("SELECT id FROM meta")
            }
            guard known.isEmpty else { throw .exists(directory: directory) }
            try RegistrarStoreError.wrapping { () throws(SQLiteError) in
                try connection.run(
                    "INSERT INTO meta VALUES (1, ?, ?, 0, 0, 0, 0, 0, ?)", .text(registrar.rawValue),
                    .text(name), .text(PayloadHash.zero.rawValue))
                var transaction = try RegistrarTransaction(connection, digest: digest, at: now)
                try transaction.note("registrar_made", by: nil, to: registrar.rawValue)
                try transaction.finish()
            }
        }
    }

    /// One transaction: `body`, then the counters, then the commit. After a failure of the disk the file is opened anew.
    @discardableResult
    func change<Value>(
        at now: Timestamp, _ body: (inout RegistrarTransaction) throws(RegistrarStoreError) -> Value
    ) throws(RegistrarStoreError) -> Value {
        let connection = try soundConnection()
        do throws(RegistrarStoreError) {
            let value = try connection.transaction { () throws(RegistrarStoreError) in
                var transaction: RegistrarTransaction
                do throws(SQLiteError) {
                    transaction = try RegistrarTransaction(connection, digest: digest, at: now)
                } catch { throw .database(error) }
                let value = try body(&transaction)
                do throws(SQLiteError) { try transaction.finish() } catch { throw .database(error) }
                return value
            }
            try copyLongLog()
            return value
        } catch {
            switch error {
            case .database(.inputOutput), .database(.diskFull): isSuspect = true
            case .database, .system, .missing, .exists, .workshop, .refused: break
            }
            throw error
        }
    }

    /// One transaction of what is of the moment, such as calls that are counted: the commit does not wait for the disk.
    func jot<Value>(
        _ body: (SQLiteConnection) throws(SQLiteError) -> Value
    ) throws(RegistrarStoreError) -> Value {
        let connection = try soundConnection()
        let value: Value
        do throws(SQLiteError) {
            value = try connection.lightTransaction { () throws(SQLiteError) in try body(connection) }
        } catch {
            if case .inputOutput = error { isSuspect = true }
            if case .diskFull = error { isSuspect = true }
            throw .database(error)
        }
        try copyLongLog()
        return value
    }

    /// Questions that change nothing, all answered from one state of the database.
    func read<Value>(
        _ body: (RegistrarReader) throws(SQLiteError) -> Value
    ) throws(RegistrarStoreError) -> Value {
        let connection = try soundConnection()
        do throws(SQLiteError) {
            try connection.run("BEGIN")
            defer { do { try connection.run("COMMIT") } catch {} }
            return try body(RegistrarReader(connection: connection))
        } catch { throw .database(error) }
    }

    private func soundConnection() throws(RegistrarStoreError) -> SQLiteConnection {
        if isSuspect {
            checkpointer = nil
            connection = try place.join()
            isSuspect = false
        }
        return connection
    }

    /// Bytes of the write-ahead log from which it is copied into the database.
    private static let longLogBytes: Int64 = 4 << 20

    /// Copies the log while no connection of any process writes.
    private func copyLongLog() throws(RegistrarStoreError) {
        let place = place
        let status = try RegistrarStoreError.wrapping { () throws(SystemError) in try Files.status(place.log)
        }
        guard let size = status?.sizeBytes, size > Self.longLogBytes else { return }
        if checkpointer == nil { checkpointer = try place.join() }
        guard let copier = checkpointer else { return }
        let connection = connection
        try RegistrarStoreError.wrapping { () throws(SQLiteError) in
            try copier.checkpoint(holding: connection)
        }
    }
}
