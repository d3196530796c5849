/* The front door, for guests; and the first page inside. */
#include "forum/came.h"
#include "forum/follow.h"
#include "forum/inbox.h"
#include "pages/feed.h"
#include "pages/inner.h"
#include "pages/reading.h"

#define COMMUNITIES 10
#define THREADS 5
#define PAGES 5
#define THREADS_INSIDE 12
#define DRAFTS 5
#define CAME 3

struct home_view {
    const struct visit *visit;
    enum err *bad; /* of the lists */
};

static void
keep(const struct home_view *h, enum err e)
{
    if (e && !*h->bad)
        *h->bad = e;
}

static void
home_line(struct gmi *g, const void *view)
{
    gmi_user(g, ((const struct home_view *)view)->visit->ls->face->line);
}

static void
home_communities(struct gmi *g, const void *view)
{
    const struct home_view *h = view;
    const struct visit *v = h->visit;
    struct rows r = community_recent(v->rd, v->who.member, COMMUNITIES);
    struct community c;
    size_t before = g->out->n;

    while (community_next(&r, &c))
        line_community(g, v, &c);
    keep(h, rows_end(&r));
    if (g->out->n == before) {
        gmi_text(g);
        gmi_say(g, word(v, WORD_home_no_communities));
    }
}

static void
home_threads(struct gmi *g, const void *view)
{
    const struct home_view *h = view;
    const struct visit *v = h->visit;
    struct rows r = thread_recent(v->rd, v->who.member, INT64_MAX, THREADS);
    struct thread t;

    for (int i = 0; thread_next(&r, &t); i++) {
        if (i == 0) {
            gmi_h2(g);
            gmi_say(g, word(v, WORD_home_newest));
        }
        line_thread(g, v, &t, true);
    }
    keep(h, rows_end(&r));
}

static void
home_came(struct gmi *g, const void *view)
{
    const struct home_view *h = view;
    const struct visit *v = h->visit;
    struct rows r = came_recent(v->rd, CAME);
    struct came w;

    for (int i = 0; came_next(&r, &w); i++) {
        if (i == 0) {
            gmi_h2(g);
            gmi_say(g, word(v, WORD_value_came));
        }
        came_link(g, v, &w);
    }
    keep(h, rows_end(&r));
}

static void
home_pages(struct gmi *g, const void *view)
{
    const struct home_view *h = view;
    const struct visit *v = h->visit;
    struct rows r = page_recent(v->rd, v->who.member, PAGES);
    struct page p;

    for (int i = 0; page_next(&r, &p); i++) {
        if (i == 0) {
            gmi_h2(g);
            gmi_say(g, word(v, WORD_pages_heading));
        }
        line_page(g, v, &p, true);
    }
    keep(h, rows_end(&r));
}

static struct href
feed(const void *view)
{
    const struct visit *v = *(const struct visit *const *)view;

    return feed_link(v, (struct at){.route = R_feed});
}

const struct hole holes_home[] = {WORDS("line", home_line),
                                  LINES("list", home_communities),
                                  LINES("threads", home_threads),
                                  ROUTE("open", R_open),
                                  LINES("came", home_came),
                                  LINES("pages", home_pages),
                                  HREF("feed", feed),
                                  {0}};

/* Only what is not yet a post. */
static void
inside_drafts(struct gmi *g, const void *view)
{
    const struct home_view *h = view;
    const struct visit *v = h->visit;
    struct rows r = draft_list(v->rd, v->who.member);
    struct draft d;

    for (int i = 0; i <= DRAFTS && draft_next_all(&r, v->who.tag, &d); i++) {
        if (i == 0) {
            gmi_h2(g);
            gmi_say(g, word(v, WORD_inside_drafts));
        }
        gmi_link(g, i == DRAFTS ? route(v, R_drafts)
                                : route(v, R_draft, .id = d.id));
        if (i == DRAFTS) {
            gmi_say(g, word(v, WORD_inside_drafts_all));
            break;
        }
        line_date(g, v, d.changed_at);
        gmi_say(g, LIT(" "));
        if (d.title.n > 0)
            gmi_user(g, d.title);
        else if (d.thread_title.n > 0)
            gmi_user(g, d.thread_title);
        else
            gmi_say(g, word(v, WORD_inside_draft));
    }
    keep(h, rows_end(&r));
}

