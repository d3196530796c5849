/*
 * Catch-up: all that is new since a member's marks, in full, in one document.
 * Each place has a fair share of the room, so that a loud one can not push out
 * a quiet one. Nothing moves the marks but the link at its end, which says how
 * far this very page went; so a download that breaks loses nothing.
 */
#include "pages/catch_up.h"
#include "base/buf.h"

#define PLACES 400 /* looked at for one page */
#define BEGINNING (-1)

struct catch_view {
    const struct visit *visit; /* first */
    struct catch_up *up;
};

static void
fill_places(struct gmi *g, const void *view)
{
    const struct catch_view *cv = view;

    gmi_end(g);
    catch_up_tell(g, cv->visit, cv->up);
    if (g->out->n == cv->up->begin) {
        gmi_text(g);
        gmi_say(g, word(cv->visit, WORD_since_nothing));
    }
}

/* The last place of this page, where others are left for the next. */
static const struct news *
last_place(const struct catch_up *up)
{
    bool is_through = up->shown == up->count && !up->has_more;

    return is_through || up->shown == 0 ? NULL : &up->news[up->shown - 1];
}

static struct href
href_next(const void *view)
{
    const struct catch_view *cv = view;
    const struct news *last = last_place(cv->up);

    if (!last)
        return (struct href){0};
    return route(cv->visit, R_catch_up_from, .page = (int64_t)last->kind,
                 .id = last->thing);
}

/* Which places this page showed, and where it stopped in some: stops that
 * forum/follow_apply.c reads. */
static struct str
stops(const struct catch_view *cv)
{
    const struct catch_up *up = cv->up;
    const struct visit *v = cv->visit;
    const struct news *last = last_place(up);
    bool is_part = v->at.route == R_catch_up_from;
    struct str out = arena_fmt(
        v->mem, "%lld.%lld-%lld.%lld", is_part ? (long long)v->at.page : 0,
        is_part ? (long long)v->at.id : 0, last ? (long long)last->kind : 9,
        last ? (long long)last->thing : 0);

    for (int i = 0; up->news && i < up->parts; i++) {
        const struct news *n = &up->news[up->part[i].place];

        out = arena_fmt(v->mem, "%.*s-%d.%lld.%lld", (int)out.n, out.p,
                        (int)n->kind, (long long)n->thing,
                        (long long)up->part[i].mark);
    }
    return out;
}

static struct href
href_mark(const void *view)
{
    const struct catch_view *cv = view;
    const struct catch_up *up = cv->up;

    if (up->shown == 0)
        return (struct href){0};
    if (up->parts == 0 && !last_place(up) && cv->visit->at.route == R_catch_up)
        return route(cv->visit, R_mark_move, .id = up->newest);
    return route(cv->visit, R_mark_move_parts, .id = up->newest,
                 .name = stops(cv));
}

const struct hole holes_catch_up[] = {LINES("places", fill_places),
                                      HREF("next", href_next),
                                      HREF("mark", href_mark),
                                      ROUTE("follows", R_follows),
                                      {0}};

static enum err
catch_up_page(const struct visit *v, struct response *rs, int64_t kind,
              int64_t thing)
{
    struct catch_up up = {.bad = OK};
    struct catch_view view = {v, &up};
    struct keep_up own;
    enum err e;

    if ((e = news_list(v->rd, v->who.member, kind, thing, PLACES + 1, v->mem,
                       &up.news, &up.count)) ||
        (e = news_newest(v->rd, &up.newest)) ||
        (e = news_is_any_muted(v->rd, v->who.member, &up.is_muting)) ||
        (e = keep_up_get(v->rd, v->who.member, v->mem, &own)))
        return e;
    up.hears_chat = own.hears_chat;
    up.has_more = up.count > PLACES;
    if (up.has_more)
        up.count = PLACES;
    e = page(v, rs, FRAME_catch_up, &view);
    return e ? e : up.bad;
}

enum err
page_catch_up(const struct visit *v, struct response *rs)
{
    return catch_up_page(v, rs, BEGINNING, 0);
}

enum err
page_catch_up_from(const struct visit *v, struct response *rs)
{
    return catch_up_page(v, rs, v->at.page, v->at.id);
}

static enum err
marked(const struct visit *v, struct response *rs, const struct outcome *o)
{
    (void)o;
    return redirect(v, rs, route(v, R_mark_moved));
}

enum err
page_mark_move(const struct visit *v, struct response *rs)
{
    return visit_change(v, rs, marked, CHANGE_MOVE_MARK, .thing = v->at.id,
                        .text = v->at.name);
}

enum err
page_mark_move_parts(const struct visit *v, struct response *rs)
{
    return page_mark_move(v, rs);
}

enum err
page_mark_moved(const struct visit *v, struct response *rs)
{
    const struct action actions[] = {
        {word(v, WORD_marked_rest), route(v, R_catch_up)},
        {word(v, WORD_marked_home), route(v, R_home)},
    };

    return page_note(v, rs, word(v, WORD_marked_heading), word(v, WORD_marked),
                     actions, 2);
}
