#include "pages/posted.h"

#include "base/text.h"

struct kept_view {
    const struct visit *visit;
    struct draft draft;
    enum err why;
    int wait; /* seconds, with E_RATE */
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
    bool is_page = k->draft.aim == AIM_PAGE;
    bool is_thread = k->draft.aim == AIM_THREAD || is_page;

    if (is_thread && k->draft.community == 0)
        return word(k->visit, WORD_kept_nowhere);
    if (is_thread && k->draft.title.n == 0)
        return word(k->visit, WORD_kept_untitled);
    if (is_page && k->why == E_TAKEN)
        return word(k->visit, WORD_kept_page_title);
    if (is_page && k->why == E_GONE)
        return word(k->visit, WORD_kept_page_source);
    if (is_page && k->why == E_NOT_JOINED)
        return word(k->visit, WORD_kept_page_not_joined);
    if (is_thread && k->why == E_WRONG)
        return word(k->visit, WORD_kept_asked);
    if (is_thread && k->why == E_UNUSABLE)
        return word(k->visit, WORD_kept_asked_here);
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

/* Minutes are near enough where it takes some. */
static void
say_wait(struct gmi *g, const struct kept_view *k)
{
    bool is_long = k->wait > 90;

    gmi_say(g, word(k->visit,
                    is_long ? WORD_kept_fast_minutes : WORD_kept_fast_seconds));
    gmi_say(g, LIT(" "));
    gmi_int(g, is_long ? (k->wait + 59) / 60 : k->wait);
}

static void
fill_why(struct gmi *g, const void *view)
{
    const struct kept_view *k = view;

    gmi_text(g);
    if (k->why == E_RATE)
        say_wait(g, k);
    else
        gmi_say(g, kept_why(k));
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

/* The page that has the title already. */
static struct href
href_page(const void *view)
{
    const struct kept_view *k = view;
    const struct visit *v = k->visit;
    int64_t id = 0;

    if (k->draft.aim != AIM_PAGE || k->why != E_TAKEN ||
        page_of_title(v->rd, k->draft.community,
                      text_fold(v->mem, k->draft.title), &id) ||
        id == 0)
        return (struct href){{NULL, 0}};
    return route(v, R_page, .id = id);
}

static struct href
href_newest(const void *view)
{
    const struct kept_view *k = view;

    return route(k->visit, R_page, .id = k->draft.page);
}

/* What the version before the newest lacks: that is what came between. */
static struct href
href_changed(const void *view)
{
    const struct kept_view *k = view;

    return route(k->visit, R_page_versions, .id = k->draft.page);
}

static struct href
href_over(const void *view)
{
    const struct kept_view *k = view;
    struct page p;

    if (page_get(k->visit->rd, k->draft.page, k->visit->who.member,
                 k->visit->mem, &p))
        return (struct href){{NULL, 0}};
    return route_draft(k->visit, R_draft_over, k->draft.id, k->draft.revision,
                       p.version);
}

const struct hole holes_page_conflict[] = {
    WORDS("number", fill_number),  HREF("newest", href_newest),
    HREF("changed", href_changed), HREF("over", href_over),
    HREF("draft", href_draft),     {0}};

const struct hole holes_kept[] = {WORDS("number", fill_number),
                                  LINES("why", fill_why),
                                  HREF("join", href_join),
                                  WORDS("community", fill_community),
                                  HREF("page", href_page),
                                  HREF("draft", href_draft),
                                  HREF("thread", href_thread),
                                  ROUTE("drafts", R_drafts),
                                  {0}};

enum err
draft_show(const struct visit *v, struct response *rs, int64_t draft)
{
    return redirect(v, rs, route(v, R_draft, .id = draft));
}

enum err
draft_prompt(const struct visit *v, struct response *rs, int64_t draft)
{
    struct draft d;
    enum err e = draft_get(v->rd, draft, v->who.member, v->who.tag, v->mem, &d);

    if (e)
        return e;
    return redirect(v, rs, route_draft(v, R_draft_say, d.id, d.revision, 0));
}

enum err
draft_kept(const struct visit *v, struct response *rs, const struct outcome *o)
{
    struct kept_view k = {.visit = v, .why = o->why, .wait = o->wait};
    enum err e =
        draft_get(v->rd, o->draft, v->who.member, v->who.tag, v->mem, &k.draft);

    if (e)
        return e;
    if (k.draft.page && o->why == E_CONFLICT)
        return page(v, rs, FRAME_page_conflict, &k);
    return page(v, rs, FRAME_kept, &k);
}

enum err
posted_after(const struct visit *v, struct response *rs,
             const struct outcome *o)
{
    if (o->why)
        return draft_kept(v, rs, o);
    if (o->goes_on)
        return draft_prompt(v, rs, o->draft);
    if (o->page)
        return redirect(v, rs, route(v, R_page, .id = o->page));
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
