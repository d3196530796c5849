/* The clock's tick: what has become due is done, a few rows at a time, so that
 * no visitor's change waits long behind it. */
#include "base/clock.h"
#include "base/log.h"
#include "forum/apply.h"
#include "forum/due.h"
#include "sql.h"

enum { DUE_MOST = 64 /* rows a tick */ };

typedef enum err due_fn(struct db *, struct arena *, const struct due *,
                        int64_t now);
#define DUE_ROW(name, function) [DUE_##name] = (function),
static due_fn *const act[DUE_KINDS] = {DUE_TABLE(DUE_ROW)};
#undef DUE_ROW

struct row {
    int64_t id;
    struct due due;
};

struct doing {
    struct change_job *cj;
    const struct row *row;
};

static enum err
due_do(struct db *db, void *arg)
{
    const struct doing *doing = arg;
    const struct due *d = &doing->row->due;
    enum err e = x_due_take(db, doing->row->id);

    if (e || (unsigned)d->kind >= DUE_KINDS || !act[d->kind])
        return e;
    return act[d->kind](db, doing->cj->mem, d, doing->cj->change.at);
}

/* One that can not be done must not keep the others from being done. */
static enum err
row_do(struct db *db, struct change_job *cj, const struct row *row)
{
    struct doing doing = {cj, row};
    enum err e = db_try(db, due_do, &doing);

    if (!e || !db_in_transaction(db))
        return e;
    log_event(LOG_ERROR, "due-failed", LOG_INT("kind", row->due.kind),
              LOG_Z("error", err_name(e)));
    return x_due_put_off(db, row->id, cj->change.at + HOUR);
}

static enum err
rows_read(struct db *db, int64_t now, struct row *row, int *n)
{
    struct rows r = q_due_list(db, now, DUE_MOST);

    for (*n = 0; *n < DUE_MOST && rows_next(&r); ++*n)
        row[*n] = (struct row){
            .id = rows_int(&r, 0),
            .due = {.at = rows_int(&r, 1),
                    .kind = (enum due_kind)rows_int(&r, 2),
                    .member = rows_int(&r, 3),
                    .thread = rows_int(&r, 4),
                    .number = rows_int(&r, 5),
                    .thing = rows_int(&r, 6)},
        };
    return rows_end(&r);
}

enum err
due_tick(struct db *db, struct change_job *cj)
{
    struct row row[DUE_MOST];
    int n;
    enum err e = rows_read(db, cj->change.at, row, &n);

    for (int i = 0; i < n && !e; i++)
        e = row_do(db, cj, &row[i]);
    cj->out.goes_on = n == DUE_MOST;
    return e;
}
