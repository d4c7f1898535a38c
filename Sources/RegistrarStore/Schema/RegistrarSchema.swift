import AuditLog
import SQLite

/// What the registrar's database looks like. Migrations are named and never edited once released.
enum RegistrarSchema {
    /// `MSTR`: tells the file from other programs' databases.
    static let applicationID: Int32 = 0x4D53_5452

    static let current = Schema(
        applicationID: applicationID,
        migrations: [
            Migration("administration", administration), Migration("devices", devices),
            Migration("operations", operations), Migration("feed", feed), AuditChain.migration,
            Migration("jobs", jobs), Migration("revocations", revocations),
            Migration("operator keys", operatorKeys), Migration("sign-ins", signIns),
            Migration("settings", settings), Migration("enrolments", enrolments),
            Migration("targets", targets),
            Migration("sign-in origins", signInOrigins), Migration("seen targets", seenTargets),
            Migration("fleet", fleet),
        ])

    /// Who the registrar is, with its counters, and what it administers.
    private static let administration = """
        CREATE TABLE meta(
            id INTEGER PRIMARY KEY CHECK (id = 1),
            registrar_id TEXT NOT NULL,
            name TEXT NOT NULL,
            receipt_sequence INTEGER NOT NULL,
            change_sequence INTEGER NOT NULL,
            products_change INTEGER NOT NULL,
            feed_floor INTEGER NOT NULL,
            audit_sequence INTEGER NOT NULL,
            audit_head TEXT NOT NULL
        ) STRICT;

        CREATE TABLE tenant(
            tenant_id TEXT PRIMARY KEY,
            name TEXT NOT NULL,
            catalogue_change INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE site(
            tenant TEXT NOT NULL REFERENCES tenant(tenant_id),
            site_id TEXT NOT NULL,
            name TEXT NOT NULL,
            PRIMARY KEY (tenant, site_id)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE product(product_id TEXT PRIMARY KEY, content TEXT NOT NULL) STRICT, WITHOUT ROWID;

        CREATE TABLE operator(operator_id TEXT PRIMARY KEY, content TEXT NOT NULL) STRICT, WITHOUT ROWID;

        CREATE TABLE token(
            hash TEXT PRIMARY KEY,
            operator_id TEXT NOT NULL REFERENCES operator(operator_id),
            issued_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        """

    /// Devices, what finds them, and what they have held. `folded` is the identifier's value as people search for it.
    private static let devices = """
        CREATE TABLE device(
            device_id TEXT PRIMARY KEY,
            tenant TEXT,
            record TEXT NOT NULL,
            registered TEXT NOT NULL,
            restricted_to TEXT,
            claim_salt BLOB,
            claim_hash BLOB
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX device_of_tenant ON device(tenant);

        CREATE TABLE identifier(
            identifier TEXT PRIMARY KEY,
            device_id TEXT NOT NULL REFERENCES device(device_id),
            serial TEXT,
            folded TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX identifier_of_device ON identifier(device_id);
        CREATE INDEX identifier_by_serial ON identifier(serial) WHERE serial IS NOT NULL;
        CREATE INDEX identifier_by_text ON identifier(folded);

        CREATE TABLE device_key(
            public_key_hash TEXT PRIMARY KEY,
            device_id TEXT NOT NULL REFERENCES device(device_id)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE certificate(
            serial_number TEXT PRIMARY KEY,
            device_id TEXT NOT NULL REFERENCES device(device_id),
            operation_id TEXT NOT NULL,
            summary TEXT NOT NULL,
            chain TEXT NOT NULL,
            issued_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE wrong_claim_code(
            at INTEGER NOT NULL,
            device_id TEXT NOT NULL,
            operator_id TEXT NOT NULL
        ) STRICT;
        CREATE INDEX wrong_claim_code_at ON wrong_claim_code(at);
        """

