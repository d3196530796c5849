#include "store/db.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/log.h"
#include "store/inside.h"

/* How many steps SQLite makes between two looks at the budget. */
enum { BUDGET_SLICE = 1000 };

static const int64_t read_budget = 50 * 1000 * 1000;

/* Nothing is mapped: each loop would hold what it ever read, up to the limit,
 * and a disk that fails would end the process by a signal. Eight loops of 8 MB
 * still leave a small machine its memory; 2 MB made look-ups in a large town
 * take twice as long. */
static const char read_pragmas[] = "PRAGMA query_only = ON;"
                                   "PRAGMA trusted_schema = OFF;"
                                   "PRAGMA temp_store = MEMORY;"
                                   "PRAGMA mmap_size = 0;"
                                   "PRAGMA cache_size = -8000;";

/* The writer checkpoints by itself (writer.c), so nothing happens inside a
 * commit but the commit. */
static const char write_pragmas[] = "PRAGMA synchronous = FULL;"
                                    "PRAGMA foreign_keys = ON;"
                                    "PRAGMA trusted_schema = OFF;"
                                    "PRAGMA cell_size_check = ON;"
                                    "PRAGMA secure_delete = FAST;"
                                    "PRAGMA temp_store = MEMORY;"
                                    "PRAGMA journal_size_limit = 16777216;"
                                    "PRAGMA cache_size = -16000;";

static const char *const own_text[OWN_COUNT] = {
    [OWN_BEGIN_READ] = "BEGIN",     [OWN_BEGIN_WRITE] = "BEGIN IMMEDIATE",
    [OWN_COMMIT] = "COMMIT",        [OWN_ROLLBACK] = "ROLLBACK",
    [OWN_SAVE] = "SAVEPOINT job",   [OWN_RELEASE] = "RELEASE job",
    [OWN_UNDO] = "ROLLBACK TO job",
};

enum err
db_err(int code)
{
    switch (code & 0xff) {
    case SQLITE_OK:
    case SQLITE_ROW:
    case SQLITE_DONE:
        return OK;
    case SQLITE_NOMEM:
        return E_NOMEM;
    case SQLITE_FULL:
        return E_FULL;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return E_BUSY;
    case SQLITE_INTERRUPT:
        return E_TIMEOUT_QUERY;
    case SQLITE_IOERR:
        return code == SQLITE_IOERR_NOMEM ? E_NOMEM : E_IO;
    case SQLITE_CANTOPEN:
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_PERM:
    case SQLITE_READONLY:
        return E_IO;
    case SQLITE_CONSTRAINT:
        return code == SQLITE_CONSTRAINT_UNIQUE ||
                       code == SQLITE_CONSTRAINT_PRIMARYKEY ||
                       code == SQLITE_CONSTRAINT_ROWID
                   ? E_TAKEN
                   : E_BUG;
    default:
        return E_BUG;
    }
}

/* SQLite makes files that others may read, so the file is made here. Only
 * where there is none: closing a second descriptor of a database in use would
 * drop the locks that this process holds on it. */
static enum err
file_make(const char *path)
{
    int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

    if (fd >= 0)
        close(fd);
    else if (errno != EEXIST)
        return errno == ENOSPC ? E_FULL : E_IO;
    return OK;
}

static int
budget_spent(void *arg)
{
    struct db *db = arg;

    db->left -= BUDGET_SLICE;
    return db->left <= 0;
}

static int
wal_grew(void *arg, sqlite3 *handle, const char *name, int pages)
{
    struct db *db = arg;

    (void)handle, (void)name; /* there is one database per connection */
    db->wal_pages = pages;
    return SQLITE_OK;
}

static enum err
wal_begin(struct db *db)
{
    sqlite3_stmt *st = NULL;
    int code =
        sqlite3_prepare_v2(db->handle, "PRAGMA journal_mode = WAL", -1, &st, 0);
    enum err e = db_err(code);

    if (!e) {
        code = sqlite3_step(st);
        e = db_err(code);
        if (code == SQLITE_ROW &&
            sqlite3_stricmp((const char *)sqlite3_column_text(st, 0), "wal"))
            e = E_IO;
    }
    sqlite3_finalize(st);
    sqlite3_wal_hook(db->handle, wal_grew, db);
    return e;
}

/* Prepared before they are needed: a transaction must find its end where
 * memory has run out. */
static enum err
own_prepare(struct db *db)
{
    int code = SQLITE_OK;

    for (int i = 0; i < OWN_COUNT && code == SQLITE_OK; i++)
        code = sqlite3_prepare_v3(db->handle, own_text[i], -1,
                                  SQLITE_PREPARE_PERSISTENT, &db->own[i], NULL);
    return db_err(code);
}

