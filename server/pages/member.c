/* The page of a member: what they chose to say and to offer, and nothing
 * gathered. */
#include "base/text.h"
#include "forum/follow.h"
#include "forum/need.h"
#include "pages/feed.h"
#include "pages/reading.h"

#define OFFERS_SHOWN 20 /* their communities show the older ones too */

struct member_view {
    const struct visit *visit; /* first */
    const struct member *member;
    bool is_muted; /* by the visitor */
    enum err *bad;
};

static void
name(struct gmi *g, const void *view)
{
    const struct member_view *mv = view;

    gmi_user(g, mv->member->name);
}

static void
about(struct gmi *g, const void *view)
{
    const struct member_view *mv = view;

    gmi_text(g);
    if (mv->member->about.n)
        gmi_user(g, mv->member->about);
    else
        gmi_say(g, word(mv->visit, WORD_member_silent));
}

/* Somebody may come here by a name that this member had before. */
static void
former(struct gmi *g, const void *view)
{
    const struct member_view *mv = view;
    const struct visit *v = mv->visit;
    struct str asked = text_fold(v->mem, v->at.name);

    if (str_eq(asked, text_fold(v->mem, mv->member->name)))
        return;
    gmi_text(g);
    gmi_say(g, word(v, WORD_member_former));
    gmi_say(g, LIT(" "));
    gmi_user(g, v->at.name);
}

static void
offers(struct gmi *g, const void *view)
{
    const struct member_view *mv = view;
    const struct visit *v = mv->visit;
    struct rows r = need_offered(v->rd, mv->member->id, v->who.member,
                                 INT64_MAX, OFFERS_SHOWN);
    struct need n;

    for (bool is_first = true; need_next(&r, &n); is_first = false) {
        if (is_first) {
            gmi_h2(g);
            gmi_say(g, word(v, WORD_member_offers));
        }
        gmi_link(g, route(v, R_thread, .id = n.id));
        line_label(g, n.title);
        gmi_say(g, LIT(" · "));
        gmi_say(g, word(v, WORD_need_until));
        gmi_say(g, LIT(" "));
        line_date(g, v, n.expires_at);
    }
    *mv->bad = rows_end(&r);
}

/* Pages that they chose themselves; none is gathered. */
static void
chosen(struct gmi *g, const void *view)
{
    const struct member_view *mv = view;
    const struct visit *v = mv->visit;
    struct rows r =
        page_chosen(v->rd, mv->member->id, v->at.is_inside ? v->who.member : 0);
    struct page p;
    enum err e;

    for (bool is_first = true; page_next(&r, &p); is_first = false) {
        if (is_first) {
            gmi_h2(g);
            gmi_say(g, word(v, WORD_member_chosen));
        }
        gmi_link(g, route(v, R_page, .id = p.id));
        line_label(g, p.title);
        gmi_say(g, LIT(" · "));
        gmi_user(g, p.community_name);
    }
    e = rows_end(&r);
    if (e && !*mv->bad)
        *mv->bad = e;
}

static struct href
me(const void *view)
{
    const struct member_view *mv = view;
    const struct visit *v = mv->visit;

    if (!v->at.is_inside || v->who.role != ROLE_MEMBER ||
        v->who.member != mv->member->id)
        return (struct href){0};
    return route(v, R_me);
}

static struct href
act(const struct member_view *mv, enum route_id id, bool is_shown)
{
    const struct visit *v = mv->visit;

    if (!is_shown || !v->at.is_inside || v->who.role != ROLE_MEMBER ||
        v->who.member == mv->member->id)
        return (struct href){0};
    return route(v, id, .name = mv->member->name);
}

static struct href
mute(const void *view)
{
    const struct member_view *mv = view;

    return act(mv, R_mute_member, !mv->is_muted);
}

static struct href
unmute(const void *view)
{
    const struct member_view *mv = view;

    return act(mv, R_unmute_member, mv->is_muted);
}

static struct href
feed(const void *view)
{
    const struct member_view *mv = view;

    return feed_link(mv->visit, (struct at){.route = R_member_feed,
                                            .name = mv->member->name});
}

const struct hole holes_member[] = {
    WORDS("name", name),     LINES("about", about),
    LINES("former", former), LINES("offers", offers),
    LINES("chosen", chosen), HREF("mute", mute),
    HREF("unmute", unmute),  HREF("me", me),
    HREF("feed", feed),      {0},
};

enum err
page_member(const struct visit *v, struct response *rs)
{
    struct member m;
    enum err bad = OK;
    struct member_view view = {.visit = v, .member = &m, .bad = &bad};
    bool is_followed; /* nobody follows people */
    enum err e = member_by_name(v->rd, v->at.name, v->mem, &m);

    if (!e)
        e = follow_state(v->rd, v->who.member, FOLLOW_MEMBER, m.id,
                         &is_followed, &view.is_muted);
    if (!e)
        e = page(v, rs, FRAME_member, &view);
    return e ? e : bad;
}
