/* A member clears their inbox. Clearing what has gone already does no harm. */
#include "forum/apply.h"
#include "forum/inbox.h"
#include "sql.h"

enum err
inbox_drop(struct db *db, struct change_job *cj)
{
    const struct change *c = &cj->change;
    enum err e = x_inbox_drop(db, c->member, c->tag, c->thing,
                              c->at - DEVICE_NEWS_SECONDS);

    cj->out.is_repeat = !e && db_changes(db) == 0;
    return e;
}

enum err
inbox_clear(struct db *db, struct change_job *cj)
{
    const struct change *c = &cj->change;
    enum err e =
        x_inbox_clear(db, c->member, c->thing, c->at - DEVICE_NEWS_SECONDS);

    return e ? e : x_inbox_clear_quiet(db, c->tag, c->thing);
}
