/* What is needed in a community and what people can help with; and how often
 * a helper is told of what fits. */
#include "forum/need.h"
#include "pages/feed.h"
#include "pages/reading.h"

#define NEED_LINES 20
#define NEED_ROOM (MENU_ROOM / 2) /* both lists stand on one page */

struct needs_view {
    const struct visit *visit;         /* first */
    enum thread_kind kind;             /* of a list alone */
    int64_t *more_needs, *more_offers; /* the last shown; 0: no more */
    enum err *bad;
};

static void
name(struct gmi *g, const void *view)
{
    gmi_user(g, ((const struct needs_view *)view)->visit->community->name);
}

static void
line_need(struct gmi *g, const struct visit *v, const struct need *n)
{
    gmi_link(g, route(v, R_thread, .id = n->id));
    line_date(g, v, n->made_at);
    gmi_say(g, LIT(" "));
    line_label(g, n->title);
    gmi_say(g, LIT(" · "));
    gmi_user(g, n->author_name);
    gmi_say(g, LIT(" · "));
    gmi_say(g, word(v, WORD_need_until));
    gmi_say(g, LIT(" "));
    line_date(g, v, n->expires_at);
}

static void
lines(struct gmi *g, const struct needs_view *nv, enum thread_kind kind,
      int64_t before, size_t room)
{
    const struct visit *v = nv->visit;
    int64_t *more = kind == KIND_NEED ? nv->more_needs : nv->more_offers;
    struct rows r =
        need_list(v->rd, kind, v->community->id, before, 0, NEED_LINES + 1);
    size_t start = g->out->n;
    int64_t last = 0;
    struct need n;
    enum err e;

    for (int shown = 0; !*more && need_next(&r, &n); shown++) {
        struct mark here = mark_take(g);

        line_need(g, v, &n);
        if (shown == NEED_LINES || (shown && g->out->n - start > room)) {
            mark_back(g, &here);
            *more = last;
        }
        last = n.id;
    }
    if ((e = rows_end(&r)))
        *nv->bad = e;
    if (g->out->n == start) {
        gmi_text(g);
        gmi_say(
            g, word(v, kind == KIND_NEED ? WORD_needs_none : WORD_offers_none));
    }
}

static void
needs(struct gmi *g, const void *view)
{
    lines(g, view, KIND_NEED, INT64_MAX, NEED_ROOM);
}

static void
offers(struct gmi *g, const void *view)
{
    lines(g, view, KIND_OFFER, INT64_MAX, NEED_ROOM);
}

static void
list(struct gmi *g, const void *view)
{
    const struct needs_view *nv = view;

    lines(g, nv, nv->kind, nv->visit->at.id, MENU_ROOM);
}

static struct href
by_slug(const void *view, enum route_id id, bool is_shown)
{
    const struct visit *v = ((const struct needs_view *)view)->visit;

    if (!is_shown)
        return (struct href){0};
    return route(v, id, .name = v->community->slug);
}

static struct href
more_of(const struct needs_view *nv, enum route_id id, int64_t last)
{
    const struct visit *v = nv->visit;

    if (!last)
        return (struct href){0};
    return route(v, id, .name = v->community->slug, .id = last);
}

static struct href
more_needs(const void *view)
{
    const struct needs_view *nv = view;

    return more_of(nv, R_needs_more, *nv->more_needs);
}

static struct href
more_offers(const void *view)
{
    const struct needs_view *nv = view;

    return more_of(nv, R_offers_more, *nv->more_offers);
}

static struct href
more(const void *view)
{
    const struct needs_view *nv = view;

    return nv->kind == KIND_NEED ? more_needs(nv) : more_offers(nv);
}

/* OK, E_NOT_JOINED, or another reason why there is no link. */
static enum err
may_write(const void *view)
{
    const struct visit *v = ((const struct needs_view *)view)->visit;

    return is_acting(v) ? rules_may_write(v->community, v->who.member)
                        : E_FORBIDDEN;
}

static struct href
need(const void *view)
{
    return by_slug(view, R_need, may_write(view) == OK);
}

static struct href
can(const void *view)
{
    return by_slug(view, R_can, may_write(view) == OK);
}

static struct href
rev(const void *view)
{
    return by_slug(view, R_rev, may_write(view) == OK);
}

static struct href
doing(const void *view)
{
    return by_slug(view, R_doing, may_write(view) == OK);
}

static struct href
join(const void *view)
{
    return by_slug(view, R_come, may_write(view) == E_NOT_JOINED);
}

static struct href
matches(const void *view)
{
    const struct visit *v = ((const struct needs_view *)view)->visit;

    return is_acting(v) ? route(v, R_matches) : (struct href){0};
}

static struct href
inside(const void *view)
{
    const struct visit *v = ((const struct needs_view *)view)->visit;

    return come_inside(v, v->at);
}

static struct href
front(const void *view)
{
    return by_slug(view, R_community, true);
}

