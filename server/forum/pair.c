#include "forum/pair.h"

#include "base/text.h"
#include "forum/due.h"
#include "forum/inbox.h"
#include "forum/member.h"
#include "forum/mention.h"
#include "forum/own_draft.h"
#include "forum/post.h"
#include "forum/publish.h"
#include "forum/room.h"
#include "forum/rules.h"
#include "forum/tag.h"
#include "sql.h"

/* More posts than two people write before they ask the others; those beyond
 * tell nobody whom they mention. */
#define TOLD_MOST 100

enum err
pair_draft_get(struct db *db, int64_t draft, struct arena *mem,
               struct pair_draft *out)
{
    struct rows r = q_pair_draft(db, draft);
    enum err e;

    *out = (struct pair_draft){.name = STR("")};
    if (rows_next(&r)) {
        out->asked = rows_int(&r, 0);
        out->name = arena_copy(mem, rows_text(&r, 1));
        out->may_ask = rows_int(&r, 2) != 0;
    }
    e = rows_end(&r);
    return e ? e : mem->bad;
}

enum err
pair_get(struct db *db, int64_t thread, struct arena *mem, struct pair *out)
{
    struct rows r = q_pair_about(db, thread);
    enum err e;

    *out = (struct pair){.wider_name = STR(""), .asked_name = STR("")};
    if (rows_next(&r)) {
        out->wider = rows_int(&r, 0);
        out->wider_name = arena_copy(mem, rows_text(&r, 1));
        out->asked = rows_int(&r, 2);
        out->asked_name = arena_copy(mem, rows_text(&r, 3));
    }
    e = rows_end(&r);
    return e ? e : mem->bad;
}

static enum err
takes_part(struct db *db, int64_t community, int64_t member, bool *does)
{
    struct rows r = q_pair_part(db, community, member);

    *does = rows_next(&r);
    return rows_end(&r);
}

/* The member of that name who takes part in the draft's community. One who is
 * not there and one who takes no part are answered alike. */
static enum err
asked_of(struct db *db, struct change_job *cj, const struct draft *d,
         int64_t *asked)
{
    const struct change *c = &cj->change;
    struct str name = text_line(cj->mem, c->text);
    struct member m = {0};
    bool does = false;
    enum err e;

    if (name.n == 0)
        return cj->mem->bad ? cj->mem->bad : E_EMPTY;
    *asked = 0;
    if (str_eq(name, STR(".")))
        return OK;
    e = member_by_name(db, name, cj->mem, &m);
    if (e)
        return e == E_NOT_FOUND ? E_WRONG : e;
    if (m.id == c->member)
        return E_WRONG;
    *asked = m.id;
    e = takes_part(db, d->community, m.id, &does);
    return e || does ? e : E_WRONG;
}

enum err
draft_set_asked(struct db *db, struct change_job *cj)
{
    struct pair_draft pair;
    struct draft d;
    int64_t asked;
    enum err e = own_draft(db, cj, &d);

    if (e || d.went_to)
        return e;
    if ((e = pair_draft_get(db, d.id, cj->mem, &pair)))
        return e;
    if (d.aim != AIM_THREAD || d.kind != KIND_QUESTION || d.is_quiet)
        return E_UNUSABLE;
    if ((e = asked_of(db, cj, &d, &asked)))
        return e;
    if (asked && !pair.may_ask)
        return E_UNUSABLE;
    if ((e = x_pair_ask(db, d.id, asked)))
        return e;
    return x_draft_touch(db, d.id, cj->change.at);
}

static enum err
room_find(struct db *db, struct change_job *cj, const struct place *p,
          int64_t *room)
{
    const struct change *c = &cj->change;
    struct str name = c->where.n > 0 ? c->where : STR("()");
    struct rows r = q_pair_room(db, c->member, p->asked);
    enum err e;

    *room = rows_next(&r) ? rows_int(&r, 0) : 0;
    if ((e = rows_end(&r)) || *room)
        return e;
    if ((e = room_make(db, cj, ROOM_PAIR, name, STR(""))))
        return e;
    *room = cj->out.community;
    return room_let_in(db, *room, p->asked, c->at);
}

/* Asked again here: they may have left, or it may go elsewhere now. A quiet
 * name in a room of two would be none. */
enum err
pair_place(struct db *db, struct change_job *cj, struct place *p)
{
    struct community c;
    bool does = false;
    enum err e =
        community_by_id(db, p->community, cj->change.member, cj->mem, &c);

    if (e)
        return e;
    if (p->is_quiet || p->kind != KIND_QUESTION || c.room != ROOM_NONE ||
        !c.is_participant) {
        cj->out.why = E_UNUSABLE;
        return OK;
    }
    if ((e = takes_part(db, p->community, p->asked, &does)))
        return e;
    if (!does) {
        cj->out.why = E_WRONG;
        return OK;
    }
    p->wider = p->community;
    return room_find(db, cj, p, &p->community);
}

