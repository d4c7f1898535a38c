extension StoreSchema {
    /// The end of sessions that have one, and what the tablet shows of itself to each registrar.
    static let signInsMigration = """
        ALTER TABLE session ADD COLUMN valid_until INTEGER;

        CREATE TABLE tablet_identity(
            registrar TEXT PRIMARY KEY,
            certificate TEXT NOT NULL,
            private_key TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        """
}
