extension StoreSchema {
    /// Keys that operators sign with, and the signatures of operations.
    ///
    /// `private_key` is empty where it lies in the operator's vault, and where `retired`: such a key signs nothing more,
    /// and what it signed is still to be sent. `proof` goes with the public half to the registrar.
    static let signaturesMigration = """
        CREATE TABLE operator_key(
            key_id TEXT PRIMARY KEY,
            registrar TEXT NOT NULL,
            operator_id TEXT NOT NULL,
            public_key BLOB NOT NULL,
            proof BLOB NOT NULL,
            private_key TEXT NOT NULL,
            made_at INTEGER NOT NULL,
            registered_at INTEGER,
            retired INTEGER NOT NULL DEFAULT 0
        ) STRICT, WITHOUT ROWID;
        CREATE UNIQUE INDEX operator_key_current ON operator_key(registrar, operator_id) WHERE retired = 0;

        ALTER TABLE operation ADD COLUMN key_id TEXT;
        ALTER TABLE operation ADD COLUMN signature TEXT;
        CREATE TRIGGER operation_signature_frozen BEFORE UPDATE OF key_id, signature ON operation BEGIN
            SELECT RAISE(ABORT, 'an accepted operation is never edited');
        END;
        """
}
