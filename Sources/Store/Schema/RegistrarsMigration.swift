extension StoreSchema {
    /// Registrars, who is signed in to them, their catalogue per tenant, and the clock offsets
    /// measured.
    static let registrarsMigration = """
        CREATE TABLE registrar(
            registrar TEXT PRIMARY KEY,
            profile TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE session(
            registrar TEXT NOT NULL REFERENCES registrar(registrar),
            operator_id TEXT NOT NULL,
            token TEXT NOT NULL,
            chosen INTEGER NOT NULL,
            PRIMARY KEY (registrar, operator_id)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE feed(
            registrar TEXT NOT NULL,
            tenant TEXT NOT NULL,
            tenant_name TEXT,
            cursor TEXT,
            generation INTEGER NOT NULL,
            pulled_at INTEGER,
            PRIMARY KEY (registrar, tenant)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE site(
            registrar TEXT NOT NULL,
            tenant TEXT NOT NULL,
            site TEXT NOT NULL,
            name TEXT NOT NULL,
            PRIMARY KEY (registrar, tenant, site)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE product(
            registrar TEXT NOT NULL,
            tenant TEXT NOT NULL,
            product TEXT NOT NULL,
            content TEXT NOT NULL,
            PRIMARY KEY (registrar, tenant, product)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE clock_offset(
            boot_id TEXT PRIMARY KEY,
            offset_ms INTEGER NOT NULL,
            error_ms INTEGER NOT NULL,
            measured_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        """
}