static enum err
db_prepare_to_work(struct db *db, const char *path, enum db_mode mode)
{
    int flags = SQLITE_OPEN_NOMUTEX | (mode == DB_READ ? SQLITE_OPEN_READONLY
                                                       : SQLITE_OPEN_READWRITE);
    enum err e = mode == DB_WRITE ? file_make(path) : OK;

    if (e)
        return e;
    /* Counting memory takes one lock of the whole process at every piece, and
     * the loops would wait for each other. Heeded before the first opening. */
    (void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    if ((e = db_err(sqlite3_open_v2(path, &db->handle, flags, NULL))))
        return e;
    sqlite3_extended_result_codes(db->handle, 1);
    sqlite3_db_config(db->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    /* A loop never waits for a lock; the writer waits for an operator's
     * command that holds it. */
    sqlite3_busy_timeout(db->handle, mode == DB_READ ? 100 : 5000);
    if (mode == DB_READ) {
        db_set_budget(db, read_budget);
        e = db_run(db, read_pragmas);
    } else if (!(e = wal_begin(db))) {
        e = db_run(db, write_pragmas);
    }
    return e ? e : own_prepare(db);
}

enum err
db_open(const char *path, enum db_mode mode,
        const struct statements *statements, struct db **out)
{
    size_t n = (size_t)statements->count + 1;
    struct db *db = calloc(1, sizeof(*db));
    enum err e = E_NOMEM;

    *out = NULL;
    if (!db)
        return E_NOMEM;
    db->statements = statements;
    /* NOLINTNEXTLINE(bugprone-sizeof-expression): pointers are what it has */
    db->st = calloc(n, sizeof(*db->st));
    db->is_open = calloc(n, sizeof(*db->is_open));
    if (db->st && db->is_open)
        e = db_prepare_to_work(db, path, mode);
    if (e) {
        log_event(LOG_ERROR, "database-open", LOG_Z("file", path),
                  LOG_Z("why", db_message(db)));
        db_close(db);
        return e;
    }
    *out = db;
    return OK;
}

void
db_close(struct db *db)
{
    if (!db)
        return;
    for (int i = 0; db->st && i < db->statements->count; i++)
        sqlite3_finalize(db->st[i]);
    for (int i = 0; i < OWN_COUNT; i++)
        sqlite3_finalize(db->own[i]);
    sqlite3_close(db->handle);
    free(db->st);
    free(db->is_open);
    free(db);
}

enum err
db_own(struct db *db, enum own id)
{
    db->left = db->budget;
    (void)sqlite3_step(db->own[id]); /* reset says the same, in full */
    return db_err(sqlite3_reset(db->own[id]));
}

bool
db_in_transaction(const struct db *db)
{
    return !sqlite3_get_autocommit(db->handle);
}

enum err
db_try(struct db *db, enum err (*act)(struct db *, void *), void *arg)
{
    enum err e = db_own(db, OWN_SAVE), end;

    if (e)
        return e;
    e = act(db, arg);
    if (!db_in_transaction(db))
        return e ? e : E_BUG;
    if (e && (end = db_own(db, OWN_UNDO)))
        return end;
    end = db_own(db, OWN_RELEASE);
    return e ? e : end;
}

/* An end that failed must not keep all later visits in its moment. */
enum err
db_begin_read(struct db *db)
{
    db_end_read(db);
    return db_own(db, OWN_BEGIN_READ);
}

void
db_end_read(struct db *db)
{
    if (db_in_transaction(db))
        (void)db_own(db, OWN_COMMIT); /* nothing was written */
}

enum err
db_run(struct db *db, const char *sql)
{
    db->left = db->budget;
    return db_err(sqlite3_exec(db->handle, sql, NULL, NULL, NULL));
}

int64_t
db_number(struct db *db, const char *sql, int64_t fallback)
{
    sqlite3_stmt *st = NULL;
    int64_t n = fallback;

    db->left = db->budget;
    if (sqlite3_prepare_v2(db->handle, sql, -1, &st, NULL) == SQLITE_OK &&
        sqlite3_step(st) == SQLITE_ROW)
        n = sqlite3_column_int64(st, 0);
    sqlite3_finalize(st);
    return n;
}

int64_t
db_last_id(const struct db *db)
{
    return sqlite3_last_insert_rowid(db->handle);
}

int64_t
db_changes(const struct db *db)
{
    return sqlite3_changes64(db->handle);
}

void
db_set_budget(struct db *db, int64_t steps)
{
    db->budget = db->left = steps;
    sqlite3_progress_handler(db->handle, BUDGET_SLICE,
                             steps ? budget_spent : NULL, db);
}

const char *
db_message(const struct db *db)
{
    return db->handle ? sqlite3_errmsg(db->handle) : "not opened";
}

const char *
db_version(void)
{
    return sqlite3_libversion();
}
