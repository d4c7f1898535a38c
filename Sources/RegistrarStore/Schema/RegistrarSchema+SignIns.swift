extension RegistrarSchema {
    /// Passwords as scrypt keeps them, wrong ones that were tried, the end of tokens that have one, and the certificate of
    /// the tablet that alone may show a token.
    ///
    /// A failure names an operator that need not exist: trying names through looks like trying passwords through.
    static let signIns = """
        CREATE TABLE operator_password(
            operator_id TEXT PRIMARY KEY REFERENCES operator(operator_id),
            verifier BLOB NOT NULL,
            set_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE sign_in_failure(
            at INTEGER NOT NULL,
            operator_id TEXT NOT NULL
        ) STRICT;
        CREATE INDEX sign_in_failure_of_operator ON sign_in_failure(operator_id, at);
        CREATE INDEX sign_in_failure_at ON sign_in_failure(at);

        ALTER TABLE token ADD COLUMN valid_until INTEGER;
        ALTER TABLE token ADD COLUMN bound_to TEXT;
        """

    /// From where passwords were tried: `tablet` is one that the operator has signed in on before, NULL for strangers.
    static let signInOrigins = """
        ALTER TABLE sign_in_failure ADD COLUMN tablet TEXT;
        ALTER TABLE sign_in_failure ADD COLUMN address TEXT NOT NULL DEFAULT '';
        CREATE INDEX sign_in_failure_of_address ON sign_in_failure(address, at);

        CREATE TABLE sign_in_tablet(
            operator_id TEXT NOT NULL REFERENCES operator(operator_id),
            tablet TEXT NOT NULL,
            at INTEGER NOT NULL,
            PRIMARY KEY (operator_id, tablet)
        ) STRICT, WITHOUT ROWID;
        """
}
