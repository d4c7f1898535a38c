extension RegistrarSchema {
    /// What the registrar has seen of targets by itself, in JSON; an account's own numbers in place of its cloud's documents; and
    /// work that was taken up anew at another target, of which the older row stays as cancelled.
    static let seenTargets = """
        CREATE TABLE target_seen(
            target_id TEXT PRIMARY KEY REFERENCES target(target_id) ON DELETE CASCADE,
            health TEXT NOT NULL,
            clock TEXT
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE own_limit(
            account TEXT NOT NULL,
            name TEXT NOT NULL,
            count INTEGER NOT NULL,
            seconds INTEGER,
            PRIMARY KEY (account, name)
        ) STRICT, WITHOUT ROWID;

        DROP INDEX target_work_awaited;
        CREATE UNIQUE INDEX target_work_awaited ON target_work(operation_id)
            WHERE timing = 'awaited' AND state <> 'cancelled';
        """
}
