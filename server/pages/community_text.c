/* What stands beside a community's threads: its rules, where else it talks,
 * what its stewards did. */
#include "pages/reading.h"

#define LOG_LINES 50
#define LOG_ROOM (14 << 10) /* bytes of log lines */

struct text_view {
    const struct visit *visit; /* first */
    struct str text;
    int64_t *older; /* of the log; 0: no more */
    enum err *bad;
};

static void
name(struct gmi *g, const void *view)
{
    const struct text_view *tv = view;

    gmi_user(g, tv->visit->community->name);
}

static struct href
front(const void *view)
{
    const struct text_view *tv = view;

    return route(tv->visit, R_community, .name = tv->visit->community->slug);
}

static void
text(struct gmi *g, const void *view)
{
    const struct text_view *tv = view;

    if (tv->text.n) {
        gmi_user_block(g, tv->text);
        return;
    }
    gmi_text(g);
    gmi_say(g, word(tv->visit, WORD_community_unwritten));
}

const struct hole holes_community_rules[] = {
    WORDS("name", name),
    LINES("text", text),
    HREF("front", front),
    {0},
};

const struct hole holes_community_elsewhere[] = {
    WORDS("name", name),
    LINES("text", text),
    HREF("front", front),
    {0},
};

enum err
page_community_rules(const struct visit *v, struct response *rs)
{
    return page(v, rs, FRAME_community_rules,
                &(struct text_view){v, v->community->rules, NULL, NULL});
}

enum err
page_community_elsewhere(const struct visit *v, struct response *rs)
{
    return page(v, rs, FRAME_community_elsewhere,
                &(struct text_view){v, v->community->elsewhere, NULL, NULL});
}

static void
acts(struct gmi *g, const void *view)
{
    const struct text_view *tv = view;
    const struct visit *v = tv->visit;
    struct rows r = act_list(v->rd, v->community->id, v->who.member,
                             v->at.id ? v->at.id : INT64_MAX);
    size_t start = g->out->n;
    int64_t last = 0;
    struct act a;

    for (int shown = 0; !*tv->older && act_next(&r, &a); shown++) {
        struct mark before = mark_take(g);

        line_act(g, v, &a, false);
        if (shown == LOG_LINES || (shown && g->out->n - start > LOG_ROOM)) {
            mark_back(g, &before);
            *tv->older = last;
        }
        last = a.id;
    }
    *tv->bad = rows_end(&r);
    if (g->out->n == start) {
        gmi_text(g);
        gmi_say(g, word(v, WORD_community_unwritten));
    }
}

static struct href
older(const void *view)
{
    const struct text_view *tv = view;

    if (!*tv->older)
        return (struct href){0};
    return route(tv->visit, R_community_log_older,
                 .name = tv->visit->community->slug, .id = *tv->older);
}

const struct hole holes_community_log[] = {
    WORDS("name", name),
    LINES("acts", acts),
    HREF("older", older),
    HREF("front", front),
    {0},
};

enum err
page_community_log(const struct visit *v, struct response *rs)
{
    int64_t further = 0;
    enum err bad = OK;
    struct text_view view = {v, {0}, &further, &bad};
    enum err e = page(v, rs, FRAME_community_log, &view);

    return e ? e : bad;
}

enum err
page_community_log_older(const struct visit *v, struct response *rs)
{
    return page_community_log(v, rs);
}
