#include "forum/place.h"

#include <string.h>

#include "forum/page_put.h"
#include "forum/porch.h"
#include "forum/quiet.h"
#include "forum/rules.h"

struct place
place_of_draft(const struct draft *d)
{
    return (struct place){
        .aim = d->aim,
        .kind = d->kind,
        .community = d->community,
        .thread = d->thread,
        .answers = d->answers,
        .title = d->title,
        .claim = d->claim,
        .claim_where = d->claim_where,
        .needed_by = d->needed_by,
        .tried = d->tried,
        .page = d->page,
        .version = d->version,
        .origin = d->origin,
        .doubt = d->doubt,
        .is_quiet = d->is_quiet,
        .present = STR(""),
    };
}

struct place
place_of_change(const struct change *c)
{
    return (struct place){
        .aim = c->aim,
        .community = c->community,
        .thread = c->thread,
        .answers = c->number,
        .title = STR(""),
        .claim = c->claim,
        .claim_where = c->where.n > 0 ? c->where : STR(""),
        .tried = STR(""),
        .present = STR(""),
    };
}

bool
place_is_hidden(enum err why)
{
    return why == E_NOT_FOUND || why == E_FORBIDDEN;
}

void
place_tell_slug(struct outcome *out, struct str slug)
{
    size_t n = slug.n < sizeof(out->slug) ? slug.n : sizeof(out->slug) - 1;

    if (n > 0)
        memcpy(out->slug, slug.p, n);
    out->slug[n] = '\0';
}

/* A thing that is not there for this member is a reason, not a failure. */
static enum err
soft(enum err e, enum err *why)
{
    *why = e;
    return e == E_NOT_FOUND ? OK : e;
}

static enum err
check_community(struct db *db, struct change_job *cj, struct place *p,
                enum err *why)
{
    int64_t member = cj->change.member;
    struct community c;
    enum err e;

    if (p->community == 0) {
        *why = E_UNUSABLE;
        return OK;
    }
    e = community_by_id(db, p->community, member, cj->mem, &c);
    if (e)
        return soft(e, why);
    p->slug = c.slug;
    cj->out.community = c.id;
    if (p->aim == AIM_THREAD) {
        *why = rules_may_write(&c, member);
        return OK;
    }
    p->present = p->aim == AIM_RULES ? c.rules : c.elsewhere;
    *why = rules_may_steward(&c, member);
    return OK;
}

static enum err
check_reply(const struct change *c, const struct thread *t, struct place *p)
{
    /* A post that is not there is answered as the thread as a whole. */
    if (p->answers < 0 || p->answers > t->last_number)
        p->answers = 0;
    p->last_number = t->last_number;
    p->is_porch = t->kind == KIND_CHAT;
    return rules_may_reply(t, c->member);
}

static enum err
check_edit(struct db *db, struct change_job *cj, struct place *p, enum err *why)
{
    struct post post;
    enum err e = post_get(db, p->thread, p->answers, cj->mem, &post);

    if (e)
        return soft(e, why);
    p->present = post.text;
    p->present_at = post.edited_at ? post.edited_at : post.at;
    *why = rules_may_edit(&post, cj->change.me);
    return OK;
}

static enum err
check_thread(struct db *db, struct change_job *cj, struct place *p,
             enum err *why)
{
    struct thread t;
    enum err e;

    e = thread_get(db, p->thread, cj->change.member, cj->mem, &t);
    if (e)
        return soft(e, why);
    if ((e = quiet_me(db, t.id, &cj->change, &cj->change.me)))
        return e;
    p->slug = t.slug;
    p->community = t.community;
    cj->out.community = t.community;
    cj->out.thread = t.id;
    if (p->aim == AIM_EDIT)
        return check_edit(db, cj, p, why);
    *why = check_reply(&cj->change, &t, p);
    return OK;
}

enum err
place_check(struct db *db, struct change_job *cj, struct place *p,
            enum err *why)
{
    enum err e = porch_settle(db, p);

    if (e)
        return e;
    switch (p->aim) {
    case AIM_THREAD:
    case AIM_RULES:
    case AIM_ELSEWHERE:
        e = check_community(db, cj, p, why);
        break;
    case AIM_REPLY:
    case AIM_EDIT:
        e = check_thread(db, cj, p, why);
        break;
    case AIM_COMMUNITY: /* CHANGE_FOUND makes something of it */
        *why = E_UNUSABLE;
        break;
    case AIM_PAGE:
        e = page_check(db, cj, p, why);
        break;
    }
    if (!e && p->slug.n > 0)
        place_tell_slug(&cj->out, p->slug);
    return e;
}
