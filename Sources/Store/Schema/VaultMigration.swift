extension StoreSchema {
    /// Vaults and what lies sealed in them. A session whose token is empty has it there.
    static let vaultMigration = """
        CREATE TABLE vault(
            registrar TEXT NOT NULL,
            operator_id TEXT NOT NULL,
            wrapping BLOB NOT NULL,
            failures INTEGER NOT NULL DEFAULT 0,
            last_failure INTEGER,
            PRIMARY KEY (registrar, operator_id)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE vault_secret(
            registrar TEXT NOT NULL,
            operator_id TEXT NOT NULL,
            name TEXT NOT NULL,
            sealed BLOB NOT NULL,
            PRIMARY KEY (registrar, operator_id, name),
            FOREIGN KEY (registrar, operator_id) REFERENCES vault(registrar, operator_id)
        ) STRICT, WITHOUT ROWID;
        """
}
