/* Needs and offers: how long they last, and lists of those that do. */
#include "forum/need.h"

#include "base/clock.h"
#include "forum/rules.h"
#include "sql.h"

struct rows
need_list(struct db *db, enum thread_kind kind, int64_t community,
          int64_t before, int64_t like, int64_t most)
{
    if (kind == KIND_NEED)
        return q_need_list(db, community, before, like, most);
    return q_need_offers(db, community, before, like, most);
}

struct rows
need_offered(struct db *db, int64_t author, int64_t viewer, int64_t before,
             int64_t most)
{
    return q_need_offered(db, author, viewer, before, most);
}

bool
need_next(struct rows *r, struct need *out)
{
    if (!rows_next(r))
        return false;
    *out = (struct need){
        .id = rows_int(r, 0),
        .author = rows_int(r, 1),
        .author_name = rows_text(r, 2),
        .title = rows_text(r, 3),
        .made_at = rows_int(r, 4),
        .expires_at = rows_int(r, 5),
        .head = rows_text(r, 6),
        .is_tagged = rows_int(r, 7) != 0,
    };
    return true;
}

struct need_row {
    int64_t expires_at;
    enum thread_kind kind;
    enum thread_state state;
};

static enum err
row_get(struct db *db, int64_t thread, struct need_row *out)
{
    struct rows r = q_need_get(db, thread);

    *out = (struct need_row){0};
    if (rows_next(&r))
        *out = (struct need_row){
            .expires_at = rows_int(&r, 0),
            .kind = (enum thread_kind)rows_int(&r, 1),
            .state = (enum thread_state)rows_int(&r, 2),
        };
    return rows_end(&r);
}

enum err
need_expires(struct db *db, const struct thread *t, int64_t *at)
{
    struct need_row row;
    enum err e;

    *at = 0;
    if (!kind_expires(t->kind) || (e = row_get(db, t->id, &row)))
        return kind_expires(t->kind) ? e : OK;
    *at = row.expires_at;
    return OK;
}

enum err
need_matches_get(struct db *db, int64_t member, int64_t *most)
{
    struct rows r = q_need_matches(db, member);

    *most = rows_next(&r) ? rows_int(&r, 0) : 0;
    return rows_end(&r);
}

enum err
need_lasts(struct db *db, int64_t thread, enum thread_kind kind, int64_t now)
{
    struct due d = {.kind = DUE_EXPIRES, .thread = thread};
    enum err e;

    d.at = now + (kind == KIND_NEED ? NEED_SECONDS : OFFER_SECONDS);
    if ((e = x_need_lasts(db, thread, d.at)) ||
        (e = due_drop(db, DUE_EXPIRES, thread)))
        return e;
    return due_add(db, &d);
}

/* Its author says that it goes on. */
enum err
need_renew(struct db *db, struct change_job *cj)
{
    const struct change *c = &cj->change;
    struct thread t;
    enum err e = thread_get(db, c->thread, c->member, cj->mem, &t);

    if (e)
        return e;
    cj->out.community = t.community;
    cj->out.thread = t.id;
    if (t.author != c->member || !kind_expires(t.kind))
        return E_FORBIDDEN;
    if (t.is_withdrawn)
        return E_GONE;
    if ((e = x_need_state(db, t.id, STATE_OPEN)) ||
        (e = x_thread_author_here(db, t.id, c->member, c->at)))
        return e;
    return need_lasts(db, t.id, t.kind, c->at);
}

/* The row of the clock: its time is over, unless it was renewed. */
enum err
due_expires(struct db *db, struct arena *mem, const struct due *d, int64_t now)
{
    struct need_row row;
    enum err e = row_get(db, d->thread, &row);

    (void)mem; /* nothing is kept */
    if (e || !kind_expires(row.kind) || row.expires_at > now)
        return e;
    if (row.state == STATE_OPEN &&
        (e = x_need_state(db, d->thread, STATE_NOT_NEEDED)))
        return e;
    return x_need_untell(db, POST_ID(d->thread, 1));
}

enum err
need_matches(struct db *db, struct change_job *cj)
{
    const struct change *c = &cj->change;

    if (c->value < 0 || c->value > MATCHES_MOST)
        return E_UNUSABLE;
    return x_need_set_matches(db, c->member, c->value);
}
