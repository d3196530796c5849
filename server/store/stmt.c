/* Statements: prepared once, bound, stepped, reset. */
#include "store/db.h"

#include "base/buf.h"
#include "base/log.h"
#include "store/inside.h"

/* A start that was refused; rows_end must leave the statement alone, which
 * may be in the hands of somebody else. */
enum { NOT_STARTED = -1 };

struct rows
rows_start(struct db *db, int id)
{
    struct rows r = {.db = db, .id = NOT_STARTED, .bad = E_BUG};
    int code = SQLITE_OK;

    if (id < 0 || id >= db->statements->count || db->is_open[id]) {
        log_event(LOG_ERROR, "statement-in-use", LOG_INT("id", id));
        return r;
    }
    if (!db->st[id])
        code = sqlite3_prepare_v3(db->handle, db->statements->text[id], -1,
                                  SQLITE_PREPARE_PERSISTENT, &db->st[id], NULL);
    r.id = id;
    r.bad = db_err(code);
    r.st = db->st[id];
    db->is_open[id] = true;
    /* Queries inside another one's loop share its budget. */
    if (db->open++ == 0)
        db->left = db->budget;
    return r;
}

static void
rows_took(struct rows *r, int code)
{
    if (code != SQLITE_OK)
        r->bad = db_err(code);
}

void
rows_bind_int(struct rows *r, int i, int64_t n)
{
    if (!r->bad)
        rows_took(r, sqlite3_bind_int64(r->st, i, n));
}

void
rows_bind_text(struct rows *r, int i, struct str s)
{
    if (r->bad)
        return;
    if (!s.p)
        rows_took(r, sqlite3_bind_null(r->st, i));
    else
        rows_took(r, sqlite3_bind_text64(r->st, i, s.p, s.n, SQLITE_STATIC,
                                         SQLITE_UTF8));
}

void
rows_bind_blob(struct rows *r, int i, struct str s)
{
    if (r->bad)
        return;
    if (!s.p)
        rows_took(r, sqlite3_bind_null(r->st, i));
    else
        rows_took(r, sqlite3_bind_blob64(r->st, i, s.p, s.n, SQLITE_STATIC));
}

/* A statement that is through is not touched again: one more step would start
 * it from the beginning. */
bool
rows_next(struct rows *r)
{
    int code;

    if (r->bad || !r->st)
        return false;
    code = sqlite3_step(r->st);
    if (code == SQLITE_ROW)
        return true;
    rows_took(r, code == SQLITE_DONE ? SQLITE_OK : code);
    if (!r->bad)
        rows_took(r, sqlite3_reset(r->st));
    r->st = NULL;
    return false;
}

int64_t
rows_int(const struct rows *r, int column)
{
    return r->st ? sqlite3_column_int64(r->st, column) : 0;
}

struct str
rows_text(const struct rows *r, int column)
{
    struct str s = {NULL, 0};
    int type;

    if (rows_is_null(r, column))
        return s;
    type = sqlite3_column_type(r->st, column);
    s.p = type == SQLITE_INTEGER || type == SQLITE_FLOAT
              ? (const char *)sqlite3_column_text(r->st, column)
              : sqlite3_column_blob(r->st, column);
    s.n = (size_t)sqlite3_column_bytes(r->st, column);
    if (!s.p)
        return (struct str){"", 0}; /* an empty one is not an absent one */
    return s;
}

bool
rows_is_null(const struct rows *r, int column)
{
    return !r->st || sqlite3_column_type(r->st, column) == SQLITE_NULL;
}

/* What a visitor can cause every day is no news; the rest is. */
static void
rows_log(const struct rows *r)
{
    if (r->bad == OK || r->bad == E_TAKEN || r->bad == E_BUSY)
        return;
    log_event(LOG_ERROR, "query", LOG_Z("name", r->db->statements->name[r->id]),
              LOG_Z("error", err_name(r->bad)),
              LOG_Z("why", db_message(r->db)));
}

static void
statement_end(struct db *db, int id)
{
    if (db->st[id]) {
        (void)sqlite3_reset(db->st[id]); /* repeats what step said */
        sqlite3_clear_bindings(db->st[id]);
    }
    db->is_open[id] = false;
    db->open--;
}

enum err
rows_end(struct rows *r)
{
    if (r->id != NOT_STARTED) {
        rows_log(r);
        statement_end(r->db, r->id);
        r->id = NOT_STARTED;
        r->st = NULL;
    }
    return r->bad;
}

enum err
rows_run(struct rows *r)
{
    while (rows_next(r))
        continue;
    return rows_end(r);
}

void
db_end_all(struct db *db)
{
    for (int i = 0; db->open > 0 && i < db->statements->count; i++)
        if (db->is_open[i])
            statement_end(db, i);
}

int64_t
db_steps(struct db *db)
{
    int64_t n = 0;

    for (int i = 0; i < db->statements->count; i++)
        if (db->st[i])
            n += sqlite3_stmt_status(db->st[i], SQLITE_STMTSTATUS_VM_STEP, 1);
    return n;
}

struct str
db_plan(struct db *db, int id, struct arena *mem)
{
    struct str sql =
        arena_fmt(mem, "EXPLAIN QUERY PLAN %s", db->statements->text[id]);
    sqlite3_stmt *st = NULL;
    struct buf plan;
    struct str copy;

    buf_init(&plan, 65536);
    if (sql.n > 0 && sqlite3_prepare_v2(db->handle, sql.p, (int)sql.n, &st,
                                        NULL) == SQLITE_OK)
        while (sqlite3_step(st) == SQLITE_ROW) {
            buf_add(&plan, str_of((const char *)sqlite3_column_text(st, 3)));
            buf_add_char(&plan, '\n');
        }
    sqlite3_finalize(st);
    copy = arena_copy(mem, buf_str(&plan));
    buf_release(&plan);
    return copy;
}
