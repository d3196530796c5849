/* Doubts about a page: on the page until they are answered, and all of them. */
#include "pages/kept.h"

#define DOUBTS_ROOM (12 << 10)

struct doubts_view {
    const struct visit *visit; /* first */
    int64_t *older;            /* 0: no more */
    enum err *bad;
};

static void
answer_show(struct gmi *g, const struct visit *v, const struct page_doubt *d)
{
    gmi_text(g);
    gmi_say(g, word(v, d->version         ? WORD_doubt_by_version
                       : d->answer.n == 0 ? WORD_doubt_withdrawn
                                          : WORD_doubt_answered));
    if (d->version) {
        gmi_say(g, LIT(" "));
        gmi_int(g, d->version);
    }
    gmi_say(g, LIT(" ("));
    gmi_user(g, d->answer_by);
    gmi_say(g, LIT(", "));
    line_date(g, v, d->answered_at);
    gmi_say(g, LIT(")"));
    if (d->answer.n > 0) {
        gmi_quote(g);
        gmi_user(g, d->answer);
    }
}

void
doubt_show(struct gmi *g, const struct visit *v, const struct page_doubt *d,
           bool is_answerable)
{
    gmi_text(g);
    gmi_user(g, d->name);
    gmi_say(g, LIT(", "));
    line_date(g, v, d->at);
    gmi_say(g, LIT(":"));
    gmi_quote(g);
    gmi_user(g, d->text);
    if (d->answered_at)
        answer_show(g, v, d);
    if (d->answered_at || !is_answerable)
        return;
    gmi_link(g, route(v, R_page_answer, .id = v->page->id, .page = d->id));
    gmi_say(g, word(v, WORD_doubt_answer));
    gmi_link(g, route(v, R_page_edit_doubt, .id = v->page->id, .page = d->id));
    gmi_say(g, word(v, WORD_doubt_edit));
}

static void
title(struct gmi *g, const void *view)
{
    gmi_user(g, ((const struct doubts_view *)view)->visit->page->title);
}

static void
doubts(struct gmi *g, const void *view)
{
    const struct doubts_view *dv = view;
    const struct visit *v = dv->visit;
    struct rows r =
        page_doubts(v->rd, v->page->id, v->at.page ? v->at.page : INT64_MAX);
    size_t start = g->out->n;
    struct page_doubt d;
    int64_t last = 0;

    while (!*dv->older && page_doubt_next(&r, &d)) {
        struct mark before = mark_take(g);

        gmi_blank(g);
        doubt_show(g, v, &d, may_tend(v));
        if (last && g->out->n - start > DOUBTS_ROOM) {
            mark_back(g, &before);
            *dv->older = last;
        }
        last = d.id;
    }
    *dv->bad = rows_end(&r);
    if (g->out->n == start) {
        gmi_text(g);
        gmi_say(g, word(v, WORD_doubt_none));
    }
}

static struct href
older(const void *view)
{
    const struct doubts_view *dv = view;

    if (!*dv->older)
        return (struct href){0};
    return route(dv->visit, R_page_doubts, .id = dv->visit->page->id,
                 .page = *dv->older);
}

static struct href
the_page(const void *view)
{
    const struct visit *v = ((const struct doubts_view *)view)->visit;

    return route(v, R_page, .id = v->page->id);
}

const struct hole holes_page_doubts[] = {WORDS("title", title),
                                         LINES("doubts", doubts),
                                         HREF("older", older),
                                         HREF("page", the_page),
                                         {0}};

enum err
page_page_doubts(const struct visit *v, struct response *rs)
{
    int64_t further = 0;
    enum err bad = OK;
    struct doubts_view view = {v, &further, &bad};
    enum err e = page(v, rs, FRAME_page_doubts, &view);

    return e ? e : bad;
}
