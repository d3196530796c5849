/* Search: one prompt, then what was found, fifteen at a time. */
#include "base/text.h"
#include "pages/finding.h"
#include "pages/reading.h"

#define FINDS 15     /* on a page */
#define PAGES 200    /* no search finds more */
#define ASKED_MAX 80 /* bytes of the words in the heading */
#define TITLE_MAX 160

struct search_view {
    const struct visit *visit; /* first */
    int64_t page;              /* from 1 */
    struct str asked;          /* one line */
    const struct terms *terms;
    const struct finds *finds;
};

static void
asked(struct gmi *g, const void *view)
{
    const struct search_view *sv = view;
    struct str head = text_head(sv->asked, ASKED_MAX);

    gmi_user(g, head);
    if (head.n < sv->asked.n)
        gmi_say(g, LIT(" ..."));
}

static void
say(struct gmi *g, const struct search_view *sv, enum word_id id)
{
    gmi_text(g);
    gmi_say(g, word(sv->visit, id));
}

static void
said(struct gmi *g, const void *view)
{
    const struct search_view *sv = view;

    if (sv->terms->n == 0)
        say(g, sv, WORD_search_no_words);
    else if (sv->finds->n == 0)
        say(g, sv, sv->page == 1 ? WORD_search_nothing : WORD_search_no_more);
    else
        say(g, sv, WORD_search_order);
    if (sv->finds->is_bounded)
        say(g, sv, WORD_search_bounded);
    if (sv->terms->was_cut)
        say(g, sv, WORD_search_cut);
}

struct href
href_page(const struct visit *v, int64_t page)
{
    return (struct href){arena_fmt(
        v->mem, "%s/p/%lld", v->at.is_inside ? "/i" : "", (long long)page)};
}

void
line_find(struct gmi *g, const struct visit *v, const struct find *f)
{
    if (f->page)
        gmi_link(g, href_page(v, f->page));
    else if (f->number == 1)
        gmi_link(g, route(v, R_thread, .id = f->thread));
    else
        gmi_link(g, route(v, R_post, .id = f->thread, .page = f->number));
    line_date(g, v, f->at);
    gmi_say(g, LIT(" "));
    if (f->title.n > 0)
        gmi_user(g, text_head(f->title, TITLE_MAX));
    else
        gmi_say(g, word(v, WORD_line_withdrawn));
    gmi_say(g, LIT(" \xc2\xb7 "));
    gmi_user(g, f->community_name);
    if (f->page) {
        gmi_say(g, LIT(" \xc2\xb7 "));
        gmi_say(g, word(v, WORD_search_page));
    } else if (f->state == STATE_ANSWERED || f->state == STATE_PARTLY) {
        gmi_say(g, LIT(" \xc2\xb7 "));
        gmi_say(g, word(v, f->state == STATE_ANSWERED ? WORD_line_answered
                                                      : WORD_line_partly));
    }
    if (f->line.n > 0) {
        gmi_quote(g);
        gmi_user(g, f->line);
    }
}

static void
finds(struct gmi *g, const void *view)
{
    const struct search_view *sv = view;

    for (int i = 0; i < sv->finds->n; i++)
        line_find(g, sv->visit, &sv->finds->find[i]);
}

/* The same words on another page: what was typed stands behind the path. */
static struct href
more(const void *view)
{
    const struct search_view *sv = view;
    const struct visit *v = sv->visit;
    const struct href page = route(v, R_search_more, .page = sv->page + 1);
    struct href to = {0};
    struct buf b;

    if (!sv->finds->has_more || sv->page >= PAGES)
        return to;
    buf_init(&b, 4096);
    buf_add(&b, page.url);
    buf_add_char(&b, '?');
    buf_add_percent(&b, sv->asked);
    /* Too long for an address: then these are all. */
    to.url = b.bad ? STR("") : arena_copy(v->mem, buf_str(&b));
    buf_release(&b);
    return to;
}

const struct hole holes_search[] = {
    WORDS("asked", asked),
    LINES("said", said),
    LINES("finds", finds),
    HREF("more", more),
    ROUTE("again", R_search),
    ROUTE("tags", R_tags),
    {0},
};

static enum err
search_page(const struct visit *v, struct response *rs, int64_t page_number)
{
    struct search_view sv = {.visit = v, .page = page_number};
    struct terms terms;
    struct finds found;
    enum err e;

    sv.asked = text_line(v->mem, v->input);
    sv.terms = &terms;
    sv.finds = &found;
    if ((e = terms_read(sv.asked, v->mem, &terms)) ||
        (e = search(v->rd, &terms, v->at.is_inside ? v->who.member : 0,
                    (int)(page_number - 1) * FINDS, FINDS, v->mem, &found)))
        return e;
    return page(v, rs, FRAME_search, &sv);
}

/* A prompt never answers an address that has a query. */
enum err
page_search(const struct visit *v, struct response *rs)
{
    if (v->has_input)
        return search_page(v, rs, 1);
    if (v->x->rq.has_input)
        return redirect(v, rs, route(v, R_search));
    response_say(rs, 10, word(v, WORD_prompt_search).s);
    return OK;
}

enum err
page_search_more(const struct visit *v, struct response *rs)
{
    if (!v->has_input)
        return redirect(v, rs, route(v, R_search));
    if (v->at.page < 1 || v->at.page > PAGES)
        return E_NOT_FOUND;
    return search_page(v, rs, v->at.page);
}
