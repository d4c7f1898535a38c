#include "crawcommits.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { MOST_COLUMNS = 20, MOST_ROWS = 4096, OPERATION = 0, AUDIT, DEVICE, IDENTIFIER, TABLES };

// One row in memory.
typedef struct {
    int count;
    sqlite3_value *values[MOST_COLUMNS];
} row;

// What is read of the operations after a position, in the order of acceptance, and how it is written.
static const struct {
    const char *read, *insert;
} tables[TABLES] = {
    {"SELECT position, operation_id, kind, tenant, site, lane, lane_sequence, store_id, epoch, send_order, "
     "operator_id, registrar, summary, state, accepted_at, changed_at, payload_hash, payload "
     "FROM operation WHERE position > ? ORDER BY position",
     "INSERT INTO operation(position, operation_id, kind, tenant, site, lane, lane_sequence, store_id, "
     "epoch, send_order, operator_id, registrar, summary, state, accepted_at, changed_at, payload_hash, "
     "payload) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"},
    {"SELECT sequence, at, action, actor, subject, detail, previous_hash, hash FROM audit "
     "WHERE sequence > ? + 1 ORDER BY sequence",
     "INSERT INTO audit(sequence, at, action, actor, subject, detail, previous_hash, hash) "
     "VALUES (?,?,?,?,?,?,?,?)"},
    {"SELECT device.lane, identity, device.tenant, device.site, updated_at FROM operation "
     "JOIN device USING (lane) WHERE operation.position > ? ORDER BY operation.position",
     "INSERT INTO device(lane, identity, tenant, site, updated_at) VALUES (?,?,?,?,?)"},
    {"SELECT identifier, lane, search FROM operation JOIN device_identifier USING (lane) "
     "WHERE position > ? ORDER BY position, identifier",
     "INSERT INTO device_identifier(identifier, lane, search) VALUES (?,?,?)"},
};

struct crawcommits {
    sqlite3 *from, *to;
    sqlite3_stmt *read[TABLES], *insert[TABLES], *begin, *commit, *books;
    row rows[TABLES][MOST_ROWS];
    int counts[TABLES];
    int64_t last;
    char message[256];
};

static int say(crawcommits *it, const char *what, const char *why) {
    snprintf(it->message, sizeof it->message, "%s: %s", what, why);
    return 0;
}

static int prepare(crawcommits *it, sqlite3 *database, const char *sql, sqlite3_stmt **statement) {
    int status = sqlite3_prepare_v3(database, sql, -1, SQLITE_PREPARE_PERSISTENT, statement, NULL);
    return status == SQLITE_OK || say(it, sql, sqlite3_errmsg(database));
}

static int execute(crawcommits *it, const char *sql) {
    return sqlite3_exec(it->to, sql, NULL, NULL, NULL) == SQLITE_OK || say(it, sql, sqlite3_errmsg(it->to));
}

// --- Opening ---

