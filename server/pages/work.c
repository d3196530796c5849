/* Lists of reviews and of what people are working on. */
#include "pages/reading.h"

#define WORK_LINES 25
#define PLACES 20

struct work_view {
    const struct visit *visit; /* first */
    enum thread_kind kind;
    int64_t *last; /* of a full page: its last thread; else 0 */
    enum err *bad;
};

static const struct visit *
visit_of(const void *view)
{
    return ((const struct work_view *)view)->visit;
}

static void
name(struct gmi *g, const void *view)
{
    gmi_user(g, visit_of(view)->community->name);
}

/* By the day on which it began; a review leads to its four questions. */
static void
line_work(struct gmi *g, const struct visit *v, const struct thread *t)
{
    gmi_link(
        g, route(v, t->kind == KIND_REVIEW ? R_review : R_thread, .id = t->id));
    line_date(g, v, t->made_at);
    gmi_say(g, LIT(" "));
    if (t->is_withdrawn)
        gmi_say(g, word(v, WORD_line_withdrawn));
    else
        line_label(g, t->title);
    gmi_say(g, LIT(" · "));
    gmi_user(g, v->community ? t->author_name : t->community_name);
    line_state(g, v, t);
}

static enum word_id
nothing(const struct work_view *wv)
{
    if (!wv->visit->community)
        return WORD_work_none;
    return wv->kind == KIND_REVIEW ? WORD_reviews_none : WORD_working_none;
}

static void
list(struct gmi *g, const void *view)
{
    const struct work_view *wv = view;
    const struct visit *v = wv->visit;
    int64_t before = v->at.id ? v->at.id : INT64_MAX, last = 0;
    struct rows r =
        v->community
            ? thread_of_kind(v->rd, v->community->id, wv->kind, before,
                             WORK_LINES + 1)
            : thread_work(v->rd, v->who.member, before, WORK_LINES + 1);
    size_t start = g->out->n;
    struct thread t;

    for (int shown = 0; !*wv->last && thread_next(&r, &t); shown++) {
        struct mark here = mark_take(g);

        line_work(g, v, &t);
        if (shown == WORK_LINES || (shown && g->out->n - start > MENU_ROOM)) {
            mark_back(g, &here);
            *wv->last = last;
        }
        last = t.id;
    }
    *wv->bad = rows_end(&r);
    if (g->out->n == start) {
        gmi_text(g);
        gmi_say(g, word(v, nothing(wv)));
    }
}

static struct href
more(const void *view)
{
    const struct work_view *wv = view;
    const struct visit *v = wv->visit;

    if (!*wv->last)
        return (struct href){0};
    if (!v->community)
        return route(v, R_own_work_older, .id = *wv->last);
    return route(v, wv->kind == KIND_REVIEW ? R_reviews_more : R_working_more,
                 .name = v->community->slug, .id = *wv->last);
}

static struct href
by_slug(const struct visit *v, enum route_id id, bool is_shown)
{
    if (!is_shown)
        return (struct href){0};
    return route(v, id, .name = v->community->slug);
}

static enum err
may_write(const struct visit *v)
{
    return is_acting(v) ? rules_may_write(v->community, v->who.member)
                        : E_FORBIDDEN;
}

static struct href
rev(const void *view)
{
    const struct visit *v = visit_of(view);

    return by_slug(v, R_rev, may_write(v) == OK);
}

static struct href
doing(const void *view)
{
    const struct visit *v = visit_of(view);

    return by_slug(v, R_doing, may_write(v) == OK);
}

static struct href
join(const void *view)
{
    const struct visit *v = visit_of(view);

    return by_slug(v, R_come, may_write(v) == E_NOT_JOINED);
}

static struct href
own(const void *view)
{
    const struct visit *v = visit_of(view);

    return is_acting(v) ? route(v, R_own_work) : (struct href){0};
}

static struct href
inside(const void *view)
{
    return come_inside(visit_of(view), visit_of(view)->at);
}

static struct href
front(const void *view)
{
    return by_slug(visit_of(view), R_community, true);
}

static void
places(struct gmi *g, const void *view)
{
    const struct work_view *wv = view;
    const struct visit *v = wv->visit;
    struct rows r = community_mine(v->rd, v->who.member);
    struct community c;
    enum err e;

    for (int i = 0; i < PLACES && community_next(&r, &c); i++) {
        gmi_link(g, route(v, R_doing, .name = c.slug));
        gmi_say(g, word(v, WORD_thread_in));
        gmi_say(g, LIT(" "));
        gmi_user(g, c.name);
    }
    if ((e = rows_end(&r)))
        *wv->bad = e;
}

const struct hole holes_reviews[] = {
    WORDS("name", name),  LINES("list", list),
    HREF("more", more),   HREF("rev", rev),
    HREF("join", join),   HREF("come-inside", inside),
    HREF("front", front), {0}};

const struct hole holes_working[] = {
    WORDS("name", name),         LINES("list", list),  HREF("more", more),
    HREF("doing", doing),        HREF("own", own),     HREF("join", join),
    HREF("come-inside", inside), HREF("front", front), {0}};

const struct hole holes_own_work[] = {
    LINES("list", list),     HREF("more", more), ROUTE("alone", R_own_doing),
    LINES("places", places), ROUTE("me", R_me),  {0}};

static enum err
work_show(const struct visit *v, struct response *rs, enum frame_id frame,
          enum thread_kind kind)
{
    int64_t last = 0;
    enum err bad = OK;
    struct work_view view = {v, kind, &last, &bad};
    enum err e = page(v, rs, frame, &view);

    return e ? e : bad;
}

enum err
page_reviews(const struct visit *v, struct response *rs)
{
    return work_show(v, rs, FRAME_reviews, KIND_REVIEW);
}

enum err
page_reviews_more(const struct visit *v, struct response *rs)
{
    return work_show(v, rs, FRAME_reviews, KIND_REVIEW);
}

enum err
page_working(const struct visit *v, struct response *rs)
{
    return work_show(v, rs, FRAME_working, KIND_WORKING_ON);
}

enum err
page_working_more(const struct visit *v, struct response *rs)
{
    return work_show(v, rs, FRAME_working, KIND_WORKING_ON);
}

enum err
page_own_work(const struct visit *v, struct response *rs)
{
    return work_show(v, rs, FRAME_own_work, KIND_WORKING_ON);
}

enum err
page_own_work_older(const struct visit *v, struct response *rs)
{
    return work_show(v, rs, FRAME_own_work, KIND_WORKING_ON);
}
