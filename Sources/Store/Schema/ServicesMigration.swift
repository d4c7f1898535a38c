extension StoreSchema {
    /// The services of a tenant's devices, as the registrar's catalogue has them.
    static let servicesMigration = """
        CREATE TABLE device_service(
            registrar TEXT NOT NULL,
            tenant TEXT NOT NULL,
            content TEXT NOT NULL,
            PRIMARY KEY (registrar, tenant, content)
        ) STRICT, WITHOUT ROWID;
        """
}
