extension RegistrarSchema {
    /// Targets with their sealed secrets, and the journal of what is done at them: one row for each intent, written before
    /// the first call. `governor` is what each account's limits have seen lately.
    ///
    /// Rows of one device at one target are worked off in their order. `not_before` is moved on while a row is being worked on, so that no
    /// second process takes it up, and a crash gives it free again.
    static let targets = """
        CREATE TABLE target(
            target_id TEXT PRIMARY KEY,
            summary TEXT NOT NULL,
            settings TEXT NOT NULL,
            secrets BLOB,
            added_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE target_work(
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            operation_id TEXT NOT NULL,
            device_id TEXT NOT NULL REFERENCES device(device_id),
            target TEXT NOT NULL,
            intent TEXT NOT NULL,
            timing TEXT NOT NULL CHECK (timing IN ('awaited', 'following', 'onceProven')),
            state TEXT NOT NULL CHECK (state IN ('held', 'due', 'done', 'refused', 'cancelled')),
            work TEXT NOT NULL,
            reason TEXT NOT NULL,
            seal_to TEXT,
            issued TEXT,
            result TEXT,
            said TEXT,
            opened_at INTEGER NOT NULL,
            not_before INTEGER NOT NULL,
            CHECK ((state = 'done') = (result IS NOT NULL))
        ) STRICT;
        CREATE INDEX target_work_open ON target_work(device_id, target, number) WHERE state IN ('held', 'due');
        CREATE INDEX target_work_due ON target_work(not_before) WHERE state = 'due';
        CREATE UNIQUE INDEX target_work_awaited ON target_work(operation_id) WHERE timing = 'awaited';

        CREATE TABLE device_proof(
            device_id TEXT PRIMARY KEY REFERENCES device(device_id),
            proof TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE governor(account TEXT PRIMARY KEY, state TEXT NOT NULL) STRICT, WITHOUT ROWID;
        """
}
