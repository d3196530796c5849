/* Start a community, come into one, leave it. */
#include "pages/posted.h"
#include "pages/reading.h"

struct invited_view {
    const struct visit *visit; /* first */
    const struct community *community;
};

static void
name(struct gmi *g, const void *view)
{
    const struct invited_view *iv = view;

    gmi_user(g, iv->community->name);
}

static void
purpose(struct gmi *g, const void *view)
{
    const struct invited_view *iv = view;

    gmi_text(g);
    gmi_user(g, iv->community->purpose);
}

static void
openness(struct gmi *g, const void *view)
{
    const struct invited_view *iv = view;

    gmi_text(g);
    gmi_say(g, openness_word(iv->visit, iv->community->openness));
}

static struct href
join(const void *view)
{
    const struct invited_view *iv = view;
    const struct visit *v = iv->visit;

    if (!is_acting(v) || iv->community->is_participant)
        return (struct href){0};
    return route(v, R_come_invited, .name = v->at.name);
}

static struct href
read_it(const void *view)
{
    const struct invited_view *iv = view;

    if (!iv->community->is_participant)
        return (struct href){0};
    return route(iv->visit, R_community, .name = iv->community->slug);
}

/* The invitation is for people, and a guest is not known yet. */
static void
guest(struct gmi *g, const void *view)
{
    const struct invited_view *iv = view;

    if (is_acting(iv->visit))
        return;
    gmi_text(g);
    gmi_say(g, word(iv->visit, WORD_invited_guest));
}

const struct hole holes_invited[] = {
    WORDS("name", name),
    LINES("purpose", purpose),
    LINES("openness", openness),
    HREF("join", join),
    HREF("read", read_it),
    LINES("guest", guest),
    {0},
};

enum err
page_invited(const struct visit *v, struct response *rs)
{
    struct community c;
    enum err e =
        community_by_invitation(v->rd, v->at.name, v->who.member, v->mem, &c);

    if (e)
        return e;
    return page(v, rs, FRAME_invited, &(struct invited_view){v, &c});
}

static enum err
to_community(const struct visit *v, struct response *rs,
             const struct outcome *o)
{
    if (o->why)
        return draft_kept(v, rs, o);
    return redirect(v, rs, route(v, R_community, .name = str_of(o->slug)));
}

enum err
page_come(const struct visit *v, struct response *rs)
{
    return visit_change(v, rs, to_community, CHANGE_COME,
                        .community = v->community->id);
}

enum err
page_come_invited(const struct visit *v, struct response *rs)
{
    struct community c;
    enum err e =
        community_by_invitation(v->rd, v->at.name, v->who.member, v->mem, &c);

    if (e)
        return e;
    return visit_change(v, rs, to_community, CHANGE_COME_INVITED,
                        .community = c.id, .text = v->at.name);
}

/* Whoever left a closed one can not see it any more. */
static enum err
left(const struct visit *v, struct response *rs, const struct outcome *o)
{
    struct community c;
    enum err e =
        community_by_id(v->rd, o->community, v->who.member, v->mem, &c);

    if (e == E_NOT_FOUND)
        return redirect(v, rs, route(v, R_communities));
    return e ? e : redirect(v, rs, route(v, R_community, .name = c.slug));
}

enum err
page_leave(const struct visit *v, struct response *rs)
{
    return visit_change(v, rs, left, CHANGE_LEAVE,
                        .community = v->community->id);
}

static enum err
to_name(const struct visit *v, struct response *rs, const struct outcome *o)
{
    return redirect(v, rs, route(v, R_start_name, .id = o->draft));
}

enum err
page_start(const struct visit *v, struct response *rs)
{
    return visit_change(v, rs, to_name, CHANGE_START, .text = v->input);
}

enum err
page_start_name(const struct visit *v, struct response *rs)
{
    return visit_change(v, rs, to_community, CHANGE_FOUND, .draft = v->at.id,
                        .text = v->input);
}
