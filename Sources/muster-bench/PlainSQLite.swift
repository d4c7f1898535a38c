import CRawCommits
import SQLite
import Store

/// Plain SQLite, which commits again what a store has written: the yardstick of `StoreBenchmark`.
final class PlainSQLite {
    private let handle: OpaquePointer

    /// Follows the store in `directory`, which has accepted nothing yet, in a file of its own beside it.
    init(following directory: String) throws {
        guard let handle = crawcommits_open(directory + "/store.db", directory + "/plain.db", Self.setup)
        else {
            throw BenchmarkError.yardstick("no memory")
        }
        self.handle = handle
        try check()
    }

    deinit { crawcommits_close(handle) }

    /// Commits what the store has accepted since the last call, and says how long that took.
    func follow() throws -> Duration {
        let took = crawcommits_follow(handle)
        try check()
        return .nanoseconds(took)
    }

    /// - Throws: `BenchmarkError.yardstick` unless both files hold the same rows.
    func compare() throws {
        _ = crawcommits_same(handle)
        try check()
    }

    private func check() throws {
        let message = String(cString: crawcommits_message(handle))
        guard message.isEmpty else { throw BenchmarkError.yardstick(message) }
    }

    /// The settings of a store's connection, and its schema.
    private static let setup =
        """
        PRAGMA trusted_schema=OFF; PRAGMA foreign_keys=ON; PRAGMA cell_size_check=ON; PRAGMA mmap_size=0;
        PRAGMA journal_size_limit=\(StoreLimits.keptLogBytes);
        PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=0;
        PRAGMA secure_delete=ON;
        """ + StoreSchema.current.migrations.map(\.sql).joined(separator: ";\n")
}
