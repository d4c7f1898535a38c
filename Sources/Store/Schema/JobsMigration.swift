extension StoreSchema {
    /// Jobs of the catalogue, and what ties operations to them.
    ///
    /// `job` and `placed_at` repeat what the frozen bytes of an operation say, since those are given up once it is archived.
    /// Both indexes are partial: capturing outside a job costs nothing more.
    static let jobsMigration = """
        CREATE TABLE job(
            registrar TEXT NOT NULL,
            tenant TEXT NOT NULL,
            job TEXT NOT NULL,
            content TEXT NOT NULL,
            PRIMARY KEY (registrar, tenant, job)
        ) STRICT;

        ALTER TABLE operation ADD COLUMN job TEXT;
        ALTER TABLE operation ADD COLUMN placed_at TEXT;
        UPDATE operation SET job = json_extract(CAST(payload AS TEXT), '$.job'),
            placed_at = json_extract(CAST(payload AS TEXT), '$.body.place.position')
            WHERE length(payload) > 0 AND json_valid(CAST(payload AS TEXT));
        CREATE INDEX operation_of_job ON operation(job, lane) WHERE job IS NOT NULL;
        CREATE INDEX device_of_site ON device(tenant, site) WHERE device_id IS NOT NULL;

        CREATE TRIGGER operation_job_frozen BEFORE UPDATE OF job, placed_at ON operation BEGIN
            SELECT RAISE(ABORT, 'an accepted operation is never edited');
        END;
        """
}
