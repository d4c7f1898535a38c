/// One named step of a schema, never edited after a release.
package struct Migration: Sendable {
    package var name: String
    package var sql: String

    package init(_ name: String, _ sql: String) {
        self.name = name
        self.sql = sql
    }
}

/// What a kind of database file is: whose it is and how its schema grew.
package struct Schema: Sendable {
    /// SQLite's `application_id`, which tells the file from other programs' databases.
    package var applicationID: Int32
    package var migrations: [Migration]

    package init(applicationID: Int32, migrations: [Migration]) {
        self.applicationID = applicationID
        self.migrations = migrations
    }
}

extension SQLiteConnection {
    /// Brings the file to the newest schema, each migration in one transaction, then sets how it is written.
    ///
    /// A file of another program, or of a newer version, is refused before anything in it changes.
    package func adopt(_ schema: Schema) throws(SQLiteError) {
        try checkOwner(schema)
        try execute(
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=0; PRAGMA secure_delete=ON"
        )
        while try version() < schema.migrations.count {
            try transaction { () throws(SQLiteError) in
                // Another process may have migrated while this one waited for the lock.
                let version = try version()
                guard version < schema.migrations.count else { return }
                try execute(schema.migrations[version].sql)
                try execute(
                    "PRAGMA application_id=\(schema.applicationID); PRAGMA user_version=\(version + 1)")
            }
        }
    }

    /// Sets up a connection that shares a file which is in order already.
    package func join(_ schema: Schema) throws(SQLiteError) {
        try checkOwner(schema)
        try execute("PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=0; PRAGMA secure_delete=ON")
    }

    private func checkOwner(_ schema: Schema) throws(SQLiteError) {
        let owner = try integer("PRAGMA application_id", "application_id")
        let version = try version()
        let isEmpty = try integer("SELECT count(*) AS tables FROM sqlite_schema", "tables") == 0
        guard owner == Int(schema.applicationID) || owner == 0 && version == 0 && isEmpty else {
            throw .foreignFile(path: path)
        }
        guard version <= schema.migrations.count else {
            throw .newer(path: path, found: version, known: schema.migrations.count)
        }
    }

    private func version() throws(SQLiteError) -> Int {
        try integer("PRAGMA user_version", "user_version")
    }

    private func integer(_ sql: String, _ column: String) throws(SQLiteError) -> Int {
        try run(sql).first?.integer(column) ?? 0
    }
}
