internal import CSQLite

/// One connection to one database file. Not `Sendable`: exactly one actor owns it.
///
/// Settings, each with its reason: WAL, so that readers never wait; `synchronous=FULL`, because with NORMAL a commit
/// that was called saved is lost by a power cut; `wal_autocheckpoint=0`, because a checkpoint must not overlap another
/// connection's write on SQLite older than 3.51.3 (see `checkpoint`); `trusted_schema=OFF` and defensive mode against
/// hostile files; `secure_delete` so that deleted rows leave no bytes behind.
package final class SQLiteConnection {
    package enum Access: Sendable {
        case readWrite, readOnly
    }

    package let path: String
    private let database: OpaquePointer
    private var statements: [String: OpaquePointer] = [:]

    /// Opens the file, and makes it when it is missing and `access` allows.
    package init(
        path: String, access: Access = .readWrite, busyTimeoutMilliseconds: Int32 = 5000
    ) throws(SQLiteError) {
        self.path = path
        let mode =
            switch access {
            case .readWrite: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
            case .readOnly: SQLITE_OPEN_READONLY
            }
        var handle: OpaquePointer?
        let status = sqlite3_open_v2(
            path, &handle, mode | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nil)
        guard status == SQLITE_OK, let handle else {
            let error = Self.error(status, database: handle, path: path)
            sqlite3_close_v2(handle)
            throw error
        }
        database = handle
        sqlite3_busy_timeout(database, busyTimeoutMilliseconds)
        _ = csqlite_defensive(database)
        try execute(
            "PRAGMA trusted_schema=OFF; PRAGMA foreign_keys=ON; PRAGMA cell_size_check=ON; PRAGMA mmap_size=0"
        )
    }

    deinit {
        for statement in statements.values { sqlite3_finalize(statement) }
        sqlite3_close_v2(database)
    }

    /// Runs statements without parameters, such as a migration.
    package func execute(_ sql: String) throws(SQLiteError) {
        let status = sqlite3_exec(database, sql, nil, nil, nil)
        guard status == SQLITE_OK else { throw Self.error(status, database: database, path: path) }
    }

    /// Runs one statement with its parameters bound and returns its rows. Statements are kept for the next time.
    @discardableResult
    package func run(_ sql: String, _ parameters: SQLiteValue...) throws(SQLiteError) -> [SQLiteRow] {
        try run(sql, parameters)
    }

    @discardableResult
    package func run(_ sql: String, _ parameters: [SQLiteValue]) throws(SQLiteError) -> [SQLiteRow] {
        let statement = try prepare(sql)
        defer {
            sqlite3_reset(statement)
            sqlite3_clear_bindings(statement)
        }
        for (index, value) in parameters.enumerated() {
            let status = Self.bind(value, to: statement, at: Int32(index + 1))
            guard status == SQLITE_OK else { throw Self.error(status, database: database, path: path) }
        }
        var rows: [SQLiteRow] = []
        while true {
            let status = sqlite3_step(statement)
            if status == SQLITE_DONE { return rows }
            guard status == SQLITE_ROW else { throw Self.error(status, database: database, path: path) }
            rows.append(Self.row(of: statement))
        }
    }

    /// How many rows the last statement changed.
    package var changedRows: Int { Int(sqlite3_changes(database)) }

    private func prepare(_ sql: String) throws(SQLiteError) -> OpaquePointer {
        if let statement = statements[sql] { return statement }
        var statement: OpaquePointer?
        let status = sqlite3_prepare_v3(
            database, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &statement, nil)
        guard status == SQLITE_OK, let statement else {
            throw Self.error(status, database: database, path: path)
        }
        statements[sql] = statement
        return statement
    }

    private static func bind(_ value: SQLiteValue, to statement: OpaquePointer, at index: Int32) -> Int32 {
        switch value {
        case .null: return sqlite3_bind_null(statement, index)
        case .integer(let integer): return sqlite3_bind_int64(statement, index, integer)
        case .real(let real): return sqlite3_bind_double(statement, index, real)
        case .text(let text):
            return Array(text.utf8).withUnsafeBytes { bytes in
                csqlite_bind_text(
                    statement, index, bytes.baseAddress?.assumingMemoryBound(to: CChar.self) ?? emptyText,
                    Int32(bytes.count))
            }
        case .blob(let blob):
            guard !blob.isEmpty else { return sqlite3_bind_zeroblob(statement, index, 0) }
            return blob.withUnsafeBytes {
                csqlite_bind_blob(statement, index, $0.baseAddress, Int32($0.count))
            }
        }
    }

    /// A valid address for text of no bytes, since a null pointer would bind NULL.
    nonisolated(unsafe) private static let emptyText: UnsafePointer<CChar> = {
        let text = UnsafeMutablePointer<CChar>.allocate(capacity: 1)
        text.initialize(to: 0)
        return UnsafePointer(text)
    }()

    private static func row(of statement: OpaquePointer) -> SQLiteRow {
        var values: [String: SQLiteValue] = [:]
        for column in 0..<sqlite3_column_count(statement) {
            let name = sqlite3_column_name(statement, column).map { String(cString: $0) } ?? ""
            values[name] = value(of: statement, at: column)
        }
        return SQLiteRow(values: values)
    }

    private static func value(of statement: OpaquePointer, at column: Int32) -> SQLiteValue {
        let count = Int(sqlite3_column_bytes(statement, column))
        switch sqlite3_column_type(statement, column) {
        case SQLITE_INTEGER: return .integer(sqlite3_column_int64(statement, column))
        case SQLITE_FLOAT: return .real(sqlite3_column_double(statement, column))
        case SQLITE_TEXT:
            let bytes = UnsafeBufferPointer(start: sqlite3_column_text(statement, column), count: count)
            return .text(String(decoding: bytes, as: UTF8.self))
        case SQLITE_BLOB:
            return .blob(
                Array(UnsafeRawBufferPointer(start: sqlite3_column_blob(statement, column), count: count)))
        default: return .null
        }
    }

    /// The typed error of a status; the library's message is read at once, before another call changes it.
    private static func error(_ status: Int32, database: OpaquePointer?, path: String) -> SQLiteError {
        let reason = String(cString: database.map { sqlite3_errmsg($0) } ?? sqlite3_errstr(status))
        switch status & 0xFF {
        case SQLITE_FULL: return .diskFull(path: path)
        case SQLITE_IOERR:
            // A failed write or growth of the shared memory is how a full disk or quota shows itself.
            let full = [SQLITE_IOERR | (3 << 8), SQLITE_IOERR | (19 << 8)]
            return full.contains(status)
                ? .diskFull(path: path) : .inputOutput(path: path, code: status, reason: reason)
        case SQLITE_BUSY, SQLITE_LOCKED: return .busy
        case SQLITE_READONLY: return .readOnly(path: path)
        case SQLITE_CANTOPEN, SQLITE_PERM: return .cannotOpen(path: path, reason: reason)
        case SQLITE_CORRUPT, SQLITE_NOTADB: return .corrupt(path: path, reason: reason)
        case SQLITE_CONSTRAINT: return .constraint(reason)
        default: return .misuse(code: status, reason: reason)
        }
    }
}
