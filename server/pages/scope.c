/* What a path names, looked up before anything else is said about it: what the
 * visitor may not see answers as if it had never been. */
#include <string.h>

#include "pages/inner.h"

/* Rows below /t/{id} whose {page} is a post; for thread_from it is only a
 * place to begin at. */
static bool
names_post(const struct at *at)
{
    const struct str pattern = str_of(route_row(at->route)->pattern);

    return at->route != R_thread_from &&
           memmem(pattern.p, pattern.n, "{page}", 6) != NULL;
}

static enum err
scope_community(struct visit *v)
{
    struct community *c = arena_alloc(v->mem, sizeof(*c));
    enum err e;

    if (!c)
        return E_NOMEM;
    e = community_get(v->rd, v->at.name, v->who.member, v->mem, c);
    /* Of the rooms only a circle has pages of its own. */
    if (!e && c->room != ROOM_NONE && c->room != ROOM_CIRCLE)
        e = E_NOT_FOUND;
    v->community = e ? NULL : c;
    return e;
}

static enum err
scope_post(struct visit *v)
{
    struct post *p = arena_alloc(v->mem, sizeof(*p));
    enum err e;

    if (!p)
        return E_NOMEM;
    e = post_get(v->rd, v->at.id, v->at.page, v->mem, p);
    v->post = e ? NULL : p;
    return e;
}

static enum err
scope_thread(struct visit *v)
{
    struct thread *t = arena_alloc(v->mem, sizeof(*t));
    struct community *c = arena_alloc(v->mem, sizeof(*c));
    enum err e;

    if (!t || !c)
        return E_NOMEM;
    if ((e = thread_get_mine(v, v->at.id, t)))
        return e;
    if ((e = community_by_id(v->rd, t->community, v->who.member, v->mem, c)))
        return e;
    v->thread = t;
    v->community = c;
    return names_post(&v->at) ? scope_post(v) : OK;
}

static enum err
scope_draft(struct visit *v)
{
    struct draft *d = arena_alloc(v->mem, sizeof(*d));
    enum err e;

    if (!d)
        return E_NOMEM;
    e = draft_get(v->rd, v->at.id, v->who.member, v->who.tag, v->mem, d);
    v->draft = e ? NULL : d;
    return e;
}

static enum err
scope_page(struct visit *v)
{
    struct page *p = arena_alloc(v->mem, sizeof(*p));
    struct community *c = arena_alloc(v->mem, sizeof(*c));
    enum err e;

    if (!p || !c)
        return E_NOMEM;
    if ((e = page_get(v->rd, v->at.id, v->who.member, v->mem, p)))
        return e;
    if ((e = community_by_id(v->rd, p->community, v->who.member, v->mem, c)))
        return e;
    v->page = p;
    v->community = c;
    return OK;
}

enum err
scope_load(struct visit *v, bool is_again)
{
    static const struct {
        struct str prefix;
        enum err (*load)(struct visit *);
    } scopes[] = {{{"/c/{name}/", 10}, scope_community},
                  {{"/t/{id}", 7}, scope_thread},
                  {{"/p/{id}", 7}, scope_page},
                  {{"/d/{id}", 7}, scope_draft}};
    const struct str pattern = str_of(route_row(v->at.route)->pattern);

    v->community = NULL;
    v->thread = NULL;
    v->post = NULL;
    v->draft = NULL;
    v->page = NULL;
    for (size_t i = 0; i < sizeof(scopes) / sizeof(scopes[0]); i++) {
        enum err e;

        if (!str_has_prefix(pattern, scopes[i].prefix))
            continue;
        /* Drafts are nobody's who is not a member; those are led inside. */
        if (scopes[i].load == scope_draft && v->who.role != ROLE_MEMBER)
            return OK;
        e = scopes[i].load(v);
        return is_again && e == E_NOT_FOUND ? OK : e;
    }
    return OK;
}
