#include "forum/quiet.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "forum/apply.h"
#include "forum/site.h"
#include "forum/thread.h"
#include "sql.h"

/* Quiet names are older than the second in which they wrote first, so that
 * nothing that was done in that second looks like theirs. */
static int64_t
day_of(int64_t at)
{
    return at - at % DAY;
}

static struct str
tag_str(const unsigned char tag[DIGEST_SIZE])
{
    return (struct str){(const char *)tag, DIGEST_SIZE};
}

enum err
quiet_tag(struct str secret, int64_t member, unsigned char out[DIGEST_SIZE])
{
    char text[32];
    int n = snprintf(text, sizeof(text), "quiet:%lld", (long long)member);

    return secret_hmac(secret, (struct str){text, (size_t)n}, out);
}

/* The first column of the only row; *out stays where there is none. */
static enum err
id_take(struct rows r, int64_t *out)
{
    if (rows_next(&r))
        *out = rows_int(&r, 0);
    return rows_end(&r);
}

enum err
quiet_find(struct db *db, int64_t thread, struct str tag, int64_t id,
           int64_t *me)
{
    *me = id;
    if (tag.n == 0 || thread == 0)
        return OK;
    return id_take(q_quiet_in(db, thread, tag), me);
}

enum err
quiet_me(struct db *db, int64_t thread, const struct change *c, int64_t *me)
{
    return quiet_find(db, thread, c->tag, c->member, me);
}

static enum err
persona_make(struct db *db, const struct change *c, struct str name,
             int64_t *persona)
{
    enum err e = x_quiet_member(db, name, day_of(c->at));

    *persona = db_last_id(db);
    return e;
}

/* A member without a tag has nothing to be found by. */
enum err
quiet_desk(struct db *db, const struct change *c, int64_t *desk)
{
    enum err e;

    if (c->tag.n == 0)
        return E_BUG;
    *desk = 0;
    if ((e = id_take(q_quiet_desk(db, c->tag), desk)) || *desk)
        return e;
    if ((e = persona_make(db, c, STR("()"), desk)))
        return e;
    return x_quiet_add(db, *desk, 0, c->tag);
}

enum err
quiet_add(struct db *db, const struct change *c, int64_t *persona)
{
    struct str name = c->quiet_name.n > 0 ? c->quiet_name : STR("()");

    return c->tag.n > 0 ? persona_make(db, c, name, persona) : E_BUG;
}

enum err
quiet_bind(struct db *db, int64_t persona, int64_t thread, struct str tag)
{
    return x_quiet_add(db, persona, thread, tag);
}

/* Whoever signs one thread must not sign the others with it: what leads to it
 * from their desk goes. */
static enum err
desk_forget(struct db *db, const struct change *c)
{
    int64_t desk = 0, post = POST_ID(c->thread, 1);
    enum err e = id_take(q_quiet_desk(db, c->tag), &desk);

    if (e || !desk)
        return e;
    if ((e = x_quiet_desk_draft(db, desk, post)))
        return e;
    return x_quiet_desk_once(db, desk, post);
}

static enum err
posts_sign(struct db *db, const struct change *c)
{
    int64_t first = POST_ID(c->thread, 0);
    int64_t last = POST_ID(c->thread, POSTS_PER_THREAD);
    enum err e;

    if ((e = x_quiet_thread(db, c->thread, c->me, c->member)) ||
        (e = x_quiet_posts(db, first, last, c->me, c->member)) ||
        (e = x_quiet_thanks(db, first, last, c->me, c->member)) ||
        (e = x_quiet_thanked(db, c->me, c->member)) ||
        (e = x_quiet_came(db, first, last, c->me, c->member)))
        return e;
    return x_quiet_credit(db, first, last, c->me, c->member);
}

static enum err
inbox_sign(struct db *db, const struct change *c)
{
    int64_t first = POST_ID(c->thread, 0);
    int64_t last = POST_ID(c->thread, POSTS_PER_THREAD);
    enum err e;

    if ((e = x_quiet_inbox(db, first, last, c->tag, c->member)) ||
        (e = x_quiet_inbox_rest(db, first, last, c->tag)))
        return e;
    return x_quiet_told(db, first, last, c->me, c->member);
}

static enum err
rest_sign(struct db *db, const struct change *c)
{
    enum err e;

    if ((e = x_quiet_drafts(db, c->me, c->member)) ||
        (e = x_quiet_once(db, c->me, c->member)) || (e = inbox_sign(db, c)) ||
        (e = x_quiet_due(db, c->thread, c->me, c->member)))
        return e;
    return desk_forget(db, c);
}

enum err
quiet_sign(struct db *db, struct change_job *cj)
{
    const struct change *c = &cj->change;
    struct thread t;
    enum err e = thread_get(db, c->thread, c->member, cj->mem, &t);

    if (e)
        return e;
    cj->out.thread = t.id;
    cj->out.is_repeat = t.author == c->member;
    if (cj->out.is_repeat)
        return OK;
    if (t.author != c->me)
        return E_FORBIDDEN;
    if ((e = posts_sign(db, c)) || (e = rest_sign(db, c)))
        return e;
    return x_quiet_signed(db, c->me);
}

enum err
bar_find(struct db *db, struct str tag, struct arena *mem, struct str *why)
{
    struct rows r;
    enum err e;

    *why = (struct str){NULL, 0};
    if (tag.n == 0)
        return OK;
    r = q_bar_find(db, tag);
    if (rows_next(&r))
        *why = arena_copy(mem, rows_text(&r, 0));
    e = rows_end(&r);
    return e ? e : mem->bad;
}

/* The tag of whoever wrote it. */
static enum err
author_tag(struct db *db, int64_t post, unsigned char tag[DIGEST_SIZE])
{
    unsigned char secret[SITE_SECRET_SIZE];
    struct rows r = q_bar_post(db, post);
    bool is_there = rows_next(&r);
    int64_t author = rows_int(&r, 0);
    struct str quiet = is_there ? rows_text(&r, 1) : STR("");
    bool is_quiet = quiet.n == DIGEST_SIZE;
    enum err e;

    if (is_quiet)
        memcpy(tag, quiet.p, DIGEST_SIZE);
    if ((e = rows_end(&r)))
        return e;
    if (!is_there)
        return E_NOT_FOUND;
    if (is_quiet)
        return OK;
    if ((e = forum_secret(db, secret)))
        return e;
    return quiet_tag((struct str){(const char *)secret, sizeof(secret)}, author,
                     tag);
}

enum err
bar_author(struct db *db, int64_t post, struct str why, int64_t at)
{
    unsigned char tag[DIGEST_SIZE];
    enum err e = author_tag(db, post, tag);

    return e ? e : x_bar_put(db, tag_str(tag), at, why);
}

enum err
bar_lift(struct db *db, int64_t post, bool *was_barred)
{
    unsigned char tag[DIGEST_SIZE];
    enum err e = author_tag(db, post, tag);

    if (e || (e = x_bar_drop(db, tag_str(tag))))
        return e;
    *was_barred = db_changes(db) > 0;
    return OK;
}
