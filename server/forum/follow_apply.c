/* Follow, mute, move the mark. All of it may be repeated without harm. */
#include "forum/apply.h"
#include "forum/community.h"
#include "forum/follow.h"
#include "forum/thread.h"
#include "sql.h"

static enum err
mark_of_community(struct db *db, struct change_job *cj, int64_t *mark)
{
    const struct change *c = &cj->change;
    struct community place;
    enum err e = community_by_id(db, c->thing, c->member, cj->mem, &place);

    *mark = e ? 0 : place.last_seq;
    return e;
}

static enum err
mark_of_thread(struct db *db, struct change_job *cj, int64_t *mark)
{
    const struct change *c = &cj->change;
    struct thread t;
    enum err e = thread_get(db, c->thing, c->member, cj->mem, &t);

    *mark = e ? 0 : t.last_seq;
    return e;
}

/* Where reading begins for one who follows now: behind all that is there.
 * E_NOT_FOUND where there is nothing that the member may read. */
static enum err
mark_now(struct db *db, struct change_job *cj, int64_t *mark)
{
    switch ((enum follow_kind)cj->change.value) {
    case FOLLOW_COMMUNITY:
        return mark_of_community(db, cj, mark);
    case FOLLOW_THREAD:
        return mark_of_thread(db, cj, mark);
    case FOLLOW_TAG:
        return news_newest(db, mark);
    case FOLLOW_MEMBER:
        break;
    }
    return E_NOT_FOUND;
}

/* To follow is to hear of it again. */
enum err
follow_begin(struct db *db, struct change_job *cj)
{
    const struct change *c = &cj->change;
    int64_t mark;
    enum err e = mark_now(db, cj, &mark);

    if (e || (e = x_follow_add(db, c->member, c->value, c->thing, mark)))
        return e;
    return x_mute_drop(db, c->member, c->value, c->thing);
}

enum err
follow_end(struct db *db, struct change_job *cj)
{
    const struct change *c = &cj->change;

    return x_follow_drop(db, c->member, c->value, c->thing);
}

enum err
follow_end_all(struct db *db, struct change_job *cj)
{
    return x_follow_drop_all(db, cj->change.member);
}

enum err
mute_begin(struct db *db, struct change_job *cj)
{
    const struct change *c = &cj->change;
    int64_t mark;
    enum err e = OK;

    if (c->value == FOLLOW_MEMBER && c->thing == c->member)
        return E_FORBIDDEN;
    if (c->value != FOLLOW_MEMBER)
        e = mark_now(db, cj, &mark);
    return e ? e : x_mute_add(db, c->member, c->value, c->thing);
}

enum err
mute_end(struct db *db, struct change_job *cj)
{
    const struct change *c = &cj->change;

    return x_mute_drop(db, c->member, c->value, c->thing);
}

/* "kind.thing" or "kind.thing.mark". */
struct stop {
    int64_t kind, thing, mark;
};

static bool
stop_read(struct str s, struct stop *out)
{
    *out = (struct stop){0, 0, 0};
    if (!str_to_int(str_cut(&s, '.'), &out->kind) ||
        !str_to_int(str_cut(&s, '.'), &out->thing))
        return false;
    return s.n == 0 || str_to_int(s, &out->mark);
}

static int64_t
least(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/* Where the page showed only a part of a place, the mark stops there; between
 * such places it moves as far as the whole page went. */
static enum err
marks_move(struct db *db, const struct change *c, struct str stops,
           int64_t newest)
{
    struct stop from, to, at;
    int64_t mark = least(c->thing, newest);
    enum err e;

    if (!stop_read(str_cut(&stops, '-'), &from) ||
        !stop_read(str_cut(&stops, '-'), &to))
        return E_NOT_FOUND;
    while (stops.n > 0) {
        if (!stop_read(str_cut(&stops, '-'), &at))
            return E_NOT_FOUND;
        if ((e = x_mark_range(db, c->member, mark, from.kind, from.thing,
                              at.kind, at.thing)) ||
            (e = x_mark_one(db, c->member, at.kind, at.thing,
                            least(at.mark, mark))))
            return e;
        from = at;
    }
    return x_mark_range(db, c->member, mark, from.kind, from.thing, to.kind,
                        to.thing + 1);
}

enum err
follow_mark(struct db *db, struct change_job *cj)
{
    const struct change *c = &cj->change;
    struct str stops = c->text.n > 0 ? c->text : STR("0.0-9.0");
    int64_t newest;
    enum err e;

    if ((e = news_newest(db, &newest)) ||
        (e = marks_move(db, c, stops, newest)))
        return e;
    return x_mark_threads(db, c->member);
}

enum err
follow_hear_chat(struct db *db, struct change_job *cj)
{
    return x_hears_chat(db, cj->change.member, cj->change.value != 0);
}
