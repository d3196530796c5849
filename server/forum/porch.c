#include "forum/porch.h"

#include "base/clock.h"
#include "forum/erase.h"
#include "sql.h"

#define FADE_MOST 500 /* lines at once, so that no visitor waits for long */
#define FADE_AT_ONCE HOUR

enum err
porch_find(struct db *db, int64_t community, int64_t *thread)
{
    struct rows r = q_porch_find(db, community, POSTS_PER_THREAD);

    *thread = rows_next(&r) ? rows_int(&r, 0) : 0;
    return rows_end(&r);
}

enum err
porch_settle(struct db *db, struct place *p)
{
    int64_t thread;
    enum err e;

    p->is_porch = p->aim == AIM_THREAD && p->kind == KIND_CHAT;
    if (!p->is_porch)
        return OK;
    if ((e = porch_find(db, p->community, &thread)) || thread == 0)
        return e;
    p->aim = AIM_REPLY;
    p->kind = KIND_NOTE;
    p->thread = thread;
    p->title = STR("");
    return OK;
}

/* What was said at that time fades after 30 days, with all of its hour. */
static enum err
fade_plan(struct db *db, int64_t thread, int64_t oldest)
{
    struct due d = {.kind = DUE_FADES, .thread = thread};

    d.at =
        (oldest + PORCH_SECONDS) / FADE_AT_ONCE * FADE_AT_ONCE + FADE_AT_ONCE;
    return due_add(db, &d);
}

enum err
porch_line(struct db *db, int64_t post, int64_t now)
{
    int64_t thread = POST_THREAD(post);
    struct rows r;
    bool is_planned;
    enum err e;

    if ((e = x_porch_awake(db, post, now, now - PORCH_SECONDS)))
        return e;
    r = q_porch_planned(db, thread);
    is_planned = rows_next(&r);
    e = rows_end(&r);
    return e || is_planned ? e : fade_plan(db, thread, now);
}

/* The oldest lines go; the numbers of those that stay do not change. */
enum err
due_fades(struct db *db, struct arena *mem, const struct due *d, int64_t now)
{
    int64_t first = POST_ID(d->thread, 0), last = 0, stays = 0;
    struct rows r = q_porch_oldest(
        db, first, POST_ID(d->thread, POSTS_PER_THREAD), FADE_MOST + 1);
    enum err e;

    (void)mem; /* nothing is kept */
    for (int i = 0; !stays && rows_next(&r); i++) {
        if (i == FADE_MOST || rows_int(&r, 1) > now - PORCH_SECONDS)
            stays = rows_int(&r, 1);
        else
            last = rows_int(&r, 0);
    }
    if ((e = rows_end(&r)) || (last && (e = posts_erase(db, first, last))))
        return e;
    return stays ? fade_plan(db, d->thread, stays) : OK;
}
