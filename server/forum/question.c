#include "forum/question.h"

#include "base/clock.h"
#include "forum/apply.h"
#include "forum/day.h"
#include "forum/due.h"
#include "forum/inbox.h"
#include "forum/need.h"
#include "forum/post.h"
#include "forum/rules.h"
#include "sql.h"

enum err
question_wished(struct db *db, const struct thread *t, int64_t number,
                int64_t member, enum post_mark *mark)
{
    struct rows r = q_question_wished(db, POST_ID(t->id, number), member);

    *mark = MARK_NONE;
    if (rows_next(&r) && rows_int(&r, 1) > t->author_at)
        *mark = (enum post_mark)rows_int(&r, 0);
    return rows_end(&r);
}

static enum err
still_plan(struct db *db, int64_t thread, int64_t member, int64_t needed_by)
{
    struct due due = {.kind = DUE_STILL,
                      .at = needed_by + DAY,
                      .member = member,
                      .thread = thread};

    return needed_by ? due_add(db, &due) : OK;
}

enum err
question_begun(struct db *db, int64_t thread, int64_t member, int64_t needed_by)
{
    return still_plan(db, thread, member, needed_by);
}

/* The state that follows from the marks. */
static enum err
state_follow(struct db *db, int64_t thread)
{
    struct rows r = q_question_marks(db, POST_ID(thread, 0),
                                     POST_ID(thread, POSTS_PER_THREAD));
    enum thread_state state = STATE_OPEN;
    enum err e;

    if (rows_next(&r))
        state = rows_int(&r, 0)   ? STATE_ANSWERED
                : rows_int(&r, 1) ? STATE_PARTLY
                                  : STATE_OPEN;
    e = rows_end(&r);
    return e ? e : x_question_state(db, thread, (int64_t)state);
}

static enum err
question_row(struct db *db, int64_t thread, enum thread_state *state,
             int64_t *author, int64_t *needed_by, bool *is_there)
{
    struct rows r = q_question_get(db, thread);

    *is_there = rows_next(&r);
    if (*is_there) {
        *author = rows_int(&r, 0);
        *state = (enum thread_state)rows_int(&r, 1);
        *needed_by = rows_int(&r, 2);
        *is_there = rows_int(&r, 3) == 0;
    }
    return rows_end(&r);
}

enum err
question_post_gone(struct db *db, int64_t thread, int64_t number)
{
    enum thread_state state = STATE_NONE;
    int64_t author, needed_by;
    bool is_there;
    enum err e;

    if ((e = x_question_wishes_drop(db, POST_ID(thread, number))) ||
        (e = question_row(db, thread, &state, &author, &needed_by, &is_there)))
        return e;
    if (number == 1 && state != STATE_NONE) /* nobody waits for it any more */
        return x_question_state(db, thread, STATE_NOT_NEEDED);
    if (state != STATE_PARTLY && state != STATE_ANSWERED)
        return OK;
    return state_follow(db, thread);
}

/* The thread that the change is about, and how far the member's word counts
 * there: not at all is E_FORBIDDEN. */
static enum err
question_of(struct db *db, struct change_job *cj, struct thread *t,
            enum voice *voice)
{
    const struct change *c = &cj->change;
    enum err e = thread_get(db, c->thread, c->member, cj->mem, t);

    if (e)
        return e;
    cj->out.community = t->community;
    cj->out.thread = t->id;
    cj->out.number = c->number;
    *voice = rules_voice(t, c->me, c->at);
    return *voice == VOICE_NONE || t->state == STATE_NONE ? E_FORBIDDEN : OK;
}

/* *agreed: the word of one who is not the author now stands, since another
 * participant says the same. */
static enum err
wish(struct db *db, const struct change *c, const struct thread *t,
     int64_t post, enum post_mark mark, bool *agreed)
{
    struct rows r;
    enum err e = x_question_wish(db, post, c->me, (int64_t)mark, c->at);

    if (e)
        return e;
    r = q_question_agree(db, post, c->me, (int64_t)mark, t->author_at,
                         t->community);
    *agreed = rows_next(&r);
    return rows_end(&r);
}

/* Whoever answered is told; after three weeks the asker is asked what came of
 * it. */
static enum err
mark_tell(struct db *db, const struct change *c, const struct thread *t,
          const struct post *p)
{
    struct notice notice = {.kind = INBOX_MARKED,
                            .member = p->author == t->author ? 0 : p->author,
                            .post = POST_ID(p->thread, p->number)};
    struct due due = {.kind = DUE_WHAT_CAME,
                      .at = c->at + WHAT_CAME_AFTER,
                      .member = t->author,
                      .thread = t->id,
                      .number = p->number};
    enum err e = inbox_add(db, &notice, c->at);

    if (e || p->author == t->author)
        return e;
    e = due_drop(db, DUE_WHAT_CAME, t->id);
    return e ? e : due_add(db, &due);
}

