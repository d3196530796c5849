/* Helpers are told of a need that fits what they offer. */
#include "base/clock.h"
#include "forum/inbox.h"
#include "forum/match.h"
#include "forum/need.h"
#include "sql.h"

#define COMPARED 200 /* newest lines of the other kind */
#define TOLD_MOST 12 /* helpers of one need */
#define SPAN (30 * DAY)
#define FORGET_AFTER (400 * DAY)
#define COMPARE_MEMORY (64 << 10)

/* A need, and one who offers help. */
struct pair {
    int64_t need, helper;
};

/* Is there a row? */
static enum err
is_any(struct rows r, bool *is)
{
    *is = rows_next(&r);
    return rows_end(&r);
}

static enum err
may_tell(struct db *db, const struct pair *p, int64_t community, int64_t now,
         bool *may)
{
    int64_t most;
    bool told, full, reads;
    enum err e;

    *may = false;
    if ((e = need_matches_get(db, p->helper, &most)) || most == 0)
        return e;
    if ((e = is_any(q_need_told(db, p->need, p->helper), &told)) ||
        (e = is_any(q_need_room(db, p->helper, now - SPAN, most - 1), &full)) ||
        (e = is_any(q_need_may_read(db, community, p->helper), &reads)))
        return e;
    *may = !told && !full && reads;
    return OK;
}

static enum err
tell(struct db *db, const struct pair *p, int64_t community, int64_t now)
{
    struct notice notice = {
        .kind = INBOX_MATCH, .member = p->helper, .post = POST_ID(p->need, 1)};
    bool may;
    enum err e = may_tell(db, p, community, now, &may);

    if (e || !may)
        return e;
    if ((e = x_need_tell(db, p->need, p->helper, now)))
        return e;
    return inbox_add(db, &notice, now);
}

static struct str
both(struct arena *mem, struct str title, struct str text)
{
    return arena_fmt(mem, "%.*s\n%.*s", (int)title.n, title.p, (int)text.n,
                     text.n > 0 ? text.p : "");
}

/* Those of the other kind that fit, at most TOLD_MOST. */
static enum err
pairs_find(struct db *db, struct arena *mem, const struct need_new *n,
           struct pair pair[TOLD_MOST], int *found)
{
    bool is_need = n->kind == KIND_NEED;
    struct match_words mine, theirs;
    struct rows r = need_list(db, is_need ? KIND_OFFER : KIND_NEED,
                              n->community, INT64_MAX, n->thread, COMPARED);
    struct need other;

    match_read(mem, both(mem, n->title, n->text), &mine);
    *found = 0;
    while (*found < TOLD_MOST && need_next(&r, &other)) {
        struct arena one;

        arena_init(&one, COMPARE_MEMORY);
        match_read(&one, both(&one, other.title, other.head), &theirs);
        if (other.author != n->author &&
            (other.is_tagged || match_is(&mine, &theirs)))
            pair[(*found)++] =
                (struct pair){.need = is_need ? n->thread : other.id,
                              .helper = is_need ? other.author : n->author};
        arena_release(&one);
    }
    return rows_end(&r);
}

enum err
need_match(struct db *db, struct arena *mem, const struct need_new *n,
           int64_t now)
{
    struct pair pair[TOLD_MOST];
    int found;
    enum err e;

    if ((e = x_need_forget(db, now - FORGET_AFTER)) ||
        (e = pairs_find(db, mem, n, pair, &found)))
        return e;
    for (int i = 0; i < found && !e; i++)
        e = tell(db, &pair[i], n->community, now);
    return e;
}
