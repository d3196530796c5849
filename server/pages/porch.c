/* The porch: what was said last in a community, newest at the end. */
#include "forum/porch.h"
#include "base/clock.h"
#include "pages/posted.h"
#include "pages/reading.h"

#define LINE_SCRATCH (1 << 20) /* the longest post, expanded */

struct porch_view {
    const struct visit *visit; /* first */
    int64_t thread;            /* 0: nobody has spoken yet */
    int64_t first, last;       /* numbers of the lines shown; 0: none */
    int64_t older;             /* the line before them; 0: none */
    bool is_newest;
    enum err *bad;
};

static void
name(struct gmi *g, const void *view)
{
    const struct porch_view *pv = view;

    gmi_user(g, pv->visit->community->name);
}

/* Its head is a link of ours, so no text of a user can look like a line. */
static void
line_show(struct gmi *g, const struct visit *v, const struct post *p)
{
    gmi_link(g, route(v, R_post, .id = p->thread, .page = p->number));
    gmi_user(g, p->author_name);
    gmi_say(g, LIT(", "));
    gmi_plain(g, clock_minute(v->mem, p->at));
    if (p->answers) {
        gmi_say(g, LIT(", "));
        gmi_say(g, word(v, WORD_post_answers));
        gmi_say(g, LIT(" ("));
        gmi_int(g, p->answers);
        gmi_say(g, LIT(")"));
    }
    (void)post_body(g, v, p, false); /* a cut one has its own link */
}

static void
lines(struct gmi *g, const void *view)
{
    const struct porch_view *pv = view;
    struct rows r;
    struct post p;

    if (!pv->first) {
        gmi_text(g);
        gmi_say(g, word(pv->visit, WORD_porch_nothing));
        return;
    }
    r = post_slice(pv->visit->rd, pv->thread, pv->first);
    while (post_next(&r, &p) && p.number <= pv->last)
        line_show(g, pv->visit, &p);
    *pv->bad = rows_end(&r);
}

static struct href
by_slug(const struct visit *v, enum route_id id, bool is_shown)
{
    if (!is_shown)
        return (struct href){0};
    return route(v, id, .name = v->community->slug);
}

static struct href
older(const void *view)
{
    const struct porch_view *pv = view;
    const struct visit *v = pv->visit;

    if (!pv->older)
        return (struct href){0};
    return route(v, R_porch_older, .name = v->community->slug, .id = pv->older);
}

static struct href
later(const void *view)
{
    const struct porch_view *pv = view;

    return by_slug(pv->visit, R_porch, !pv->is_newest);
}

static struct href
chat(const void *view)
{
    const struct visit *v = ((const struct porch_view *)view)->visit;

    return by_slug(v, R_chat,
                   is_acting(v) &&
                       rules_may_write(v->community, v->who.member) == OK);
}

static struct href
join(const void *view)
{
    const struct visit *v = ((const struct porch_view *)view)->visit;

    return by_slug(v, R_come,
                   is_acting(v) &&
                       rules_may_write(v->community, v->who.member) ==
                           E_NOT_JOINED);
}

static struct href
inside(const void *view)
{
    const struct visit *v = ((const struct porch_view *)view)->visit;

    return come_inside(v, v->at);
}

static struct href
front(const void *view)
{
    return by_slug(((const struct porch_view *)view)->visit, R_community, true);
}

const struct hole holes_porch[] = {
    WORDS("name", name),         HREF("older", older), LINES("lines", lines),
    HREF("later", later),        HREF("chat", chat),   HREF("join", join),
    HREF("come-inside", inside), HREF("front", front), {0},
};

/* The lines before `from`, as many as one answer holds. */
static enum err
lines_find(struct porch_view *pv, int64_t from)
{
    struct rows r = post_slice_back(pv->visit->rd, pv->thread, from);
    enum err e;
    struct buf scratch;
    struct gmi g;
    struct post p;

    buf_init(&scratch, LINE_SCRATCH);
    gmi_init(&g, &scratch);
    while (!pv->older && post_next(&r, &p)) {
        line_show(&g, pv->visit, &p);
        gmi_end(&g);
        if (pv->first && scratch.n > SLICE_ROOM) {
            pv->older = p.number;
            continue;
        }
        pv->last = pv->last ? pv->last : p.number;
        pv->first = p.number;
    }
    e = rows_end(&r);
    if (!e)
        e = scratch.bad;
    buf_release(&scratch);
    return e;
}

static enum err
porch_page(const struct visit *v, struct response *rs, int64_t from)
{
    enum err bad = OK, e;
    struct porch_view view = {
        .visit = v, .is_newest = from == POSTS_PER_THREAD, .bad = &bad};

    if ((e = porch_find(v->rd, v->community->id, &view.thread)))
        return e;
    if (from < 1 || from > POSTS_PER_THREAD)
        return E_NOT_FOUND;
    if (view.thread && (e = lines_find(&view, from)))
        return e;
    e = page(v, rs, FRAME_porch, &view);
    return e ? e : bad;
}

enum err
page_porch(const struct visit *v, struct response *rs)
{
    return porch_page(v, rs, POSTS_PER_THREAD);
}

enum err
page_porch_older(const struct visit *v, struct response *rs)
{
    return porch_page(v, rs, v->at.id);
}

/* Back among the others: whoever talks wants to see what was said. */
static enum err
said_after(const struct visit *v, struct response *rs, const struct outcome *o)
{
    if (o->why || o->goes_on)
        return posted_after(v, rs, o);
    return redirect(v, rs, route(v, R_porch, .name = v->at.name));
}

enum err
page_chat(const struct visit *v, struct response *rs)
{
    if (str_eq(str_trim(v->input), STR("."))) /* nothing, as elsewhere */
        return redirect(v, rs, route(v, R_porch, .name = v->at.name));
    return visit_change(v, rs, said_after, CHANGE_THREAD,
                        .community = v->community->id, .value = KIND_CHAT,
                        .title = word(v, WORD_porch_title).s, .text = v->input);
}