static enum err
mark_put(struct db *db, const struct change *c, const struct thread *t,
         const struct post *p)
{
    int64_t id = POST_ID(p->thread, p->number);
    enum err e;

    if ((e = x_question_mark(db, id, c->value)) ||
        (e = x_question_wishes_drop(db, id)))
        return e;
    /* Taking a mark back does not ask again for what nobody needs. */
    if (c->value != MARK_NONE || t->state != STATE_NOT_NEEDED)
        e = state_follow(db, t->id);
    if (e || c->value == MARK_NONE || p->mark != MARK_NONE)
        return e;
    return mark_tell(db, c, t, p);
}

enum err
question_mark(struct db *db, struct change_job *cj)
{
    const struct change *c = &cj->change;
    bool agreed = true;
    enum voice voice;
    struct thread t;
    struct post p;
    enum err e = question_of(db, cj, &t, &voice);

    if (c->value < MARK_NONE || c->value > MARK_PARTLY)
        return E_UNUSABLE;
    if (e || (e = post_get(db, c->thread, c->number, cj->mem, &p)))
        return e;
    if (t.kind != KIND_QUESTION || c->number < 2)
        return E_FORBIDDEN;
    if (p.status != POST_HERE) { /* its page says so */
        cj->out.why = E_GONE;
        return OK;
    }
    if ((e = x_thread_author_here(db, t.id, c->me, c->at)))
        return e;
    cj->out.is_repeat = (int)p.mark == c->value;
    if (cj->out.is_repeat)
        return OK;
    if (voice == VOICE_SHARED)
        e = wish(db, c, &t, POST_ID(t.id, c->number), (enum post_mark)c->value,
                 &agreed);
    return e || !agreed ? e : mark_put(db, c, &t, &p);
}

enum err
question_not_needed(struct db *db, struct change_job *cj)
{
    const struct change *c = &cj->change;
    int64_t id = POST_ID(c->thread, 1);
    bool agreed = true;
    enum voice voice;
    struct thread t;
    enum err e = question_of(db, cj, &t, &voice);

    if (e || (e = x_thread_author_here(db, t.id, c->me, c->at)))
        return e;
    cj->out.is_repeat = t.state != STATE_OPEN && t.state != STATE_PARTLY;
    if (cj->out.is_repeat)
        return OK;
    if (voice == VOICE_SHARED)
        e = wish(db, c, &t, id, MARK_NOT_NEEDED, &agreed);
    if (e || !agreed)
        return e;
    e = x_question_state(db, t.id, STATE_NOT_NEEDED);
    return e ? e : x_question_wishes_drop(db, id);
}

enum err
question_needed_by(struct db *db, struct change_job *cj)
{
    const struct change *c = &cj->change;
    enum voice voice;
    struct thread t;
    int64_t day;
    enum err e = question_of(db, cj, &t, &voice);

    if (e)
        return e;
    if (voice != VOICE_OWN)
        return E_FORBIDDEN;
    if ((e = day_read(c->text, c->at, &day)) ||
        (e = x_question_needed_by(db, t.id, day)) ||
        (e = x_thread_author_here(db, t.id, c->me, c->at)) ||
        (e = due_drop(db, DUE_STILL, t.id)))
        return e;
    return still_plan(db, t.id, t.author, day);
}

/* The sentence is a reply like any other, and a repeat of it changes nothing:
 * the question may have been answered since. */
enum err
question_reopen(struct db *db, struct change_job *cj)
{
    const struct change *c = &cj->change;
    struct thread t;
    enum err e = thread_get(db, c->thread, c->member, cj->mem, &t);

    if (e)
        return e;
    if (t.state == STATE_NONE)
        return E_FORBIDDEN;
    cj->change.is_whole = true;
    if ((e = post_reply(db, cj)) || cj->out.why || cj->out.is_repeat)
        return e;
    if (t.state != STATE_ANSWERED && t.state != STATE_NOT_NEEDED)
        return OK;
    if ((e = x_question_state(db, t.id, STATE_OPEN)) || !kind_expires(t.kind))
        return e;
    return need_lasts(db, t.id, t.kind, c->at);
}

/* What it was needed by has passed: is it still? */
enum err
due_still(struct db *db, struct arena *mem, const struct due *d, int64_t now)
{
    struct notice notice = {.kind = INBOX_STILL, .post = POST_ID(d->thread, 1)};
    enum thread_state state = STATE_NONE;
    int64_t needed_by = 0;
    bool is_there;
    enum err e = question_row(db, d->thread, &state, &notice.member, &needed_by,
                              &is_there);

    (void)mem; /* nothing is kept */
    if (e || !is_there || needed_by == 0 || !day_is_over(needed_by, now))
        return e;
    if (state != STATE_OPEN && state != STATE_PARTLY)
        return OK;
    return inbox_add(db, &notice, now);
}
