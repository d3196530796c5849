/* What came of it: told in sentences, and asked for once. */
#include "forum/apply.h"
#include "forum/came.h"
#include "forum/due.h"
#include "forum/inbox.h"
#include "forum/keep.h"
#include "forum/post.h"
#include "forum/quiet.h"
#include "forum/thread.h"
#include "sql.h"

/* *id: the same sentence of the same member, or 0. */
static enum err
same_find(struct db *db, const struct came *w, int64_t *id)
{
    struct rows r =
        w->post != 0
            ? q_came_same_post(db, w->member, w->post, w->kind, w->text)
            : q_came_same_page(db, w->member, w->page, w->kind, w->text);

    *id = rows_next(&r) ? rows_int(&r, 0) : 0;
    return rows_end(&r);
}

/* Stores the line, unless it is there; what came too fast becomes no line, and
 * out.why says so. */
static enum err
came_put(struct db *db, struct change_job *cj, const struct came *w)
{
    enum err e = same_find(db, w, &cj->out.thing);

    cj->out.is_repeat = cj->out.thing != 0;
    if (e || cj->out.is_repeat || !may_write_now(cj))
        return e;
    e = x_came_add(db, w->community, w->post, w->page, w->member, w->kind,
                   w->text, w->at);
    cj->out.thing = db_last_id(db);
    return e;
}

/* Too fast: the sentence waits as a draft of a reply to the same post. */
static enum err
came_keep(struct db *db, struct change_job *cj, struct str text)
{
    struct place p = place_of_change(&cj->change);
    enum err e, why;

    p.aim = AIM_REPLY;
    p.community = 0;
    p.title = STR("");
    e = place_check(db, cj, &p, &why);
    return e ? e : draft_keep(db, cj, &p, text);
}

static enum err
answer_get(struct db *db, struct change_job *cj, struct post *post)
{
    const struct change *c = &cj->change;
    struct thread t;
    enum err e = thread_get(db, c->thread, c->member, cj->mem, &t);

    if (e || (e = post_get(db, c->thread, c->number, cj->mem, post)))
        return e;
    cj->out.thread = post->thread;
    cj->out.number = post->number;
    return post->status == POST_HERE ? OK : E_GONE;
}

enum err
came_tell(struct db *db, struct change_job *cj)
{
    const struct change *c = &cj->change;
    struct came w = {.member = c->me, .at = c->at};
    struct notice n = {.kind = INBOX_CAME, .other = c->me};
    struct post post;
    enum err e = answer_get(db, cj, &post);

    if (e || (e = sentence_clean(cj->mem, c->text, &w.text)))
        return e;
    if (c->value < 0 || c->value >= CAME_USED_AT)
        return E_UNUSABLE;
    w.kind = (enum came_kind)c->value;
    w.community = post.community;
    w.post = n.post = POST_ID(post.thread, post.number);
    if ((e = came_put(db, cj, &w)) || cj->out.is_repeat)
        return e;
    if (cj->out.why)
        return came_keep(db, cj, w.text);
    n.member = post.author;
    n.thing = cj->out.thing;
    n.text = w.text;
    return inbox_add(db, &n, c->at);
}

enum err
came_used(struct db *db, struct change_job *cj)
{
    const struct change *c = &cj->change;
    struct came w = {.page = c->thing, .member = c->member, .at = c->at};
    struct notice n = {.kind = INBOX_CAME, .other = c->member};
    struct rows r = q_came_page(db, c->thing, c->member);
    int64_t page = c->thing;
    bool is_there = rows_next(&r);
    enum err e, end;

    w.kind = CAME_USED_AT;
    w.community = is_there ? rows_int(&r, 0) : 0;
    if ((e = rows_end(&r)))
        return e;
    if (!is_there)
        return E_NOT_FOUND;
    if ((e = sentence_clean(cj->mem, c->text, &w.text)) ||
        (e = came_put(db, cj, &w)) || cj->out.is_repeat)
        return e;
    if (cj->out.why)
        return cj->out.why;
    n.page = page;
    n.thing = cj->out.thing;
    n.text = w.text;
    r = q_came_credit(db, page);
    while (!e && rows_next(&r)) {
        n.member = rows_int(&r, 0);
        e = inbox_add(db, &n, c->at);
    }
    end = rows_end(&r);
    return e ? e : end;
}

/* Takes the news of a line out of all inboxes that got it. */
static enum err
came_untell(struct db *db, struct notice *n)
{
    struct rows r;
    enum err e = inbox_take(db, n), end;

    if (e || n->page == 0)
        return e;
    r = q_came_credit(db, n->page);
    while (!e && rows_next(&r)) {
        n->member = rows_int(&r, 0);
        e = inbox_take(db, n);
    }
    end = rows_end(&r);
    return e ? e : end;
}

enum err
came_drop(struct db *db, struct change_job *cj)
{
    const struct change *c = &cj->change;
    struct notice n = {.kind = INBOX_CAME, .thing = c->thing};
    struct rows r = q_came_told(db, c->thing);
    bool is_there = rows_next(&r);
    int64_t community = 0, teller = 0, me;
    enum err e;

    if (is_there) {
        n.post = rows_int(&r, 1);
        n.page = rows_int(&r, 2);
        cj->out.page = n.page;
        n.member = rows_int(&r, 3);
        community = rows_int(&r, 0);
        teller = rows_int(&r, 4);
    }
    if ((e = rows_end(&r)) ||
        (e = quiet_find(db, POST_THREAD(n.post), c->tag, c->member, &me)))
        return e;
    cj->out.is_repeat = !is_there || teller != me;
    if (cj->out.is_repeat)
        return OK;
    cj->out.community = community;
    cj->out.thread = POST_THREAD(n.post);
    cj->out.number = POST_NUMBER(n.post);
    if ((e = came_untell(db, &n)))
        return e;
    return x_came_drop(db, c->thing, me);
}

enum err
came_asked(struct db *db, struct change_job *cj)
{
    return x_came_set_asked(db, cj->change.member, cj->change.value != 0);
}

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
