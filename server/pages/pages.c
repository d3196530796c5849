/* The pages of a community: by title, by their last change, and as a book. */
#include "pages/kept.h"

#define PAGES_SHOWN 50
#define PAGES_ROOM (12 << 10) /* bytes of links */
#define BOOK_PAGES 1000       /* of one part: as many as a list has */
/* Room for one more page of 64 KiB, which may grow when it is shown. */
#define BOOK_ROOM (RESPONSE_BODY_MAX - 4 * POST_MAX)

struct pages_view {
    const struct visit *visit; /* first */
    struct page *last;         /* the last one shown; id 0: all were */
    bool is_newest;
    enum err *bad;
};

static void
name(struct gmi *g, const void *view)
{
    gmi_user(g, ((const struct pages_view *)view)->visit->community->name);
}

static struct rows
list_start(const struct pages_view *pv)
{
    const struct visit *v = pv->visit;
    int64_t community = v->community->id;

    if (!pv->is_newest)
        return page_list(v->rd, community, v->at.id, v->mem);
    if (v->at.route == R_pages_new)
        return page_newest(v->rd, community, INT64_MAX, INT64_MAX,
                           PAGES_SHOWN + 1);
    return page_newest(v->rd, community, v->at.page, v->at.id, PAGES_SHOWN + 1);
}

static void
list(struct gmi *g, const void *view)
{
    const struct pages_view *pv = view;
    const struct visit *v = pv->visit;
    struct rows r = list_start(pv);
    size_t start = g->out->n;
    struct page p, last = {0};
    bool is_full = false;

    for (int shown = 0; !is_full && page_next(&r, &p); shown++) {
        struct mark before = mark_take(g);

        line_page(g, v, &p, false);
        if (shown == PAGES_SHOWN || (shown && g->out->n - start > PAGES_ROOM)) {
            mark_back(g, &before);
            is_full = true;
        } else {
            last = p;
        }
    }
    *pv->bad = rows_end(&r);
    if (is_full)
        *pv->last = last; /* of it, only numbers are used from here on */
    if (g->out->n == start) {
        gmi_text(g);
        gmi_say(g, word(v, WORD_pages_none));
    }
}

static struct href
more(const void *view)
{
    const struct pages_view *pv = view;
    const struct visit *v = pv->visit;

    if (!pv->last->id)
        return (struct href){0};
    if (pv->is_newest)
        return route(v, R_pages_new_more, .name = v->community->slug,
                     .page = pv->last->changed_at, .id = pv->last->id);
    return route(v, R_pages_more, .name = v->community->slug,
                 .id = pv->last->id);
}

static struct href
other_order(const struct pages_view *pv, bool is_shown, enum route_id id)
{
    if (!is_shown)
        return (struct href){0};
    return route(pv->visit, id, .name = pv->visit->community->slug);
}

static struct href
newest(const void *view)
{
    const struct pages_view *pv = view;

    return other_order(pv, !pv->is_newest, R_pages_new);
}

static struct href
by_title(const void *view)
{
    const struct pages_view *pv = view;

    return other_order(pv, pv->is_newest, R_pages);
}

static struct href
book(const void *view)
{
    const struct pages_view *pv = view;

    return other_order(pv, pv->visit->community->book > 0, R_book);
}

static void
book_size(struct gmi *g, const void *view)
{
    const struct visit *v = ((const struct pages_view *)view)->visit;

    line_size(g, v, (size_t)v->community->book);
}

static struct href
front(const void *view)
{
    return other_order(view, true, R_community);
}

static struct href
sheets(const void *view)
{
    const struct pages_view *pv = view;

    return other_order(pv, may_tend(pv->visit), R_sheets);
}

const struct hole holes_pages[] = {HREF("sheets", sheets),
                                   WORDS("name", name),
                                   LINES("list", list),
                                   HREF("more", more),
                                   HREF("newest", newest),
                                   HREF("by-title", by_title),
                                   ROUTE("tags", R_tags),
                                   HREF("book", book),
                                   WORDS("book-size", book_size),
                                   HREF("front", front),
                                   {0}};

