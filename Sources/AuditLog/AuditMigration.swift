package import SQLite

extension AuditChain {
    /// The table of a chain: rows are added, never changed or taken away.
    package static let migration = Migration(
        "audit",
        """
        CREATE TABLE audit(
            sequence INTEGER PRIMARY KEY,
            at INTEGER NOT NULL,
            action TEXT NOT NULL,
            actor TEXT,
            subject TEXT NOT NULL,
            detail TEXT NOT NULL,
            previous_hash TEXT NOT NULL,
            hash TEXT NOT NULL
        ) STRICT;

        CREATE TRIGGER audit_unchanged BEFORE UPDATE ON audit BEGIN
            SELECT RAISE(ABORT, 'an audit entry is never changed');
        END;
        CREATE TRIGGER audit_kept BEFORE DELETE ON audit BEGIN
            SELECT RAISE(ABORT, 'an audit entry is never taken away');
        END;
        """)
}
