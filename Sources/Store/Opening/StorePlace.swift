import Processes
import SQLite

/// Where a store keeps its files, and how they are opened.
struct StorePlace: Sendable {
    let directory: String

    var database: String { directory + "/store.db" }
    var log: String { directory + "/store.db-wal" }
    var ballast: String { directory + "/ballast" }
    private var openLock: String { directory + "/open.lock" }
    var senderLock: String { directory + "/sender.lock" }

    /// Makes the directory (0700) and an empty database file (0600); SQLite gives its other files the
    /// same mode.
    func prepare() throws(StoreError) {
        try StoreError.wrapping { () throws(SystemError) in
            try Files.makeDirectories(directory, mode: 0o700)
            if try Files.status(database) == nil {
                _ = try Files.open(database, [.read, .write, .create], mode: 0o600)
                try Files.syncDirectory(directory)
            }
        }
    }

    /// Waits until no other process makes or migrates the store.
    func openingLock() throws(StoreError) -> FileLock {
        try StoreError.wrapping { () throws(SystemError) in try FileLock.acquire(openLock) }
    }

    func connect() throws(StoreError) -> SQLiteConnection {
        try StoreError.wrapping { () throws(SQLiteError) in
            let connection = try SQLiteConnection(path: database)
            try connection.execute("PRAGMA journal_size_limit=\(StoreLimits.keptLogBytes)")
            return connection
        }
    }

    /// The first connection, with the file at the newest schema. On a full disk the ballast is given up
    /// for it.
    func adopt() throws(StoreError) -> SQLiteConnection {
        do throws(StoreError) {
            return try adoptOnce()
        } catch {
            guard error.isDiskFull, try Ballast(path: ballast).release() else { throw error }
            return try adoptOnce()
        }
    }

    private func adoptOnce() throws(StoreError) -> SQLiteConnection {
        let connection = try connect()
        try StoreError.wrapping { () throws(SQLiteError) in try connection.adopt(StoreSchema.current) }
        return connection
    }

    /// A further connection to a store that is in order.
    func join() throws(StoreError) -> SQLiteConnection {
        let connection = try connect()
        try StoreError.wrapping { () throws(SQLiteError) in try connection.join(StoreSchema.current) }
        return connection
    }

}