static enum err
pages_page(const struct visit *v, struct response *rs, bool is_newest)
{
    struct page last = {0};
    enum err bad = OK;
    struct pages_view view = {v, &last, is_newest, &bad};
    enum err e = page(v, rs, FRAME_pages, &view);

    return e ? e : bad;
}

enum err
page_pages(const struct visit *v, struct response *rs)
{
    return pages_page(v, rs, false);
}

enum err
page_pages_more(const struct visit *v, struct response *rs)
{
    return pages_page(v, rs, false);
}

enum err
page_pages_new(const struct visit *v, struct response *rs)
{
    return pages_page(v, rs, true);
}

enum err
page_pages_new_more(const struct visit *v, struct response *rs)
{
    return pages_page(v, rs, true);
}

static void
contents(struct gmi *g, const void *view)
{
    const struct pages_view *pv = view;
    const struct visit *v = pv->visit;
    struct rows r = page_list(v->rd, v->community->id, v->at.id, v->mem);
    size_t start = g->out->n;
    struct page p;

    while (page_next(&r, &p)) {
        gmi_link(g, route(v, R_page, .id = p.id));
        gmi_user(g, p.title);
    }
    *pv->bad = rows_end(&r);
    if (g->out->n == start) {
        gmi_text(g);
        gmi_say(g, word(v, WORD_pages_none));
    }
}

/* A heading of the second level: those of its text go below it. */
static void
book_page(struct gmi *g, const struct visit *v, const struct page *p)
{
    gmi_blank(g);
    gmi_h2(g);
    gmi_user(g, p->title);
    gmi_text(g);
    true_say(g, v, p);
    gmi_blank(g);
    gmi_user_block(g, p->text);
}

/* As many as the contents list, and as have room. */
static void
texts(struct gmi *g, const void *view)
{
    const struct pages_view *pv = view;
    const struct visit *v = pv->visit;
    struct rows r = page_book_list(v->rd, v->community->id, v->at.id, v->mem);
    struct page p, last = {0};
    bool is_full = false;
    enum err e;

    for (int shown = 0; !is_full && page_book_next(&r, &p); shown++) {
        is_full = shown == BOOK_PAGES || g->out->n > BOOK_ROOM;
        if (is_full)
            break;
        book_page(g, v, &p);
        last = p;
    }
    if ((e = rows_end(&r)) && !*pv->bad)
        *pv->bad = e;
    if (is_full)
        *pv->last = last;
}

static struct href
further(const void *view)
{
    const struct pages_view *pv = view;

    if (!pv->last->id)
        return (struct href){0};
    return route(pv->visit, R_book_more, .name = pv->visit->community->slug,
                 .id = pv->last->id);
}

static void
address_say(struct gmi *g, const void *view)
{
    const struct visit *v = ((const struct pages_view *)view)->visit;

    gmi_user(g, address(v, (struct at){.route = R_book,
                                       .is_inside = v->at.is_inside,
                                       .name = v->community->slug})
                    .url);
}

static void
date(struct gmi *g, const void *view)
{
    const struct visit *v = ((const struct pages_view *)view)->visit;

    line_date(g, v, v->now);
}

const struct hole holes_book[] = {WORDS("name", name),
                                  LINES("contents", contents),
                                  LINES("texts", texts),
                                  HREF("further", further),
                                  WORDS("address", address_say),
                                  WORDS("date", date),
                                  HREF("pages", newest),
                                  HREF("front", front),
                                  {0}};

static enum err
book_part(const struct visit *v, struct response *rs)
{
    struct page last = {0};
    enum err bad = OK;
    struct pages_view view = {v, &last, false, &bad};
    enum err e = page(v, rs, FRAME_book, &view);

    return e ? e : bad;
}

enum err
page_book(const struct visit *v, struct response *rs)
{
    return book_part(v, rs);
}

enum err
page_book_more(const struct visit *v, struct response *rs)
{
    return book_part(v, rs);
}
