import Glibc
import SQLite
import TestSupport
import Testing

private let schema = Schema(
    applicationID: 0x4D54_5354,
    migrations: [
        Migration(
            "things", "CREATE TABLE thing(id INTEGER PRIMARY KEY, name TEXT NOT NULL, blob BLOB) STRICT")
    ])

@Suite struct SQLiteConnectionTests {
    private let directory: TemporaryDirectory
    private let path: String

    init() throws {
        directory = try TemporaryDirectory()
        path = directory.file("test.db")
    }

    @Test func `values come back as they went in, empty text and NUL included`() throws {
        let connection = try SQLiteConnection(path: path)
        try connection.adopt(schema)
        for (name, blob) in [("", []), ("a\u{0}b", [0, 1, 255]), ("日本", [7])] as [(String, [UInt8])] {
            try connection.run("INSERT INTO thing(name, blob) VALUES (?, ?)", .text(name), .blob(blob))
        }
        let rows = try connection.run("SELECT * FROM thing ORDER BY id")
        #expect(try rows.map { try $0.text("name") } == ["", "a\u{0}b", "日本"])
        #expect(try rows.map { try $0.blob("blob") } == [[], [0, 1, 255], [7]])
    }

    @Test func `a transaction that throws leaves nothing behind`() throws {
        let connection = try SQLiteConnection(path: path)
        try connection.adopt(schema)
        #expect(throws: SQLiteError.malformedRow(column: "made up")) {
            try connection.transaction { () throws(SQLiteError) in
                try connection.run("INSERT INTO thing(name) VALUES ('half')")
                throw SQLiteError.malformedRow(column: "made up")
            }
        }
        #expect(try connection.run("SELECT * FROM thing").isEmpty)
    }

    @Test func `a commit is durable: WAL and full synchronisation are on`() throws {
        let connection = try SQLiteConnection(path: path)
        try connection.adopt(schema)
        #expect(try connection.run("PRAGMA journal_mode").first?.text("journal_mode") == "wal")
        #expect(try connection.run("PRAGMA synchronous").first?.integer("synchronous") == 2)
        #expect(try connection.run("PRAGMA wal_autocheckpoint").first?.integer("wal_autocheckpoint") == 0)
    }

    @Test func `a file of a newer version is refused and not changed`() throws {
        do {
            let connection = try SQLiteConnection(path: path)
            try connection.adopt(schema)
            try connection.execute("PRAGMA user_version=9")
        }
        let before = try bytes(of: path)
        let connection = try SQLiteConnection(path: path)
        #expect(throws: SQLiteError.newer(path: path, found: 9, known: 1)) { try connection.adopt(schema) }
        #expect(try bytes(of: path) == before)
    }

    @Test func `a database of another program is refused`() throws {
        do { try SQLiteConnection(path: path).execute("CREATE TABLE other(x)") }
        let connection = try SQLiteConnection(path: path)
        #expect(throws: SQLiteError.foreignFile(path: path)) { try connection.adopt(schema) }
    }

    @Test func `a file that is no database is called damaged`() throws {
        let file = try #require(fopen(path, "w"))
        fputs(String(repeating: "not a database. ", count: 100), file)
        fclose(file)
        #expect {
            try SQLiteConnection(path: path).adopt(schema)
        } throws: { error in
            guard case SQLiteError.corrupt = error else { return false }
            return true
        }
    }

    @Test func `a checkpoint while another connection writes waits and then empties the log into the file`()
        throws
    {
        let connection = try SQLiteConnection(path: path)
        try connection.adopt(schema)
        try connection.run("INSERT INTO thing(name) VALUES ('kept')")
        let second = try SQLiteConnection(path: path)
        try second.join(schema)
        try second.checkpoint(holding: connection)
        #expect(try second.run("SELECT name FROM thing").first?.text("name") == "kept")
    }

    @Test func `a second writer is told that the store is busy`() throws {
        let connection = try SQLiteConnection(path: path)
        try connection.adopt(schema)
        let second = try SQLiteConnection(path: path, busyTimeoutMilliseconds: 0)
        try connection.transaction { () throws(SQLiteError) in
            #expect(throws: SQLiteError.busy) {
                try second.transaction { () throws(SQLiteError) in }
            }
        }
    }

    private func bytes(of path: String) throws -> [UInt8] {
        let file = try #require(fopen(path, "r"))
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 1 << 20)
        let count = fread(&bytes, 1, bytes.count, file)
        return Array(bytes[..<count])
    }
}
