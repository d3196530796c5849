/*
 * One SQLite connection and its prepared statements. store/ knows nothing of
 * communities: the statements' texts are handed to it.
 */
#ifndef STORE_DB_H
#define STORE_DB_H

#include "base/arena.h"

struct db;
struct sqlite3_stmt;

struct statements {
    const char *const *text; /* SQL, by id */
    const char *const *name; /* for logs and tests */
    int count;
};

enum db_mode {
    DB_READ, /* READONLY, NOMUTEX, query_only; one thread's own */
    DB_WRITE /* WAL, synchronous=FULL, foreign_keys */
};

/* Opens (DB_WRITE: or makes, mode 0600) the file. E_IO, E_NOMEM. */
enum err db_open(const char *path, enum db_mode mode,
                 const struct statements *statements, struct db **out);
void db_close(struct db *db); /* NULL is fine */

/* One visit sees one moment: a read transaction around it. */
enum err db_begin_read(struct db *db);
void db_end_read(struct db *db);

/* Runs SQL that returns nothing; store/ and migrations only. */
enum err db_run(struct db *db, const char *sql);
/* The first column of the first row of a fixed SQL text, or fallback. */
int64_t db_number(struct db *db, const char *sql, int64_t fallback);
/* Inside a writer's transaction: runs act in a savepoint of its own. Where it
 * fails nothing of it is left, and the transaction goes on, unless SQLite has
 * ended it (db_in_transaction). */
enum err db_try(struct db *db, enum err (*act)(struct db *, void *), void *arg);
/* True while a transaction is open; SQLite ends one by itself where the disk
 * is full or broken. */
bool db_in_transaction(const struct db *db);
/* The rowid of the newest insert; how many rows the last change touched. */
int64_t db_last_id(const struct db *db);
int64_t db_changes(const struct db *db);
/* Each query may run that many virtual-machine steps (0: no limit); past it,
 * rows end with E_TIMEOUT_QUERY. Default for DB_READ: 50 million. */
void db_set_budget(struct db *db, int64_t steps);
/* SQLite's version, such as "3.40.1". */
const char *db_version(void);
/* How the last failure was worded by SQLite; for logs. Borrowed. */
const char *db_message(const struct db *db);
/* For benchmarks: what all queries made SQLite's machine do since the last
 * call, in its steps; a row that is passed costs so many of them. */
int64_t db_steps(struct db *db);
/* For tests and benchmarks: SQLite's own plan of statement id, one line per
 * step, into mem. */
struct str db_plan(struct db *db, int id, struct arena *mem);

/*
 * Rows of a statement. Callers use the typed functions that gen/embed makes of
 * the .sql files: q_NAME(db, ...) starts a query, x_NAME(db, ...) runs a
 * change to its end.
 *
 *     struct rows r = q_thread_list(db, community, before);
 *     while (rows_next(&r)) ... rows_int(&r, 0) ... rows_text(&r, 1)
 *     return rows_end(&r);
 *
 * A statement can not be started again before rows_end (that is E_BUG).
 */
struct rows {
    struct db *db;
    struct sqlite3_stmt *st;
    int id;
    enum err bad;
};

struct rows rows_start(struct db *db, int id);
/* Parameters count from 1. Text and blobs are borrowed until rows_end; an
 * absent text (p NULL) is NULL; blobs likewise. */
void rows_bind_int(struct rows *r, int i, int64_t n);
void rows_bind_text(struct rows *r, int i, struct str s);
void rows_bind_blob(struct rows *r, int i, struct str s);
bool rows_next(struct rows *r);
/* Columns count from 0. Text is borrowed until the next row; NULL is absent
 * (p NULL), and 0 for rows_int. */
int64_t rows_int(const struct rows *r, int column);
struct str rows_text(const struct rows *r, int column);
bool rows_is_null(const struct rows *r, int column);
/* OK, or why the loop stopped early. A UNIQUE violation is E_TAKEN; any other
 * constraint is E_BUG; a full disk E_FULL; a locked database E_BUSY. */
enum err rows_end(struct rows *r);
/* Steps to the end and ends. */
enum err rows_run(struct rows *r);

#endif
