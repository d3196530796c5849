/* How a circle ends: its closing review, and what becomes of it. */
#include "base/text.h"
#include "forum/due.h"
#include "forum/erase.h"
#include "forum/inbox.h"
#include "forum/keep.h"
#include "forum/own_circle.h"
#include "sql.h"

enum err
circle_close(struct db *db, struct change_job *cj)
{
    struct circle circle;
    enum err e = own_circle(db, cj, &circle);

    if (e)
        return e;
    if (circle.closed_at) {
        cj->out.thread = circle.review;
        cj->out.number = 1;
        return circle_repeat(cj);
    }
    e = circle_thread(db, cj, KIND_REVIEW, STR(""));
    if (e || cj->out.why ||
        (e = x_circle_set_closed(db, circle.community, cj->out.thread,
                                 cj->change.at)))
        return e;
    return x_circle_uninvite(db, circle.community);
}

/* When all of it wish that it is deleted, it is, with every word. */
static enum err
settle(struct db *db, int64_t community, bool *is_gone)
{
    struct rows r = q_circle_other_wish(db, community, WISH_DELETE);
    bool has_other = rows_next(&r);
    enum err e = rows_end(&r);

    *is_gone = !has_other;
    return e || has_other ? e : room_erase(db, community);
}

enum err
circle_left(struct db *db, int64_t community, int64_t member, struct arena *mem)
{
    struct circle circle;
    bool is_gone;
    enum err e = circle_get(db, community, mem, &circle);

    if (e || (e = x_circle_wish_drop(db, community, member)))
        return e;
    return circle.closed_at ? settle(db, community, &is_gone) : OK;
}

enum err
circle_wish(struct db *db, struct change_job *cj)
{
    const struct change *c = &cj->change;
    struct circle circle;
    bool is_gone;
    enum err e = own_circle(db, cj, &circle);

    if (e)
        return e;
    if (c->value < 0 || c->value >= WISH_COUNT)
        return E_UNUSABLE;
    if (!circle.closed_at) /* others let it go on meanwhile */
        return circle_repeat(cj);
    if ((e = x_circle_wish_set(db, circle.community, c->member, c->value)) ||
        (e = settle(db, circle.community, &is_gone)))
        return e;
    if (is_gone)
        cj->out.community = 0;
    return OK;
}

static struct rows
learned(struct db *db, const struct circle *circle)
{
    return q_circle_learned(db, circle->community, POST_ID(circle->review, 1),
                            POST_ID(circle->review, POSTS_PER_THREAD));
}

/* What its people said in the closing review, as much as a page can hold. */
static enum err
learned_text(struct db *db, struct arena *mem, const struct circle *circle,
             struct str *text, int *n)
{
    struct rows r = learned(db, circle);

    *text = STR("");
    for (*n = 0; rows_next(&r); ++*n) {
        struct str more = rows_text(&r, 1);

        if (text->n + more.n + 2 > POST_MAX)
            break;
        *text = arena_fmt(mem, "%.*s%s%.*s", (int)text->n, text->p,
                          text->n ? "\n\n" : "", (int)more.n, more.p);
    }
    return rows_end(&r);
}

/* The first n of those posts are where it came from. */
static enum err
learned_credit(struct db *db, const struct circle *circle, int64_t draft, int n)
{
    struct rows r = learned(db, circle);
    enum err e = OK, end;

    while (!e && n-- > 0 && rows_next(&r)) {
        int64_t post = rows_int(&r, 0);

        e = x_draft_source_add(db, draft, post);
        if (!e)
            e = x_draft_source_in(db, draft, post);
    }
    end = rows_end(&r);
    return e ? e : end;
}

enum err
circle_share(struct db *db, struct change_job *cj)
{
    const struct change *c = &cj->change;
    struct place p = circle_text(AIM_PAGE, text_line(cj->mem, c->title));
    struct circle circle;
    struct str text;
    int n;
    enum err e = own_circle(db, cj, &circle);

    if (e)
        return e;
    if (!circle.is_shared) /* somebody wishes otherwise by now */
        return circle_repeat(cj);
    if ((e = learned_text(db, cj->mem, &circle, &text, &n)) ||
        (e = cj->mem->bad) || (e = draft_keep(db, cj, &p, text)))
        return e;
    return learned_credit(db, &circle, cj->out.draft, n);
}

/* Its last day: those in it are told, unless they chose another day since. */
enum err
due_circle(struct db *db, struct arena *mem, const struct due *d, int64_t now)
{
    struct circle circle;
    struct rows r;
    enum err e = circle_get(db, d->thing, mem, &circle), end;

    if (e)
        return e == E_NOT_FOUND ? OK : e;
    if (circle.closed_at || circle.ends_at != d->at)
        return OK;
    r = q_circle_members(db, circle.community);
    while (!e && rows_next(&r))
        e = inbox_add(db,
                      &(struct notice){.kind = INBOX_CIRCLE,
                                       .member = rows_int(&r, 0),
                                       .thing = circle.community},
                      now);
    end = rows_end(&r);
    return e ? e : end;
}