static int open_both(crawcommits *it, const char *from, const char *to) {
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
    if (sqlite3_open_v2(from, &it->from, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK)
        return say(it, from, "cannot be opened");
    return sqlite3_open_v2(to, &it->to, flags, NULL) == SQLITE_OK || say(it, to, "cannot be opened");
}

static int attach(crawcommits *it, const char *path) {
    char *sql = sqlite3_mprintf("ATTACH %Q AS source", path);
    int done = sql && execute(it, sql);
    sqlite3_free(sql);
    return done;
}

static int prepare_all(crawcommits *it) {
    for (int i = 0; i < TABLES; i++)
        if (!prepare(it, it->from, tables[i].read, &it->read[i])
            || !prepare(it, it->to, tables[i].insert, &it->insert[i]))
            return 0;
    return prepare(it, it->to, "BEGIN IMMEDIATE", &it->begin) && prepare(it, it->to, "COMMIT", &it->commit)
           && prepare(it, it->to,
                      "UPDATE meta SET audit_sequence = ?, audit_head = ?, accepted = accepted + 1", &it->books);
}

crawcommits *crawcommits_open(const char *from, const char *to, const char *setup) {
    crawcommits *it = calloc(1, sizeof *it);
    if (!it) return NULL;
    (void)(open_both(it, from, to) && execute(it, setup) && attach(it, from)
           && execute(it, "INSERT INTO main.audit SELECT * FROM source.audit; "
                          "INSERT INTO main.meta SELECT * FROM source.meta; DETACH source")
           && prepare_all(it));
    return it;
}

// --- Reading ---

static void forget_rows(crawcommits *it) {
    for (int i = 0; i < TABLES; i++) {
        for (int j = 0; j < it->counts[i]; j++)
            for (int k = 0; k < it->rows[i][j].count; k++) sqlite3_value_free(it->rows[i][j].values[k]);
        it->counts[i] = 0;
    }
}

static int read_rows(crawcommits *it, int table) {
    sqlite3_stmt *statement = it->read[table];
    int status;
    sqlite3_bind_int64(statement, 1, it->last);
    while ((status = sqlite3_step(statement)) == SQLITE_ROW && it->counts[table] < MOST_ROWS) {
        row *row = &it->rows[table][it->counts[table]++];
        row->count = sqlite3_column_count(statement);
        for (int i = 0; i < row->count; i++)
            row->values[i] = sqlite3_value_dup(sqlite3_column_value(statement, i));
    }
    sqlite3_reset(statement);
    return status == SQLITE_DONE || say(it, "reading the store", sqlite3_errmsg(it->from));
}

static int read_all(crawcommits *it) {
    forget_rows(it);
    for (int i = 0; i < TABLES; i++)
        if (!read_rows(it, i)) return 0;
    int count = it->counts[OPERATION];
    return (it->counts[AUDIT] == count && it->counts[DEVICE] == count)
           || say(it, "reading the store", "not one audit entry and one device an operation");
}

// --- Writing ---

static int64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

static int step(crawcommits *it, sqlite3_stmt *statement) {
    int status = sqlite3_step(statement);
    sqlite3_reset(statement);
    return status == SQLITE_DONE || say(it, sqlite3_sql(statement), sqlite3_errmsg(it->to));
}

static int insert(crawcommits *it, int table, int index) {
    const row *row = &it->rows[table][index];
    for (int i = 0; i < row->count; i++) sqlite3_bind_value(it->insert[table], i + 1, row->values[i]);
    return step(it, it->insert[table]);
}

// Whether an identifier belongs to the operation's device.
static int same_lane(const row *operation, const row *identifier) {
    const char *lane = (const char *)sqlite3_value_text(operation->values[5]);
    return strcmp(lane, (const char *)sqlite3_value_text(identifier->values[1])) == 0;
}

static int commit_one(crawcommits *it, int i, int *identifier) {
    const row *audit = &it->rows[AUDIT][i];
    if (!step(it, it->begin) || !insert(it, OPERATION, i) || !insert(it, AUDIT, i) || !insert(it, DEVICE, i))
        return 0;
    while (*identifier < it->counts[IDENTIFIER]
           && same_lane(&it->rows[OPERATION][i], &it->rows[IDENTIFIER][*identifier]))
        if (!insert(it, IDENTIFIER, (*identifier)++)) return 0;
    sqlite3_bind_value(it->books, 1, audit->values[0]);
    sqlite3_bind_value(it->books, 2, audit->values[7]);
    return step(it, it->books) && step(it, it->commit);
}

int64_t crawcommits_follow(crawcommits *it) {
    if (it->message[0] || !read_all(it)) return -1;
    int identifier = 0, count = it->counts[OPERATION];
    int64_t start = now();
    for (int i = 0; i < count; i++)
        if (!commit_one(it, i, &identifier)) return -1;
    int64_t took = now() - start;
    it->last += count;
    return took;
}

// --- The end ---

int crawcommits_same(crawcommits *it) {
    static const char *const all[] = {"meta",   "operation",         "audit",
                                      "device", "device_identifier", "state_count"};
    if (it->message[0] || !attach(it, sqlite3_db_filename(it->from, "main"))) return 0;
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        char *sql = sqlite3_mprintf(
            "SELECT (SELECT count(*) FROM (SELECT * FROM main.%s EXCEPT SELECT * FROM source.%s)) "
            "+ (SELECT count(*) FROM (SELECT * FROM source.%s EXCEPT SELECT * FROM main.%s))",
            all[i], all[i], all[i], all[i]);
        sqlite3_stmt *statement = NULL;
        int same = sql && prepare(it, it->to, sql, &statement) && sqlite3_step(statement) == SQLITE_ROW
                   && sqlite3_column_int64(statement, 0) == 0;
        sqlite3_finalize(statement);
        sqlite3_free(sql);
        if (!same) return it->message[0] ? 0 : say(it, all[i], "the rows differ");
    }
    return 1;
}

const char *crawcommits_message(const crawcommits *it) {
    return it->message;
}

void crawcommits_close(crawcommits *it) {
    forget_rows(it);
    for (int i = 0; i < TABLES; i++) {
        sqlite3_finalize(it->read[i]);
        sqlite3_finalize(it->insert[i]);
    }
    sqlite3_finalize(it->begin);
    sqlite3_finalize(it->commit);
    sqlite3_finalize(it->books);
    sqlite3_close_v2(it->from);
    sqlite3_close_v2(it->to);
    free(it);
}
