/* One person thanks another for a post, changes it, takes it back; both agree
 * to show it, or one of them no more. */
#include "base/text.h"
#include "forum/apply.h"
#include "forum/inbox.h"
#include "forum/post.h"
#include "forum/thanks.h"
#include "forum/thread.h"
#include "sql.h"

/* The post that is meant, where the member may read it. */
static enum err
helping_post(struct db *db, struct change_job *cj, struct post *post)
{
    const struct change *c = &cj->change;
    struct thread t;
    enum err e = thread_get(db, c->thread, c->member, cj->mem, &t);

    if (e || (e = post_get(db, c->thread, c->number, cj->mem, post)))
        return e;
    cj->out.community = post->community;
    cj->out.thread = post->thread;
    cj->out.number = post->number;
    return OK;
}

/* "." says that there is nothing to say. */
static enum err
reason_of(struct change_job *cj, struct str *out)
{
    enum err e = sentence_clean(cj->mem, cj->change.text, out);

    if (!e && str_eq(*out, STR(".")))
        *out = STR("");
    return e;
}

enum err
thanks_put(struct db *db, struct change_job *cj)
{
    const struct change *c = &cj->change;
    struct notice n = {.kind = INBOX_THANKS, .other = c->me};
    struct post post;
    struct thanks before, now;
    enum err e = helping_post(db, cj, &post);
    bool is_new;

    if (e || (e = reason_of(cj, &n.text)))
        return e;
    if (post.author == c->me)
        return E_FORBIDDEN;
    if (post.status != POST_HERE)
        return E_GONE;
    n.post = POST_ID(post.thread, post.number);
    n.member = post.author;
    e = thanks_get(db, n.post, c->me, cj->mem, &before);
    is_new = e == E_NOT_FOUND;
    if (e && !is_new)
        return e;
    cj->out.is_repeat = !is_new && str_eq(before.text, n.text);
    if (cj->out.is_repeat)
        return OK;
    if ((e = x_thanks_put(db, n.post, c->me, n.member, n.text, c->at)) ||
        (e = thanks_get(db, n.post, c->me, cj->mem, &now)))
        return e;
    n.thing = cj->out.thing = now.id;
    e = inbox_take(db, &n); /* the words before */
    return e ? e : inbox_add(db, &n, c->at);
}

enum err
thanks_drop(struct db *db, struct change_job *cj)
{
    const struct change *c = &cj->change;
    struct notice n = {.kind = INBOX_THANKS,
                       .post = POST_ID(c->thread, c->number)};
    struct thanks before;
    struct post post;
    enum err e = helping_post(db, cj, &post);

    if (e)
        return e;
    e = thanks_get(db, n.post, c->me, cj->mem, &before);
    cj->out.is_repeat = e == E_NOT_FOUND;
    if (e)
        return e == E_NOT_FOUND ? OK : e;
    n.member = before.helper;
    n.thing = before.id;
    e = inbox_take(db, &n);
    return e ? e : x_thanks_drop(db, n.post, c->me);
}

enum err
thanks_agree(struct db *db, struct change_job *cj)
{
    const struct change *c = &cj->change;
    struct post post;
    enum err e = helping_post(db, cj, &post);

    return e ? e
             : x_thanks_agree(db, POST_ID(c->thread, c->number), c->me,
                              c->value != 0);
}

enum err
thanks_show(struct db *db, struct change_job *cj)
{
    const struct change *c = &cj->change;

    return x_thanks_show(db, c->thing, c->member, c->value != 0);
}
