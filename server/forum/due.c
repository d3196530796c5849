#include "forum/due.h"

#include "sql.h"

enum err
due_add(struct db *db, const struct due *d)
{
    return x_due_add(db, d->at, (int64_t)d->kind, d->member, d->thread,
                     d->number, d->thing);
}

enum err
due_is_there(struct db *db, int64_t now, bool *is_there)
{
    struct rows r = q_due_first(db, now);

    *is_there = rows_next(&r);
    return rows_end(&r);
}

enum err
due_drop(struct db *db, enum due_kind kind, int64_t thread)
{
    return x_due_drop(db, thread, (int64_t)kind);
}
