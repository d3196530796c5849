/* Asking: a title, then what is near it and was asked before, then publish it
 * or say more. Nothing is blocked: "none of these" comes first. */
#include "base/text.h"
#include "pages/draft.h"
#include "pages/finding.h"

#define PLACES 10 /* communities to ask in, where none was chosen */

struct near_view {
    const struct visit *visit; /* first */
    const struct find *near;
    int n;
};

static enum err
near_find(const struct visit *v, struct str title, struct find near[NEAR_MOST],
          int *n)
{
    return search_near(v->rd, title, v->who.member, v->mem, near, n);
}

/* The question can go on at once where it has a place and nothing is near. */
static enum err
asked_after(const struct visit *v, struct response *rs, const struct outcome *o)
{
    struct find near[NEAR_MOST];
    struct draft d;
    int n = 0;
    enum err e;

    if (o->why)
        return draft_kept(v, rs, o);
    if ((e = draft_get(v->rd, o->draft, v->who.member, v->who.tag, v->mem,
                       &d)) ||
        (e = near_find(v, d.title, near, &n)))
        return e;
    if (n == 0 && d.community)
        return draft_prompt(v, rs, d.id);
    return redirect(v, rs, route(v, R_draft_near, .id = d.id));
}

static enum err
ask_in(const struct visit *v, struct response *rs, int64_t community)
{
    if (text_line(v->mem, v->input).n == 0)
        return E_EMPTY;
    return visit_change(v, rs, asked_after, CHANGE_DRAFT_OPEN,
                        .aim = AIM_THREAD, .community = community,
                        .value = KIND_QUESTION, .title = v->input);
}

enum err
page_ask(const struct visit *v, struct response *rs)
{
    return ask_in(v, rs, v->community->id);
}

enum err
page_ask_any(const struct visit *v, struct response *rs)
{
    return ask_in(v, rs, 0);
}

/* The address to remember: a key can not be part of it. */
enum err
page_ask_front(const struct visit *v, struct response *rs)
{
    return redirect(v, rs, route(v, R_ask_any));
}

static void
title(struct gmi *g, const void *view)
{
    const struct visit *v = ((const struct near_view *)view)->visit;

    draft_say_title(g, v, v->draft);
}

static void
sentence(struct gmi *g, const void *view)
{
    const struct near_view *nv = view;

    gmi_text(g);
    gmi_say(g, word(nv->visit, nv->n ? WORD_near_some : WORD_near_none));
}

static void
place_link(struct gmi *g, const struct near_view *nv, const struct community *c)
{
    const struct visit *v = nv->visit;

    gmi_link(g, route(v, R_draft_go_in, .id = v->draft->id, .name = c->slug));
    gmi_say(g, word(v, nv->n ? WORD_near_in : WORD_near_in_alone));
    gmi_say(g, LIT(" "));
    gmi_user(g, c->name);
}

/* Those that the member joined; for one who joined none, where anyone may
 * write. */
static void
places(struct gmi *g, const struct near_view *nv)
{
    const struct visit *v = nv->visit;
    struct rows r = community_mine(v->rd, v->who.member);
    struct community c;
    int shown = 0;

    while (shown < PLACES && community_next(&r, &c)) {
        place_link(g, nv, &c);
        shown++;
    }
    if (rows_end(&r))
        g->out->bad = r.bad;
    if (shown)
        return;
    r = community_recent(v->rd, v->who.member, PLACES);
    while (community_next(&r, &c))
        if (c.openness == OPEN)
            place_link(g, nv, &c);
    if (rows_end(&r))
        g->out->bad = r.bad;
}

/* "None of these": the question as it is, where it goes in one step. */
static void
go(struct gmi *g, const void *view)
{
    const struct near_view *nv = view;
    const struct visit *v = nv->visit;

    if (!v->draft->community) {
        places(g, nv);
        return;
    }
    gmi_link(g, route(v, R_draft_go, .id = v->draft->id));
    gmi_say(g, word(v, nv->n ? WORD_near_go : WORD_near_go_alone));
}

static struct href
say(const void *view)
{
    const struct visit *v = ((const struct near_view *)view)->visit;

    if (!v->draft->community)
        return (struct href){0};
    return route(v, R_draft_say, .id = v->draft->id);
}

static void
quiet(struct gmi *g, const void *view)
{
    draft_show_quiet(g, ((const struct near_view *)view)->visit);
}

static struct href
draft(const void *view)
{
    const struct visit *v = ((const struct near_view *)view)->visit;

    return route(v, R_draft, .id = v->draft->id);
}

static void
near_list(struct gmi *g, const void *view)
{
    const struct near_view *nv = view;

    for (int i = 0; i < nv->n; i++)
        line_find(g, nv->visit, &nv->near[i]);
}

const struct hole holes_draft_near[] = {
    WORDS("title", title),    LINES("sentence", sentence),
    LINES("go", go),          LINES("quiet", quiet),
    HREF("say", say),         HREF("draft", draft),
    LINES("near", near_list), {0}};

enum err
page_draft_near(const struct visit *v, struct response *rs)
{
    struct find near[NEAR_MOST];
    struct near_view view = {.visit = v, .near = near};
    enum err e;

    if (draft_went(v, rs, &e))
        return e;
    if (v->draft->aim != AIM_THREAD)
        return draft_show(v, rs, v->draft->id);
    if ((e = near_find(v, v->draft->title, near, &view.n)))
        return e;
    return page(v, rs, FRAME_draft_near, &view);
}
