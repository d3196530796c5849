/* Where a kept page came from, and what came of it. */
#include "forum/came.h"
#include "pages/kept.h"

#define SOURCES_ROOM (4 << 10) /* bytes of links to posts */
#define USED_SHOWN 5

/* "Version 3 by Josef, 2026-03-04" */
void
made_show(struct gmi *g, const struct visit *v)
{
    const struct page *p = v->page;

    gmi_text(g);
    gmi_say(g, word(v, WORD_page_version));
    gmi_say(g, LIT(" "));
    gmi_int(g, p->version);
    gmi_say(g, LIT(" "));
    gmi_say(g, word(v, WORD_page_by));
    gmi_say(g, LIT(" "));
    gmi_user(g, p->maker);
    gmi_say(g, LIT(", "));
    line_date(g, v, p->changed_at);
}

/* "From posts by Amina, Josef (the post was taken away)": one line. */
enum err
credits_show(struct gmi *g, const struct visit *v)
{
    struct rows r = page_credits(v->rd, v->page->id);
    struct page_credit k;
    bool is_first = true;

    while (page_credit_next(&r, &k)) {
        if (k.is_left_out)
            continue;
        if (is_first) {
            gmi_text(g);
            gmi_say(g, word(v, WORD_page_credits));
        }
        gmi_say(g, is_first ? LIT(" ") : LIT(", "));
        gmi_user(g, k.name);
        if (k.is_withdrawn) {
            gmi_say(g, LIT(" "));
            gmi_say(g, word(v, WORD_page_withdrawn));
        }
        is_first = false;
    }
    return rows_end(&r);
}

void
source_title(struct gmi *g, const struct visit *v, struct str title)
{
    if (title.n > 0)
        gmi_user(g, title);
    else
        gmi_say(g, word(v, WORD_thread_withdrawn));
}

static void
source(struct gmi *g, const struct visit *v, const struct page_source *s)
{
    if (!s->is_readable) {
        gmi_item(g);
        gmi_say(g, word(v, WORD_page_post));
        return;
    }
    gmi_link(g, route(v, R_post, .id = s->thread, .page = s->number));
    if (s->is_left_out)
        gmi_say(g, word(v, WORD_page_post));
    else
        gmi_user(g, s->author);
    gmi_say(g, LIT(" ("));
    gmi_int(g, s->number);
    gmi_say(g, LIT("): "));
    source_title(g, v, s->title);
    if (s->is_withdrawn) {
        gmi_say(g, LIT(" "));
        gmi_say(g, word(v, WORD_page_withdrawn));
    }
}

/* The page that this one began with leads on to its own posts. */
static void
origin_show(struct gmi *g, const struct visit *v)
{
    struct page from;

    if (!v->page->origin ||
        page_get(v->rd, v->page->origin, v->who.member, v->mem, &from))
        return;
    gmi_link(g, route(v, R_page, .id = from.id));
    gmi_say(g, word(v, WORD_page_origin));
    gmi_say(g, LIT(" "));
    gmi_user(g, from.title);
}

enum err
sources_show(struct gmi *g, const struct visit *v)
{
    struct rows r = page_source_list(v->rd, v->page->id, v->who.member);
    size_t start = g->out->n;
    struct page_source s;

    while (g->out->n - start < SOURCES_ROOM && page_source_next(&r, &s))
        source(g, v, &s);
    origin_show(g, v);
    return rows_end(&r);
}

enum err
used_show(struct gmi *g, const struct visit *v)
{
    struct came_lines c = {.most = USED_SHOWN, .has_own_links = true};
    struct mark before = mark_take(g);
    size_t empty;

    gmi_h2(g);
    gmi_say(g, word(v, WORD_page_used));
    empty = g->out->n;
    c.rows = came_of_page(v->rd, v->page->id, INT64_MAX, c.most + 1);
    came_show(g, v, &c);
    if (g->out->n == empty)
        mark_back(g, &before);
    return c.bad;
}

enum err
quiet_credits_show(struct gmi *g, const struct visit *v)
{
    struct rows r;

    if (!is_acting(v) || v->who.tag.n == 0)
        return OK;
    r = page_credit_quiet(v->rd, v->page->id, v->who.tag);
    while (rows_next(&r)) {
        bool is_out = rows_int(&r, 2) != 0;

        gmi_link(
            g, route(v, is_out ? R_page_name_me_quiet : R_page_leave_out_quiet,
                     .id = v->page->id, .page = rows_int(&r, 0)));
        gmi_say(g,
                word(v, is_out ? WORD_page_quiet_name : WORD_page_quiet_out));
        gmi_say(g, LIT(" "));
        gmi_user(g, rows_text(&r, 1));
    }
    return rows_end(&r);
}
