/* Start here: up to five threads and pages for whoever is new, chosen by
 * participants, with a sentence each. */
#include "forum/start.h"
#include "pages/kept.h"

struct start_view {
    const struct visit *visit; /* first */
    int64_t thread, page;      /* what asks for a place; or 0 */
    enum err *bad;
};

static void
name(struct gmi *g, const void *view)
{
    gmi_user(g, ((const struct start_view *)view)->visit->community->name);
}

static struct href
put_href(const struct visit *v, const struct start *s, int64_t position)
{
    struct str slug = v->community->slug;

    if (s->page)
        return route(v, R_start_page, .name = slug, .id = s->page,
                     .page = position);
    return route(v, R_start_thread, .name = slug, .id = s->thread,
                 .page = position);
}

static void
title_say(struct gmi *g, const struct visit *v, const struct start *s)
{
    if (s->title.n > 0)
        gmi_user(g, s->title);
    else
        gmi_say(g, word(v, WORD_thread_withdrawn));
}

static void
entry_show(struct gmi *g, const struct visit *v, const struct start *s)
{
    gmi_blank(g);
    gmi_link(g, s->page ? route(v, R_page, .id = s->page)
                        : route(v, R_thread, .id = s->thread));
    title_say(g, v, s);
    gmi_text(g);
    gmi_user(g, s->text);
    gmi_say(g, LIT(" ("));
    gmi_user(g, s->by);
    gmi_say(g, LIT(")"));
    if (!may_tend(v))
        return;
    gmi_link(g, s->page ? route(v, R_page_start, .id = s->page)
                        : route(v, R_thread_start, .id = s->thread));
    gmi_say(g, word(v, WORD_start_again));
    if (s->position > 1) {
        gmi_link(g, put_href(v, s, s->position - 1));
        gmi_say(g, word(v, WORD_start_up));
    }
    gmi_link(g, put_href(v, s, 0));
    gmi_say(g, word(v, WORD_start_drop));
}

static void
list(struct gmi *g, const void *view)
{
    const struct start_view *sv = view;
    struct rows r = start_list(sv->visit->rd, sv->visit->community->id);
    size_t start = g->out->n;
    struct start s;

    while (start_next(&r, &s))
        entry_show(g, sv->visit, &s);
    *sv->bad = rows_end(&r);
    if (g->out->n == start) {
        gmi_text(g);
        gmi_say(g, word(sv->visit, WORD_start_none));
    }
}

static void
how(struct gmi *g, const void *view)
{
    const struct visit *v = ((const struct start_view *)view)->visit;

    if (!may_tend(v))
        return;
    gmi_text(g);
    gmi_say(g, word(v, WORD_start_how));
}

static struct href
front(const void *view)
{
    const struct visit *v = ((const struct start_view *)view)->visit;

    return route(v, R_community, .name = v->community->slug);
}

static struct href
sheets(const void *view)
{
    const struct visit *v = ((const struct start_view *)view)->visit;

    if (!may_tend(v))
        return (struct href){0};
    return route(v, R_sheets, .name = v->community->slug);
}

const struct hole holes_start_here[] = {
    HREF("sheets", sheets), WORDS("name", name),  LINES("list", list),
    LINES("how", how),      HREF("front", front), {0}};

enum err
page_start_here(const struct visit *v, struct response *rs)
{
    enum err bad = OK;
    struct start_view view = {.visit = v, .bad = &bad};
    enum err e = page(v, rs, FRAME_start_here, &view);

    return e ? e : bad;
}

/* Each that could go, as a link that asks for the sentence again. */
static void
places(struct gmi *g, const void *view)
{
    const struct start_view *sv = view;
    const struct visit *v = sv->visit;
    struct rows r = start_list(v->rd, v->community->id);
    struct start s;

    while (start_next(&r, &s)) {
        struct str place = arena_fmt(v->mem, "%lld", (long long)s.position);

        gmi_link(g, sv->page ? route(v, R_page_start_at, .id = sv->page,
                                     .name = place)
                             : route(v, R_thread_start_at, .id = sv->thread,
                                     .name = place));
        gmi_say(g, word(v, WORD_start_instead));
        gmi_say(g, LIT(" "));
        title_say(g, v, &s);
    }
    *sv->bad = rows_end(&r);
}

static void
typed(struct gmi *g, const void *view)
{
    gmi_quote(g);
    gmi_user(g, ((const struct start_view *)view)->visit->input);
}

static struct href
start_href(const void *view)
{
    const struct visit *v = ((const struct start_view *)view)->visit;

    return route(v, R_start_here, .name = v->community->slug);
}

const struct hole holes_start_full[] = {
    WORDS("name", name),       LINES("places", places), LINES("typed", typed),
    HREF("start", start_href), HREF("front", front),    {0}};

static enum err
shown_after(const struct visit *v, struct response *rs, const struct outcome *o)
{
    enum err bad = OK, e;
    struct start_view view = {.visit = v, .bad = &bad};

    if (o->why != E_TAKEN)
        return redirect(v, rs,
                        route(v, R_start_here, .name = v->community->slug));
    view.page = v->page ? v->page->id : 0;
    view.thread = v->page ? 0 : v->at.id;
    e = page(v, rs, FRAME_start_full, &view);
    return e ? e : bad;
}

static enum err
show(const struct visit *v, struct response *rs, int64_t thread, int64_t kept)
{
    int64_t position = 0;

    if (v->at.name.n > 0 && !str_to_int(v->at.name, &position))
        return E_NOT_FOUND;
    return visit_change(v, rs, shown_after, CHANGE_START_SHOW, .thread = thread,
                        .page = kept, .number = position, .text = v->input);
}

enum err
page_thread_start(const struct visit *v, struct response *rs)
{
    return show(v, rs, v->at.id, 0);
}

enum err
page_thread_start_at(const struct visit *v, struct response *rs)
{
    return show(v, rs, v->at.id, 0);
}

enum err
page_page_start(const struct visit *v, struct response *rs)
{
    return show(v, rs, 0, v->at.id);
}

enum err
page_page_start_at(const struct visit *v, struct response *rs)
{
    return show(v, rs, 0, v->at.id);
}

static enum err
put_after(const struct visit *v, struct response *rs, const struct outcome *o)
{
    (void)o; /* the list shows what is left */
    return redirect(v, rs, route(v, R_start_here, .name = v->at.name));
}

enum err
page_start_thread(const struct visit *v, struct response *rs)
{
    return visit_change(v, rs, put_after, CHANGE_START_PUT,
                        .community = v->community->id, .thread = v->at.id,
                        .number = v->at.page);
}

enum err
page_start_page(const struct visit *v, struct response *rs)
{
    return visit_change(v, rs, put_after, CHANGE_START_PUT,
                        .community = v->community->id, .page = v->at.id,
                        .number = v->at.page);
}