enum err
pair_tell(struct db *db, struct change_job *cj, const struct place *p,
          int64_t post)
{
    const struct change *c = &cj->change;
    const struct notice notice = {.kind = INBOX_ASKED,
                                  .member = p->asked,
                                  .other = c->member,
                                  .post = post};
    const struct due due = {.kind = DUE_UNANSWERED,
                            .at = c->at + UNANSWERED_AFTER,
                            .member = c->member,
                            .thread = POST_THREAD(post)};
    enum err e = x_pair_wider(db, POST_THREAD(post), p->wider);

    if (e || (e = inbox_add(db, &notice, c->at)))
        return e;
    return due_add(db, &due);
}

enum err
due_unanswered(struct db *db, struct arena *mem, const struct due *d,
               int64_t now)
{
    struct notice notice = {.kind = INBOX_UNANSWERED,
                            .post = POST_ID(d->thread, 1)};
    struct rows r = q_pair_waits(db, d->thread);
    enum err e;

    (void)mem; /* nothing is kept */
    notice.member = rows_next(&r) ? rows_int(&r, 0) : 0;
    e = rows_end(&r);
    return e ? e : inbox_add(db, &notice, now);
}

/* May the asker ask the whole community now? */
static enum err
widen_check(struct db *db, struct change_job *cj, const struct thread *t,
            int64_t wider)
{
    const struct change *c = &cj->change;
    struct community to;
    enum err e;

    if (t->is_withdrawn)
        return E_GONE;
    e = community_by_id(db, wider, c->member, cj->mem, &to);
    if (e) /* it was closed, and they are no longer of it */
        return e == E_NOT_FOUND ? E_NOT_JOINED : e;
    place_tell_slug(&cj->out, to.slug);
    cj->out.community = to.id;
    return rules_may_write(&to, c->member);
}

static enum err
thread_move(struct db *db, struct change_job *cj, const struct thread *t,
            int64_t wider)
{
    int64_t first = POST_ID(t->id, 0), last = POST_ID(t->id, POSTS_PER_THREAD);
    int64_t at = cj->change.at, seq, newest;
    enum err e = seq_next(db, &seq);

    newest = seq - 1 + t->last_number;
    if (e || (e = x_pair_widen(db, t->id, wider, newest, at)) ||
        (e = x_pair_widen_posts(db, first, last, wider, seq - 1)) ||
        (e = x_pair_widen_found(db, first, last)) ||
        (e = x_pair_widen_came(db, first, last, wider)) ||
        (e = x_pair_widen_drafts(db, t->id, wider)) ||
        (e = x_pair_left(db, t->community)) ||
        (e = x_post_touch_community(db, wider, newest, at)))
        return e;
    return tags_settle(db, cj->mem, false, t->id);
}

/* The two have been told of it long ago. */
static enum err
post_tell_others(struct db *db, struct change_job *cj, const struct thread *t,
                 const struct post *p, int64_t asked)
{
    const struct told told = {.community = cj->out.community,
                              .thread = t->id,
                              .number = p->number,
                              .author = p->author,
                              .at = cj->change.at};
    int64_t member[MENTIONS_MAX];
    int n;
    enum err e = mention_find(db, p->text, cj->mem, member, &n);

    for (int i = 0; !e && i < n; i++)
        if (member[i] != t->author && member[i] != asked)
            e = mention_tell(db, &told, member[i]);
    return e;
}

static enum err
others_tell(struct db *db, struct change_job *cj, const struct thread *t,
            int64_t asked)
{
    enum err e = OK;

    for (int64_t n = 1; !e && n <= t->last_number && n <= TOLD_MOST; n++) {
        struct post p;

        e = post_get(db, t->id, n, cj->mem, &p);
        if (!e && p.status == POST_HERE)
            e = post_tell_others(db, cj, t, &p, asked);
    }
    return e;
}

static enum err
widen_clear(struct db *db, const struct thread *t)
{
    const struct notice notice = {.kind = INBOX_UNANSWERED,
                                  .member = t->author,
                                  .post = POST_ID(t->id, 1)};
    enum err e = due_drop(db, DUE_UNANSWERED, t->id);

    return e ? e : inbox_take(db, &notice);
}

enum err
pair_widen(struct db *db, struct change_job *cj)
{
    const struct change *c = &cj->change;
    struct thread t;
    struct pair pair;
    enum err e = thread_get(db, c->thread, c->member, cj->mem, &t);

    if (e)
        return e;
    cj->out.thread = t.id;
    if (t.author != c->member)
        return E_FORBIDDEN;
    if ((e = pair_get(db, t.id, cj->mem, &pair)))
        return e;
    cj->out.is_repeat = pair.wider == 0;
    if (cj->out.is_repeat)
        return OK;
    if ((e = widen_check(db, cj, &t, pair.wider)) ||
        (e = thread_move(db, cj, &t, pair.wider)) || (e = widen_clear(db, &t)))
        return e;
    return others_tell(db, cj, &t, pair.asked);
}