static struct href
needs_page(const void *view)
{
    return by_slug(view, R_needs, true);
}

static struct href
reviews_page(const void *view)
{
    return by_slug(view, R_reviews, true);
}

static struct href
working_page(const void *view)
{
    return by_slug(view, R_working, true);
}

static struct href
porch_page(const void *view)
{
    return by_slug(view, R_porch, true);
}

const struct hole holes_needs[] = {
    WORDS("name", name),
    LINES("needs", needs),
    HREF("more-needs", more_needs),
    HREF("need", need),
    LINES("offers", offers),
    HREF("more-offers", more_offers),
    HREF("can", can),
    HREF("matches", matches),
    HREF("join", join),
    HREF("come-inside", inside),
    HREF("front", front),
    {0},
};

const struct hole holes_needs_more[] = {
    WORDS("name", name),       LINES("list", list),  HREF("more", more),
    HREF("needs", needs_page), HREF("front", front), {0}};

static struct href
feed(const void *view)
{
    const struct visit *v = *(const struct visit *const *)view;

    return feed_link(
        v, (struct at){.route = R_community_feed, .name = v->community->slug});
}

const struct hole holes_community_more[] = {
    WORDS("name", name),
    HREF("needs", needs_page),
    HREF("need", need),
    HREF("can", can),
    HREF("reviews", reviews_page),
    HREF("rev", rev),
    HREF("working", working_page),
    HREF("doing", doing),
    HREF("porch", porch_page),
    HREF("join", join),
    HREF("come-inside", inside),
    HREF("front", front),
    HREF("feed", feed),
    {0},
};

static enum err
needs_show(const struct visit *v, struct response *rs, enum frame_id frame,
           enum thread_kind kind)
{
    int64_t last_need = 0, last_offer = 0;
    enum err bad = OK;
    struct needs_view view = {v, kind, &last_need, &last_offer, &bad};
    enum err e = page(v, rs, frame, &view);

    return e ? e : bad;
}

enum err
page_community_more(const struct visit *v, struct response *rs)
{
    return needs_show(v, rs, FRAME_community_more, KIND_NEED);
}

enum err
page_needs(const struct visit *v, struct response *rs)
{
    return needs_show(v, rs, FRAME_needs, KIND_NEED);
}

enum err
page_needs_more(const struct visit *v, struct response *rs)
{
    return needs_show(v, rs, FRAME_needs_more, KIND_NEED);
}

enum err
page_offers_more(const struct visit *v, struct response *rs)
{
    return needs_show(v, rs, FRAME_needs_more, KIND_OFFER);
}

static enum err
thread_after(const struct visit *v, struct response *rs,
             const struct outcome *o)
{
    return redirect(v, rs, route(v, R_thread, .id = o->thread));
}

enum err
page_renew(const struct visit *v, struct response *rs)
{
    return visit_change(v, rs, thread_after, CHANGE_RENEW, .thread = v->at.id);
}

struct matches_view {
    const struct visit *visit; /* first */
    int64_t most;
};

static void
matches_now(struct gmi *g, const void *view)
{
    const struct matches_view *m = view;

    gmi_text(g);
    gmi_say(g, word(m->visit, m->most ? WORD_matches_some : WORD_matches_none));
    if (!m->most)
        return;
    gmi_say(g, LIT(" "));
    gmi_int(g, m->most);
}

static void
choices(struct gmi *g, const void *view)
{
    static const int offered[] = {2, 5, 20, 0};
    const struct matches_view *m = view;
    const struct visit *v = m->visit;

    for (size_t i = 0; i < sizeof(offered) / sizeof(offered[0]); i++) {
        if (offered[i] == m->most)
            continue;
        gmi_link(g, route(v, R_matches_set, .page = offered[i]));
        gmi_say(g, word(v, offered[i] ? WORD_matches_set : WORD_matches_off));
        if (!offered[i])
            continue;
        gmi_say(g, LIT(" "));
        gmi_int(g, offered[i]);
    }
}

const struct hole holes_matches[] = {LINES("now", matches_now),
                                     LINES("choices", choices),
                                     ROUTE("me", R_me),
                                     {0}};

enum err
page_matches(const struct visit *v, struct response *rs)
{
    struct matches_view m = {.visit = v};
    enum err e = need_matches_get(v->rd, v->who.member, &m.most);

    return e ? e : page(v, rs, FRAME_matches, &m);
}

static enum err
matches_after(const struct visit *v, struct response *rs,
              const struct outcome *o)
{
    (void)o; /* the page says how many */
    return redirect(v, rs, route(v, R_matches));
}

enum err
page_matches_set(const struct visit *v, struct response *rs)
{
    if (v->at.page < 0 || v->at.page > MATCHES_MOST)
        return E_NOT_FOUND;
    return visit_change(v, rs, matches_after, CHANGE_MATCHES,
                        .value = (int)v->at.page);
}
