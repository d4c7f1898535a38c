extension RegistrarSchema {
    /// Keys that operators sign with. A key that ended keeps its row: it never comes back under another name.
    static let operatorKeys = """
        CREATE TABLE operator_key(
            key_id TEXT PRIMARY KEY,
            operator_id TEXT NOT NULL REFERENCES operator(operator_id),
            public_key TEXT NOT NULL,
            valid_from INTEGER NOT NULL,
            valid_until INTEGER,
            revoked INTEGER NOT NULL DEFAULT 0
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX operator_key_of_operator ON operator_key(operator_id);
        CREATE TRIGGER operator_key_kept BEFORE UPDATE OF key_id, operator_id, public_key ON operator_key BEGIN
            SELECT RAISE(ABORT, 'a key is never changed');
        END;
        CREATE TRIGGER operator_key_ended BEFORE UPDATE ON operator_key WHEN OLD.revoked = 1 BEGIN
            SELECT RAISE(ABORT, 'an ended key stays ended');
        END;
        """
}
