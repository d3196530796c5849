/* What came of it: told in sentences, and asked for once. */
#include "forum/apply.h"
#include "forum/due.h"
#include "forum/inbox.h"
#include "sql.h"

enum err
due_what_came(struct db *db, struct arena *mem, const struct due *d,
              int64_t now)
{
    int64_t post = POST_ID(d->thread, d->number);
    struct rows r = q_came_asker(db, d->thread, post);
    struct notice n = {.kind = INBOX_WHAT_CAME, .post = post};
    enum err e;

    (void)mem;
    if (rows_next(&r))
        n.member = rows_int(&r, 0);
    e = rows_end(&r);
    return e ? e : inbox_add(db, &n, now);
}
