/* What one does seldom with a thread, so that its own page stays short. */
#include "forum/follow.h"
#include "pages/feed.h"
#include "pages/reading.h"

struct more_view {
    const struct visit *visit; /* first */
    bool is_followed, is_muted;
};

static void
title(struct gmi *g, const void *view)
{
    const struct visit *v = ((const struct more_view *)view)->visit;

    thread_name(g, v, v->thread);
}

static void
place(struct gmi *g, const void *view)
{
    const struct visit *v = ((const struct more_view *)view)->visit;

    thread_place(g, v, v->thread);
}

static struct href
save(const void *view)
{
    const struct visit *v = ((const struct more_view *)view)->visit;

    return route(v, R_save, .id = v->thread->id);
}

static bool
may_tend_here(const struct visit *v)
{
    return is_acting(v) && v->community->room != ROOM_PAIR &&
           rules_may_tend(v->community, v->who.member) == OK;
}

struct href
thread_keep(const struct visit *v)
{
    if (!may_tend_here(v) || v->thread->kind == KIND_CHAT)
        return (struct href){0};
    return route(v, R_keep, .id = v->thread->id);
}

static struct href
keep(const void *view)
{
    return thread_keep(((const struct more_view *)view)->visit);
}

static struct href
show(const void *view)
{
    const struct visit *v = ((const struct more_view *)view)->visit;

    if (!may_tend_here(v))
        return (struct href){0};
    return route(v, R_thread_start, .id = v->thread->id);
}

static void
sign(struct gmi *g, const void *view)
{
    const struct visit *v = ((const struct more_view *)view)->visit;

    if (!is_quiet_here(v, v->thread))
        return;
    quiet_show(g, v, v->thread);
    gmi_text(g);
    gmi_say(g, word(v, WORD_quiet_sign_about));
    gmi_link(g, route(v, R_sign, .id = v->thread->id));
    gmi_say(g, word(v, WORD_quiet_sign));
}

static struct href
act(const struct more_view *mv, enum route_id id, bool is_shown)
{
    if (!is_shown || !is_acting(mv->visit))
        return (struct href){0};
    return route(mv->visit, id, .id = mv->visit->thread->id);
}

static struct href
follow(const void *view)
{
    const struct more_view *mv = view;

    return act(mv, R_follow_thread, !mv->is_followed);
}

static struct href
unfollow(const void *view)
{
    const struct more_view *mv = view;

    return act(mv, R_unfollow_thread, mv->is_followed);
}

static struct href
mute(const void *view)
{
    const struct more_view *mv = view;

    return act(mv, R_mute_thread, !mv->is_muted);
}

static struct href
unmute(const void *view)
{
    const struct more_view *mv = view;

    return act(mv, R_unmute_thread, mv->is_muted);
}

static struct href
back(const void *view)
{
    const struct visit *v = ((const struct more_view *)view)->visit;

    return route(v, R_thread, .id = v->thread->id);
}

static struct href
feed(const void *view)
{
    const struct visit *v = *(const struct visit *const *)view;

    return feed_link(v,
                     (struct at){.route = R_thread_feed, .id = v->thread->id});
}

const struct hole holes_thread_more[] = {
    WORDS("title", title),
    LINES("place", place),
    HREF("follow", follow),
    HREF("unfollow", unfollow),
    HREF("mute", mute),
    HREF("unmute", unmute),
    ROUTE("follows", R_follows),
    HREF("save", save),
    HREF("keep", keep),
    HREF("show", show),
    ROUTE("notebook", R_notebook),
    LINES("sign", sign),
    HREF("thread", back),
    HREF("feed", feed),
    {0},
};

enum err
page_thread_more(const struct visit *v, struct response *rs)
{
    struct more_view view = {.visit = v};
    enum err e = follow_state(v->rd, v->who.member, FOLLOW_THREAD,
                              v->thread->id, &view.is_followed, &view.is_muted);

    return e ? e : page(v, rs, FRAME_thread_more, &view);
}

static enum err
signed_after(const struct visit *v, struct response *rs,
             const struct outcome *o)
{
    return redirect(v, rs, route(v, R_thread, .id = o->thread));
}

enum err
page_sign(const struct visit *v, struct response *rs)
{
    return visit_change(v, rs, signed_after, CHANGE_SIGN, .thread = v->at.id);
}