static void
inside_threads(struct gmi *g, const void *view)
{
    const struct home_view *h = view;
    const struct visit *v = h->visit;
    struct rows r =
        thread_mine(v->rd, v->who.member, INT64_MAX, THREADS_INSIDE);
    struct thread t;
    size_t before = g->out->n;

    while (thread_next(&r, &t))
        line_thread(g, v, &t, true);
    keep(h, rows_end(&r));
    if (g->out->n == before) {
        gmi_text(g);
        gmi_say(g, word(v, WORD_inside_nothing_new));
    }
}

static void
inside_places(struct gmi *g, const void *view)
{
    const struct home_view *h = view;
    const struct visit *v = h->visit;
    struct rows r = community_mine(v->rd, v->who.member);
    struct community c;
    size_t before = g->out->n;

    while (community_next(&r, &c)) {
        gmi_link(g, route(v, R_community, .name = c.slug));
        gmi_user(g, c.name);
    }
    keep(h, rows_end(&r));
    if (g->out->n == before) {
        gmi_text(g);
        gmi_say(g, word(v, WORD_inside_no_places));
    }
}

/* That there is something, and not how much. */
static void
inside_inbox(struct gmi *g, const void *view)
{
    const struct home_view *h = view;
    const struct visit *v = h->visit;
    bool has = false;

    keep(h, inbox_has(v->rd, v->who.member, v->who.tag, &has));
    if (!has)
        return;
    gmi_link(g, route(v, R_inbox));
    gmi_say(g, word(v, WORD_inbox_news));
}

static void
inside_new_size(struct gmi *g, const void *view)
{
    const struct home_view *h = view;
    const struct visit *v = h->visit;
    size_t bytes = 0;

    keep(h, news_size(v->rd, v->who.member, v->mem, &bytes));
    line_size(g, v, bytes);
}

const struct hole holes_inside[] = {LINES("inbox", inside_inbox),
                                    ROUTE("new", R_catch_up),
                                    WORDS("new-size", inside_new_size),
                                    LINES("drafts", inside_drafts),
                                    LINES("threads", inside_threads),
                                    LINES("places", inside_places),
                                    ROUTE("inbox-link", R_inbox),
                                    ROUTE("me", R_me),
                                    ROUTE("circles", R_circles),
                                    ROUTE("start", R_start),
                                    ROUTE("ask", R_ask_any),
                                    ROUTE("open", R_open),
                                    ROUTE("drafts-link", R_drafts),
                                    {0}};

/* Strangers: three ways on. */
static void
new_retired(struct gmi *g, const void *view)
{
    const struct visit *v = ((const struct home_view *)view)->visit;

    if (!v->who.is_retired)
        return;
    gmi_text(g);
    gmi_say(g, word(v, WORD_new_here_retired));
}

/* To where somebody wanted to go; from /i/ itself to the guests' home. */
static struct href
new_way_back(const void *view)
{
    const struct visit *v = ((const struct home_view *)view)->visit;

    if (v->at.route == R_home)
        return route_at(v, (struct at){.route = R_home});
    return href_back(v);
}

const struct hole holes_new_here[] = {
    LINES("retired", new_retired), ROUTE("join", R_join_about),
    ROUTE("link", R_link_about),   ROUTE("lost", R_back_about),
    HREF("back", new_way_back),    {0}};

enum err
page_new_here(const struct visit *v, struct response *rs)
{
    struct home_view view = {.visit = v};

    return page(v, rs, FRAME_new_here, &view);
}

enum err
page_home(const struct visit *v, struct response *rs)
{
    enum err bad = OK, e;
    struct home_view view = {.visit = v, .bad = &bad};

    if (v->at.is_inside && v->who.role == ROLE_STRANGER)
        return page_new_here(v, rs);
    e = page(v, rs, v->at.is_inside ? FRAME_inside : FRAME_home, &view);
    return e ? e : bad;
}
