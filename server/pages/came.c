/* Telling what came of it, and the lists of what people told. */
#include "forum/came.h"
#include "pages/posted.h"
#include "pages/reading.h"

#define LINES_SHOWN 40

/* The five answers to "what came of it?", as they stand in paths. */
static const struct choice {
    const char *name;
    enum came_kind kind;
    enum word_id label;
} choices[] = {
    {"will", CAME_WILL_TRY, WORD_came_choose_will_try},
    {"tried", CAME_TRIED, WORD_came_choose_tried},
    {"worked", CAME_WORKED, WORD_came_choose_worked},
    {"not", CAME_DID_NOT, WORD_came_choose_did_not},
    {"changed", CAME_DIFFERENTLY, WORD_came_choose_differently},
};
#define CHOICES (sizeof(choices) / sizeof(choices[0]))

struct came_view {
    const struct visit *visit;
    int64_t *older;
    enum err *bad;
};

static struct href
came_post(const void *view)
{
    const struct visit *v = ((const struct came_view *)view)->visit;

    return route(v, R_post, .id = v->at.id, .page = v->at.page);
}

static void
tell_post(struct gmi *g, const void *view)
{
    const struct visit *v = ((const struct came_view *)view)->visit;

    gmi_link(g, came_post(view));
    post_by(g, v, v->post);
    gmi_say(g, LIT(" \xc2\xb7 "));
    thread_name(g, v, v->thread);
}

static void
tell_choices(struct gmi *g, const void *view)
{
    const struct visit *v = ((const struct came_view *)view)->visit;

    for (size_t i = 0; i < CHOICES; i++) {
        gmi_link(g, route(v, R_came, .id = v->at.id, .page = v->at.page,
                          .name = str_of(choices[i].name)));
        gmi_say(g, word(v, choices[i].label));
    }
}

const struct hole holes_came_tell[] = {LINES("post", tell_post),
                                       LINES("choices", tell_choices),
                                       HREF("back", came_post),
                                       {0}};

enum err
page_came_tell(const struct visit *v, struct response *rs)
{
    struct came_view view = {.visit = v};

    if (v->post->status != POST_HERE)
        return redirect(v, rs, came_post(&view));
    return page(v, rs, FRAME_came_tell, &view);
}

/* The line stands under the post; what came too fast is in a draft. */
static enum err
came_after(const struct visit *v, struct response *rs, const struct outcome *o)
{
    return o->why
               ? draft_kept(v, rs, o)
               : redirect(v, rs,
                          route(v, R_post, .id = o->thread, .page = o->number));
}

enum err
page_came(const struct visit *v, struct response *rs)
{
    for (size_t i = 0; i < CHOICES; i++)
        if (str_eq(v->at.name, str_of(choices[i].name)))
            return visit_change(v, rs, came_after, CHANGE_CAME,
                                .thread = v->at.id, .number = v->at.page,
                                .value = (int)choices[i].kind,
                                .text = v->input);
    return E_NOT_FOUND;
}

static enum err
dropped_after(const struct visit *v, struct response *rs,
              const struct outcome *o)
{
    if (o->thread)
        return redirect(v, rs,
                        route(v, R_post, .id = o->thread, .page = o->number));
    if (o->page)
        return redirect(v, rs, route(v, R_page, .id = o->page));
    return redirect(v, rs, route(v, R_home));
}

enum err
page_came_drop(const struct visit *v, struct response *rs)
{
    return visit_change(v, rs, dropped_after, CHANGE_CAME_DROP,
                        .thing = v->at.id);
}

static enum err
used_after(const struct visit *v, struct response *rs, const struct outcome *o)
{
    (void)o;
    return redirect(v, rs, route(v, R_page, .id = v->at.id));
}

enum err
page_page_used(const struct visit *v, struct response *rs)
{
    return visit_change(v, rs, used_after, CHANGE_USED, .thing = v->at.id,
                        .text = v->input);
}

static void
nothing_told(struct gmi *g, const struct visit *v)
{
    gmi_text(g);
    gmi_say(g, word(v, WORD_value_nothing));
}

static void
post_came_lines(struct gmi *g, const void *view)
{
    const struct came_view *c = view;
    const struct visit *v = c->visit;
    struct came_lines lines = {.most = LINES_SHOWN, .has_own_links = true};
    size_t before = g->out->n;
    int64_t from = 0;

    (void)str_to_int(v->at.name, &from); /* looked at before the page */
    if (from == 0)
        from = INT64_MAX;
    lines.rows = came_of_post(v->rd, POST_ID(v->at.id, v->at.page), from,
                              LINES_SHOWN + 1);
    came_show(g, v, &lines);
    *c->older = lines.last;
    *c->bad = lines.bad;
    if (g->out->n == before)
        nothing_told(g, v);
}

static struct href
post_came_older(const void *view)
{
    const struct came_view *c = view;
    const struct visit *v = c->visit;

    if (!*c->older)
        return (struct href){0};
    return route(v, R_post_came, .id = v->at.id, .page = v->at.page,
                 .name = arena_fmt(v->mem, "%lld", (long long)*c->older));
}

const struct hole holes_post_came[] = {HREF("post", came_post),
                                       LINES("came", post_came_lines),
                                       HREF("older", post_came_older),
                                       {0}};

enum err
page_post_came(const struct visit *v, struct response *rs)
{
    int64_t older = 0, from;
    enum err bad = OK, e;
    struct came_view view = {v, &older, &bad};

    if (!str_to_int(v->at.name, &from) || v->post->status != POST_HERE)
        return E_NOT_FOUND;
    e = page(v, rs, FRAME_post_came, &view);
    return e ? e : bad;
}

static void
community_name(struct gmi *g, const void *view)
{
    gmi_user(g, ((const struct came_view *)view)->visit->community->name);
}

static struct href
community_home(const void *view)
{
    const struct visit *v = ((const struct came_view *)view)->visit;

    return route(v, R_community, .name = v->community->slug);
}

static void
community_lines(struct gmi *g, const void *view)
{
    const struct came_view *c = view;
    const struct visit *v = c->visit;
    int64_t before =
        v->at.route == R_community_came_older ? v->at.id : INT64_MAX;
    struct rows r = came_list(v->rd, v->community->id, before, LINES_SHOWN + 1);
    struct came w;
    int64_t last = 0;
    int shown = 0;

    while (came_next(&r, &w)) {
        if (shown++ == LINES_SHOWN) {
            *c->older = last;
            break;
        }
        came_link(g, v, &w);
        last = w.id;
    }
    *c->bad = rows_end(&r);
    if (shown == 0)
        nothing_told(g, v);
}

static struct href
community_older(const void *view)
{
    const struct came_view *c = view;

    if (!*c->older)
        return (struct href){0};
    return route(c->visit, R_community_came_older,
                 .name = c->visit->community->slug, .id = *c->older);
}

const struct hole holes_community_came[] = {HREF("community", community_home),
                                            WORDS("name", community_name),
                                            LINES("came", community_lines),
                                            HREF("older", community_older),
                                            {0}};

enum err
page_community_came(const struct visit *v, struct response *rs)
{
    int64_t older = 0;
    enum err bad = OK, e;
    struct came_view view = {v, &older, &bad};

    e = page(v, rs, FRAME_community_came, &view);
    return e ? e : bad;
}

enum err
page_community_came_older(const struct visit *v, struct response *rs)
{
    return page_community_came(v, rs);
}
