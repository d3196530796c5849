/* The directory of communities: alphabetical, without counts, resting ones
 * apart. */
#include "pages/reading.h"

#define DIRECTORY_LINES 40
#define DIRECTORY_ROOM (14 << 10) /* bytes of its links */

/* Where the directory goes on behind this page. */
struct place {
    struct str fold; /* lives in the visit's memory */
    int64_t id;      /* 0: nothing follows */
};

struct directory_view {
    const struct visit *visit; /* first */
    bool is_resting;
    struct place *next;
    enum err *bad;
};

static void
communities(struct gmi *g, const void *view)
{
    const struct directory_view *dv = view;
    const struct visit *v = dv->visit;
    struct rows r =
        community_list(v->rd, v->who.member, dv->is_resting,
                       v->now - RESTING_AFTER, v->at.name, v->at.id);
    struct place last = {0};
    size_t start = g->out->n;
    struct community c;

    for (int shown = 0; !dv->next->id && community_next(&r, &c); shown++) {
        struct mark before = mark_take(g);

        line_community(g, v, &c);
        if (shown == DIRECTORY_LINES ||
            (shown && g->out->n - start > DIRECTORY_ROOM)) {
            mark_back(g, &before);
            *dv->next = last;
        } else {
            last = (struct place){arena_copy(v->mem, c.fold), c.id};
        }
    }
    *dv->bad = rows_end(&r);
    if (g->out->n == start) {
        gmi_text(g);
        gmi_say(g, word(v, WORD_directory_empty));
    }
}

static struct href
more(const void *view)
{
    const struct directory_view *dv = view;

    if (!dv->next->id)
        return (struct href){0};
    if (dv->is_resting)
        return route(dv->visit, R_resting_more, .name = dv->next->fold,
                     .id = dv->next->id);
    return route(dv->visit, R_communities_more, .name = dv->next->fold,
                 .id = dv->next->id);
}

static struct href
resting(const void *view)
{
    const struct directory_view *dv = view;

    return route(dv->visit, R_resting);
}

static struct href
start(const void *view)
{
    const struct directory_view *dv = view;

    if (!is_acting(dv->visit))
        return (struct href){0};
    return route(dv->visit, R_start);
}

const struct hole holes_communities[] = {
    LINES("list", communities),
    HREF("more", more),
    HREF("resting", resting),
    HREF("start", start),
    {0},
};

const struct hole holes_resting[] = {
    LINES("list", communities),
    HREF("more", more),
    {0},
};

static enum err
directory(const struct visit *v, struct response *rs, bool is_resting)
{
    struct place next = {0};
    enum err bad = OK;
    struct directory_view view = {v, is_resting, &next, &bad};
    enum err e;

    e = page(v, rs, is_resting ? FRAME_resting : FRAME_communities, &view);
    return e ? e : bad;
}

enum err
page_communities(const struct visit *v, struct response *rs)
{
    return directory(v, rs, false);
}

enum err
page_communities_more(const struct visit *v, struct response *rs)
{
    return directory(v, rs, false);
}

enum err
page_resting(const struct visit *v, struct response *rs)
{
    return directory(v, rs, true);
}

enum err
page_resting_more(const struct visit *v, struct response *rs)
{
    return directory(v, rs, true);
}
