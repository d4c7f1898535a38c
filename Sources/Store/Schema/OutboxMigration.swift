extension StoreSchema {
    /// Operations and the counters that the conservation law compares.
    ///
    /// `accepted` in `meta` is counted by the code that accepts; `state_count` by triggers on the rows.
    /// They agree as long as no row was lost, doubled or changed behind the code's back. `position` is
    /// the order of acceptance; `send_order` is the position whose turn the operation takes in its
    /// lane: its own, or that of the one it supersedes.
    static let outboxMigration = """
        CREATE TABLE meta(
            id INTEGER PRIMARY KEY CHECK (id = 1),
            store_id TEXT NOT NULL,
            epoch INTEGER NOT NULL,
            accepted INTEGER NOT NULL,
            fencing INTEGER NOT NULL,
            audit_sequence INTEGER NOT NULL,
            audit_head TEXT NOT NULL
        ) STRICT;

        CREATE TABLE operation(
            position INTEGER PRIMARY KEY,
            operation_id TEXT NOT NULL UNIQUE,
            kind TEXT NOT NULL,
            tenant TEXT NOT NULL,
            site TEXT,
            lane TEXT NOT NULL,
            lane_sequence INTEGER NOT NULL,
            store_id TEXT NOT NULL,
            epoch INTEGER NOT NULL,
            send_order INTEGER NOT NULL,
            operator_id TEXT NOT NULL,
            registrar TEXT,
            summary TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('queued','held','blocked','ready','in_flight','in_doubt',
                'waiting','rejected','applied','superseded','withdrawn','archived')),
            accepted_at INTEGER NOT NULL,
            changed_at INTEGER NOT NULL,
            attempts INTEGER NOT NULL DEFAULT 0,
            retry_at INTEGER,
            problem TEXT,
            receipt TEXT,
            receipt_jws TEXT,
            payload_hash TEXT NOT NULL,
            payload BLOB NOT NULL,
            UNIQUE (lane, lane_sequence, epoch, store_id)
        ) STRICT;

        CREATE INDEX operation_open ON operation(lane, registrar, send_order, position)
            WHERE state IN ('queued','held','blocked','ready','in_flight','in_doubt','waiting','rejected');
        CREATE INDEX operation_by_state ON operation(state, position);

        CREATE TABLE state_count(state TEXT PRIMARY KEY, operations INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        INSERT INTO state_count(state, operations) VALUES ('queued',0), ('held',0), ('blocked',0),
            ('ready',0), ('in_flight',0), ('in_doubt',0), ('waiting',0), ('rejected',0), ('applied',0),
            ('superseded',0), ('withdrawn',0), ('archived',0);

        CREATE TRIGGER operation_counted AFTER INSERT ON operation BEGIN
            UPDATE state_count SET operations = operations + 1 WHERE state = NEW.state;
        END;
        CREATE TRIGGER operation_recounted AFTER UPDATE OF state ON operation
            WHEN OLD.state <> NEW.state
        BEGIN
            UPDATE state_count SET operations = operations - 1 WHERE state = OLD.state;
            UPDATE state_count SET operations = operations + 1 WHERE state = NEW.state;
        END;
        CREATE TRIGGER operation_uncounted AFTER DELETE ON operation BEGIN
            UPDATE state_count SET operations = operations - 1 WHERE state = OLD.state;
        END;
        CREATE TRIGGER operation_frozen BEFORE UPDATE OF operation_id, lane, lane_sequence, store_id, epoch,
            payload_hash, payload ON operation
            WHEN NEW.state <> 'archived' OR length(NEW.payload) > 0 OR NEW.operation_id <> OLD.operation_id
                OR NEW.payload_hash <> OLD.payload_hash OR NEW.lane <> OLD.lane
                OR NEW.lane_sequence <> OLD.lane_sequence
        BEGIN
            SELECT RAISE(ABORT, 'an accepted operation is never edited');
        END;
        """
}
