/* What is still open, oldest first: everywhere, and in one community. */
#include "pages/reading.h"

#define OPEN_LINES 25

struct open_view {
    const struct visit *visit; /* first */
    int64_t *last;             /* of a full page: its last thread; else 0 */
    enum err *bad;
};

/* By the day it was asked. */
static void
line_open(struct gmi *g, const struct visit *v, const struct thread *t)
{
    gmi_link(g, route(v, R_thread, .id = t->id));
    line_date(g, v, t->made_at);
    gmi_say(g, LIT(" "));
    line_label(g, t->title);
    gmi_say(g, LIT(" · "));
    gmi_user(g, t->author_name);
    if (!v->community) {
        gmi_say(g, LIT(" · "));
        gmi_user(g, t->community_name);
    }
    line_state(g, v, t);
}

static void
list(struct gmi *g, const void *view)
{
    const struct open_view *ov = view;
    const struct visit *v = ov->visit;
    struct rows r =
        v->community
            ? thread_open_in(v->rd, v->community->id, v->at.id, OPEN_LINES + 1)
            : thread_open_list(v->rd, v->who.member, v->at.id, OPEN_LINES + 1);
    size_t start = g->out->n;
    int64_t last = 0;
    struct thread t;

    for (int shown = 0; !*ov->last && thread_next(&r, &t); shown++) {
        struct mark before = mark_take(g);

        line_open(g, v, &t);
        if (shown == OPEN_LINES || (shown && g->out->n - start > MENU_ROOM)) {
            mark_back(g, &before);
            *ov->last = last;
        }
        last = t.id;
    }
    *ov->bad = rows_end(&r);
    if (g->out->n == start) {
        gmi_text(g);
        gmi_say(g, word(v, WORD_open_none));
    }
}

static struct href
more(const void *view)
{
    const struct open_view *ov = view;
    const struct visit *v = ov->visit;

    if (!*ov->last)
        return (struct href){0};
    if (!v->community)
        return route(v, R_open_more, .id = *ov->last);
    return route(v, R_community_open_more, .name = v->community->slug,
                 .id = *ov->last);
}

static void
name(struct gmi *g, const void *view)
{
    const struct open_view *ov = view;

    gmi_user(g, ov->visit->community->name);
}

static struct href
front(const void *view)
{
    const struct open_view *ov = view;

    return route(ov->visit, R_community, .name = ov->visit->community->slug);
}

const struct hole holes_open[] = {LINES("list", list), HREF("more", more), {0}};

const struct hole holes_community_open[] = {
    WORDS("name", name),  LINES("list", list),   HREF("more", more),
    HREF("front", front), ROUTE("open", R_open), {0}};

static enum err
open_page(const struct visit *v, struct response *rs, enum frame_id frame)
{
    int64_t last = 0;
    enum err bad = OK;
    struct open_view view = {v, &last, &bad};
    enum err e = page(v, rs, frame, &view);

    return e ? e : bad;
}

enum err
page_open(const struct visit *v, struct response *rs)
{
    return open_page(v, rs, FRAME_open);
}

enum err
page_open_more(const struct visit *v, struct response *rs)
{
    return open_page(v, rs, FRAME_open);
}

enum err
page_community_open(const struct visit *v, struct response *rs)
{
    return open_page(v, rs, FRAME_community_open);
}

enum err
page_community_open_more(const struct visit *v, struct response *rs)
{
    return open_page(v, rs, FRAME_community_open);
}
