/* What those in a circle do with it: each is one change, and most lead back to
 * its page. */
#include "base/clock.h"
#include "forum/circle.h"
#include "pages/posted.h"

static enum err
to_circle(const struct visit *v, struct response *rs, const struct outcome *o)
{
    (void)o; /* its page shows what is so now */
    return redirect(v, rs, route(v, R_circle, .name = v->at.name));
}

static enum err
start_after(const struct visit *v, struct response *rs, const struct outcome *o)
{
    if (o->why)
        return draft_kept(v, rs, o);
    return redirect(v, rs, route(v, R_circle, .name = str_of(o->slug)));
}

enum err
page_circle_start(const struct visit *v, struct response *rs)
{
    struct str one = word(v, WORD_circle_prompt_1).s;
    struct str two = word(v, WORD_circle_prompt_2).s;
    struct str three = word(v, WORD_circle_prompt_3).s;
    struct str prompts =
        arena_fmt(v->mem, "%.*s\n%.*s\n%.*s", (int)one.n, one.p, (int)two.n,
                  two.p, (int)three.n, three.p);

    return visit_change(v, rs, start_after, CHANGE_CIRCLE_START,
                        .text = v->input, .title = prompts);
}

/* To the thread that was opened. Nothing was typed that could be lost. */
static enum err
thread_after(const struct visit *v, struct response *rs,
             const struct outcome *o)
{
    if (o->why == E_RATE)
        v->x->rate_seconds = o->wait;
    if (o->why)
        return o->why;
    if (!o->thread)
        return to_circle(v, rs, o);
    return redirect(v, rs, route(v, R_thread, .id = o->thread));
}

enum err
page_circle_meet(const struct visit *v, struct response *rs)
{
    struct str what = word(v, WORD_circle_meeting).s;
    struct str day = clock_date(v->mem, v->now);

    return visit_change(v, rs, thread_after, CHANGE_CIRCLE_MEET,
                        .community = v->community->id,
                        .title = arena_fmt(v->mem, "%.*s %.*s", (int)what.n,
                                           what.p, (int)day.n, day.p));
}

enum err
page_circle_prompt(const struct visit *v, struct response *rs)
{
    return visit_change(v, rs, to_circle, CHANGE_CIRCLE_PROMPT,
                        .community = v->community->id, .text = v->input);
}

enum err
page_circle_prompt_drop(const struct visit *v, struct response *rs)
{
    return visit_change(v, rs, to_circle, CHANGE_CIRCLE_PROMPT_DROP,
                        .community = v->community->id, .based_on = v->at.id,
                        .number = v->at.page);
}

enum err
page_circle_until(const struct visit *v, struct response *rs)
{
    return visit_change(v, rs, to_circle, CHANGE_CIRCLE_UNTIL,
                        .community = v->community->id, .text = v->input);
}

enum err
page_circle_invite(const struct visit *v, struct response *rs)
{
    return visit_change(v, rs, to_circle, CHANGE_CIRCLE_INVITE,
                        .community = v->community->id);
}

/* To its four questions. */
static enum err
review_after(const struct visit *v, struct response *rs,
             const struct outcome *o)
{
    if (o->why)
        return thread_after(v, rs, o);
    return redirect(v, rs, route(v, R_review, .id = o->thread));
}

enum err
page_circle_close(const struct visit *v, struct response *rs)
{
    return visit_change(v, rs, review_after, CHANGE_CIRCLE_CLOSE,
                        .community = v->community->id,
                        .title = word(v, WORD_circle_review_title).s);
}

/* The last of them who wished so has deleted it. */
static enum err
wish_after(const struct visit *v, struct response *rs, const struct outcome *o)
{
    if (!o->community)
        return redirect(v, rs, route(v, R_circles));
    return to_circle(v, rs, o);
}

enum err
page_circle_wish(const struct visit *v, struct response *rs)
{
    if (v->at.page >= WISH_COUNT)
        return E_NOT_FOUND;
    return visit_change(v, rs, wish_after, CHANGE_CIRCLE_WISH,
                        .community = v->community->id,
                        .value = (int)v->at.page);
}

static enum err
share_after(const struct visit *v, struct response *rs, const struct outcome *o)
{
    if (!o->draft)
        return to_circle(v, rs, o);
    return draft_show(v, rs, o->draft);
}

enum err
page_circle_share(const struct visit *v, struct response *rs)
{
    struct str what = word(v, WORD_circle_share_title).s;
    struct str name = v->community->name;

    return visit_change(v, rs, share_after, CHANGE_CIRCLE_SHARE,
                        .community = v->community->id,
                        .title = arena_fmt(v->mem, "%.*s %.*s", (int)what.n,
                                           what.p, (int)name.n, name.p));
}
