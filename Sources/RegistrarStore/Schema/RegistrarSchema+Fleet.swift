extension RegistrarSchema {
    /// What is done to whole fleets at targets, and certificates that devices bring with them.
    ///
    /// `fleet_work` has a row for each piece of work, written before its first call; of one subject at one target there is one
    /// open at most. `lobby` pairs first contacts of devices with their owners' claims, by certificate. A
    /// `brought_certificate` is what a device has by somebody else than this registrar: by its maker (`target` is NULL), or
    /// by another account, which has handed it over to that target.
    static let fleet = """
        CREATE TABLE fleet_work(
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            kind TEXT NOT NULL CHECK (kind IN ('authority', 'bulk', 'transfer', 'lobby')),
            target TEXT NOT NULL,
            subject TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('open', 'done', 'refused')),
            work TEXT NOT NULL,
            said TEXT,
            opened_at INTEGER NOT NULL,
            changed_at INTEGER NOT NULL
        ) STRICT;
        CREATE UNIQUE INDEX fleet_work_open ON fleet_work(kind, target, subject) WHERE state = 'open';

        CREATE TABLE lobby(
            fingerprint TEXT PRIMARY KEY,
            entry TEXT NOT NULL,
            changed_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE brought_certificate(
            device_id TEXT PRIMARY KEY REFERENCES device(device_id),
            target TEXT,
            certificate TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        """
}
