/* The public log: what stewards did, everywhere. */
#include "pages/inner.h"

#define ACTS 40

struct log_view {
    const struct visit *visit;
    int64_t *older; /* the last act shown, where there are more; else 0 */
    enum err *bad;
};

static void
log_acts(struct gmi *g, const void *view)
{
    const struct log_view *l = view;
    const struct visit *v = l->visit;
    int64_t before = v->at.route == R_log_older ? v->at.id : INT64_MAX;
    struct rows r = act_list(v->rd, 0, v->who.member, before);
    int64_t last = 0;
    struct act a;
    int shown = 0;

    while (act_next(&r, &a)) {
        if (shown++ == ACTS) {
            *l->older = last;
            break;
        }
        line_act(g, v, &a, true);
        last = a.id;
    }
    *l->bad = rows_end(&r);
    if (shown == 0) {
        gmi_text(g);
        gmi_say(g, word(v, WORD_log_nothing));
    }
}

static struct href
log_further(const void *view)
{
    const struct log_view *l = view;

    if (!*l->older)
        return (struct href){{NULL, 0}};
    return route(l->visit, R_log_older, .id = *l->older);
}

const struct hole holes_log[] = {
    LINES("acts", log_acts), HREF("older", log_further), {0}};

enum err
page_log(const struct visit *v, struct response *rs)
{
    int64_t older = 0;
    enum err bad = OK, e;
    struct log_view view = {.visit = v, .older = &older, .bad = &bad};

    e = page(v, rs, FRAME_log, &view);
    return e ? e : bad;
}

enum err
page_log_older(const struct visit *v, struct response *rs)
{
    return page_log(v, rs);
}
