package import Model
import Processes
import SQLite

/// The durable store of one companion: what was accepted, what became of it, and what is known of
/// devices.
///
/// One SQLite file, `<directory>/store.db`, shared by every process of the system user. Each writes in
/// short transactions; one of them, chosen by a kernel lock, sends (`becomeSender`). Work runs on a
/// thread of the actor's own, since every call may wait for the disk.
package actor Store {
    package nonisolated let directory: String
    /// Who this store is, and which life of it: operations carry both.
    package nonisolated let reference: StoreReference
    let digest: DigestFunction
    /// Used through `soundConnection`.
    var connection: SQLiteConnection
    /// The disk failed during the last transaction.
    var isSuspect = false
    /// A second connection, made when the sender first needs it to copy the write-ahead log.
    var checkpointer: SQLiteConnection?
    /// The kernel's lock while this store sends; let go with the process at the latest.
    var senderLock: FileLock?

    private nonisolated let executor = BlockingExecutor(label: "muster.store")

    package nonisolated var unownedExecutor: UnownedSerialExecutor {
        executor.asUnownedSerialExecutor()
    }

    /// Opens the store, and makes it when there is none: directory 0700, files 0600, newest schema.
    ///
    /// Making and migrating happen under an exclusive kernel lock, so that processes which start
    /// together do not race. `makeStoreID` is asked, and `now` written into the audit chain, only when
    /// the store is made. `digest` is SHA-256.
    /// - Throws: `StoreError`; a file of a newer version or of another program is left untouched.
    package init(
        directory: String, at now: Timestamp, makeStoreID: () -> StoreID, digest: @escaping DigestFunction
    ) throws(StoreError) {
        let place = StorePlace(directory: directory)
        try place.prepare()
        let lock = try place.openingLock()
        defer { withExtendedLifetime(lock) {} }
        let connection = try place.adopt()
        let reference = try Self.adoptIdentity(
            connection, at: now, makeStoreID: makeStoreID, digest: digest)
        try Ballast(path: place.ballast).keep()
        self.directory = directory
        self.reference = reference
        self.digest = digest
        self.connection = connection
    }

    var place: StorePlace { StorePlace(directory: directory) }

    /// Reads who the store is; gives a new one its name, with the first link of the audit chain.
    private static func adoptIdentity(
        _ connection: SQLiteConnection, at now: Timestamp, makeStoreID: () -> StoreID,
        digest: @escaping DigestFunction
    ) throws(StoreError) -> StoreReference {
        if let known = try readIdentity(connection) { return known }
        return try connection.transaction { () throws(StoreError) in
            if let known = try readIdentity(connection) { return known }
            let storeID = makeStoreID()
            try StoreError.wrapping { () throws(SQLiteError) in
                try connection.run(
                    """
                    INSERT INTO meta(id, store_id, epoch, accepted, fencing, audit_sequence, audit_head)
                    VALUES (1, ?, 1, 0, 0, 0, ?)
                    """, .text(storeID.rawValue), .text(PayloadHash.zero.rawValue))
            }
            var audit = try AuditWriter(connection, digest: digest)
            try audit.append(.storeMade, by: nil, to: storeID.rawValue, at: now)
            try audit.finish()
            return StoreReference(storeID: storeID, epoch: 1)
        }
    }

    private static func readIdentity(
        _ connection: SQLiteConnection
    ) throws(StoreError) -> StoreReference? {
        try StoreError.wrapping { () throws(SQLiteError) in
            guard let row = try connection.run("SELECT store_id, epoch FROM meta").first else { return nil }
            return StoreReference(
                storeID: try row.value("store_id", StoreID.init(rawValue:)), epoch: try row.integer("epoch"))
        }
    }
}