    /// One row for each operation that was seen: the proof against doing one twice.
    private static let operations = """
        CREATE TABLE operation(
            operation_id TEXT PRIMARY KEY,
            payload_hash TEXT NOT NULL,
            payload BLOB NOT NULL,
            tenant TEXT NOT NULL,
            kind TEXT NOT NULL,
            operator_id TEXT NOT NULL,
            store_id TEXT NOT NULL,
            epoch INTEGER NOT NULL,
            lane TEXT NOT NULL,
            lane_sequence INTEGER NOT NULL,
            supersedes TEXT,
            summary TEXT NOT NULL,
            at INTEGER NOT NULL,
            problem TEXT,
            device_id TEXT REFERENCES device(device_id),
            device_version INTEGER,
            outcome TEXT,
            receipt TEXT,
            CHECK ((problem IS NULL) = (receipt IS NOT NULL))
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX operation_of_lane ON operation(store_id, lane, epoch, lane_sequence);
        CREATE INDEX operation_of_device ON operation(device_id, operator_id);
        CREATE INDEX operation_superseding ON operation(supersedes) WHERE supersedes IS NOT NULL;
        CREATE TRIGGER operation_settled BEFORE UPDATE ON operation WHEN OLD.receipt IS NOT NULL BEGIN
            SELECT RAISE(ABORT, 'a receipt is never changed');
        END;
        """

    /// Per tenant the newest change of each device in its view; `removed` marks a tombstone.
    private static let feed = """
        CREATE TABLE change(
            tenant TEXT NOT NULL,
            device_id TEXT NOT NULL,
            sequence INTEGER NOT NULL UNIQUE,
            removed INTEGER NOT NULL,
            at INTEGER NOT NULL,
            PRIMARY KEY (tenant, device_id)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX change_of_tenant ON change(tenant, sequence);
        """

    /// Work orders. A closed one keeps its row, so that its name is not used again.
    private static let jobs = """
        CREATE TABLE job(
            tenant TEXT NOT NULL,
            job_id TEXT NOT NULL,
            site TEXT NOT NULL,
            content TEXT NOT NULL,
            added_at INTEGER NOT NULL,
            closed_at INTEGER,
            PRIMARY KEY (tenant, job_id),
            FOREIGN KEY (tenant, site) REFERENCES site(tenant, site_id)
        ) STRICT;
        CREATE INDEX job_open ON job(tenant, job_id) WHERE closed_at IS NULL;
        """

    /// Certificates that are trusted no longer, and the list of them that was signed last.
    private static let revocations = """
        CREATE TABLE revocation(
            serial_number TEXT PRIMARY KEY REFERENCES certificate(serial_number),
            operation_id TEXT NOT NULL,
            reason TEXT NOT NULL,
            at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE revocation_list(
            id INTEGER PRIMARY KEY CHECK (id = 1),
            number INTEGER NOT NULL,
            made_at INTEGER NOT NULL,
            revocations INTEGER NOT NULL,
            der BLOB NOT NULL
        ) STRICT;
        CREATE INDEX certificate_of_device ON certificate(device_id);
        """

    /// What an administrator has set, such as the public address.
    private static let settings = """
        CREATE TABLE setting(name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
        """

    /// Certificates that an issuer outside makes, one row for each operation that needs one: written before the issuer is
    /// asked. `certificate.issuer` is NULL for those of the registrar's own authority.
    private static let enrolments = """
        CREATE TABLE enrolment(
            operation_id TEXT PRIMARY KEY,
            issuer TEXT NOT NULL,
            request BLOB NOT NULL,
            renews INTEGER NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('due', 'sent', 'issued', 'refused')),
            attempts INTEGER NOT NULL,
            not_before INTEGER NOT NULL,
            issued TEXT,
            reason TEXT,
            CHECK ((state = 'issued') = (issued IS NOT NULL))
        ) STRICT, WITHOUT ROWID;
        ALTER TABLE certificate ADD COLUMN issuer TEXT;
        """
}
