import Processes
import SQLite

/// Where a registrar keeps its database, and how it is opened.
struct RegistrarPlace: Sendable {
    let directory: String

    var database: String { directory + "/registrar.db" }
    var log: String { directory + "/registrar.db-wal" }
    private var lock: String { directory + "/open.lock" }

    var exists: Bool {
        get throws(RegistrarStoreError) {
            let status = try RegistrarStoreError.wrapping { () throws(SystemError) in
                try Files.status(database)
            }
            return (status?.sizeBytes ?? 0) > 0
        }
    }

    /// Makes the directory (0700) and an empty database file (0600); SQLite gives its other files the same mode.
    func prepare() throws(RegistrarStoreError) {
        try RegistrarStoreError.wrapping { () throws(SystemError) in
            try Files.makeDirectories(directory, mode: 0o700)
            if try Files.status(database) == nil {
                _ = try Files.open(database, [.read, .write, .create], mode: 0o600)
                try Files.syncDirectory(directory)
            }
        }
    }

    /// Waits until no other process makes or migrates the registrar.
    func openingLock() throws(RegistrarStoreError) -> FileLock {
        try RegistrarStoreError.wrapping { () throws(SystemError) in try FileLock.acquire(lock) }
    }

    /// The first connection, with the file at the newest schema.
    func adopt() throws(RegistrarStoreError) -> SQLiteConnection {
        try RegistrarStoreError.wrapping { () throws(SQLiteError) in
            let connection = try SQLiteConnection(path: database)
            try connection.adopt(RegistrarSchema.current)
            return connection
        }
    }

    /// A further connection.
    func join() throws(RegistrarStoreError) -> SQLiteConnection {
        try RegistrarStoreError.wrapping { () throws(SQLiteError) in
            let connection = try SQLiteConnection(path: database)
            try connection.join(RegistrarSchema.current)
            return connection
        }
    }
}
