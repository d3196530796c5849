#include "pages/posted.h"

struct kept_view {
    const struct visit *visit;
    struct draft draft;
    enum err why;
};

static void
fill_number(struct gmi *g, const void *view)
{
    const struct kept_view *k = view;

    gmi_int(g, k->draft.id);
}

/* What a draft lacks says more than the failure that it met. */
static struct lit
kept_why(const struct kept_view *k)
{
    bool is_thread = k->draft.aim == AIM_THREAD;

    if (is_thread && k->draft.community == 0)
        return word(k->visit, WORD_kept_nowhere);
    if (is_thread && k->draft.title.n == 0)
        return word(k->visit, WORD_kept_untitled);
    if (k->why == E_NOT_JOINED)
        return word(k->visit, WORD_kept_not_joined);
    if (k->why == E_EMPTY)
        return word(k->visit, WORD_kept_empty);
    if (k->why == E_TOO_LONG)
        return word(k->visit, WORD_kept_long);
    if (k->why == E_GONE)
        return word(k->visit, WORD_kept_gone);
    return word_error(k->visit, k->why);
}

static void
fill_why(struct gmi *g, const void *view)
{
    gmi_text(g);
    gmi_say(g, kept_why(view));
}

static void
fill_community(struct gmi *g, const void *view)
{
    const struct kept_view *k = view;

    gmi_user(g, k->draft.community_name);
}

static struct href
href_join(const void *view)
{
    const struct kept_view *k = view;

    if (k->why != E_NOT_JOINED || k->draft.slug.n == 0)
        return (struct href){{NULL, 0}};
    return route(k->visit, R_come, .name = k->draft.slug);
}

static struct href
href_draft(const void *view)
{
    const struct kept_view *k = view;

    return route(k->visit, R_draft, .id = k->draft.id);
}

static struct href
href_thread(const void *view)
{
    const struct kept_view *k = view;

    if (k->draft.thread == 0)
        return (struct href){{NULL, 0}};
    return route(k->visit, R_thread, .id = k->draft.thread);
}

const struct hole holes_kept[] = {
    WORDS("number", fill_number), LINES("why", fill_why),
    HREF("join", href_join),      WORDS("community", fill_community),
    HREF("draft", href_draft),    HREF("thread", href_thread),
    ROUTE("drafts", R_drafts),    {0}};

enum err
draft_show(const struct visit *v, struct response *rs, int64_t draft)
{
    return redirect(v, rs, route(v, R_draft, .id = draft));
}

enum err
draft_prompt(const struct visit *v, struct response *rs, int64_t draft)
{
    struct draft d;
    enum err e = draft_get(v->rd, draft, v->who.member, v->mem, &d);

    if (e)
        return e;
    return redirect(v, rs, route_draft(v, R_draft_say, d.id, d.revision));
}

enum err
draft_kept(const struct visit *v, struct response *rs, int64_t draft,
           enum err why)
{
    struct kept_view k = {.visit = v, .why = why};
    enum err e = draft_get(v->rd, draft, v->who.member, v->mem, &k.draft);

    return e ? e : page(v, rs, FRAME_kept, &k);
}

enum err
posted_after(const struct visit *v, struct response *rs,
             const struct outcome *o)
{
    if (o->why)
        return draft_kept(v, rs, o->draft, o->why);
    if (o->goes_on)
        return draft_prompt(v, rs, o->draft);
    return redirect(v, rs,
                    route(v, R_post, .id = o->thread, .page = o->number));
}

enum err
opened_after(const struct visit *v, struct response *rs,
             const struct outcome *o)
{
    return draft_show(v, rs, o->draft);
}

enum err
raw_text(struct response *rs, struct str text)
{
    buf_add(&rs->body, text);
    /* Without parameters: a client copies this type into its upload. */
    response_type(rs, LIT("text/gemini"));
    return OK;
}
