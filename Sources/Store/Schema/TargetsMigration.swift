extension StoreSchema {
    /// Where a device is provisioned, by its receipt or the feed; what its service is believed by, and its symmetric key as it
    /// came sealed, with the operation that it came for.
    static let targetsMigration = """
        CREATE TABLE device_target(
            lane TEXT PRIMARY KEY REFERENCES device(lane) ON DELETE CASCADE,
            target TEXT NOT NULL,
            service_roots TEXT,
            sealed_key TEXT,
            operation_id TEXT
        ) STRICT, WITHOUT ROWID;
        """
}
