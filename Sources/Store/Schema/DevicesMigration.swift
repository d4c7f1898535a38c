extension StoreSchema {
    /// Devices, and every identifier that finds one.
    ///
    /// Few indexes, since each makes every capture dearer; a search reads all identifiers, which are
    /// short. `search` is the identifier's value without case and separators. `feed_generation` tells
    /// rows that a feed which was started anew has confirmed from those it has not.
    static let devicesMigration = """
        CREATE TABLE device(
            lane TEXT PRIMARY KEY,
            identity TEXT NOT NULL,
            tenant TEXT,
            site TEXT,
            position TEXT,
            registrar TEXT,
            device_id TEXT,
            version INTEGER,
            state TEXT,
            certificate_chain TEXT,
            certificate TEXT,
            feed_generation INTEGER NOT NULL DEFAULT 0,
            updated_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX device_by_id ON device(registrar, device_id) WHERE device_id IS NOT NULL;

        CREATE TABLE device_identifier(
            identifier TEXT PRIMARY KEY,
            lane TEXT NOT NULL REFERENCES device(lane) ON DELETE CASCADE,
            search TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX device_identifier_by_lane ON device_identifier(lane);
        """
}
