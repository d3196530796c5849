/* Where a member makes, sees and takes away the address of their private feed.
 */
#include "forum/follow.h"
#include "forum/own_feed.h"
#include "pages/reading.h"

struct feed_view {
    const struct visit *visit; /* first */
    struct str secret;         /* empty: none */
    int64_t mark;
};

static void
address_line(struct gmi *g, const struct feed_view *fv, enum route_id id)
{
    const struct visit *v = fv->visit;
    struct at at = {.route = id, .name = fv->secret};

    gmi_link(g, address(v, at));
    gmi_user(g, address(v, at).url);
}

static void
addresses(struct gmi *g, const void *view)
{
    const struct feed_view *fv = view;

    if (fv->secret.n == 0) {
        gmi_text(g);
        gmi_say(g, word(fv->visit, WORD_own_feed_none));
        return;
    }
    address_line(g, fv, R_own_feed);
    address_line(g, fv, R_own_atom);
}

static struct href
make_when(const struct feed_view *fv, bool is_shown)
{
    if (!is_shown)
        return (struct href){0};
    return route(fv->visit, R_me_feed_new, .id = fv->mark);
}

static struct href
make(const void *view)
{
    const struct feed_view *fv = view;

    return make_when(fv, fv->secret.n == 0);
}

static struct href
replace(const void *view)
{
    const struct feed_view *fv = view;

    return make_when(fv, fv->secret.n > 0);
}

static struct href
drop(const void *view)
{
    const struct feed_view *fv = view;

    if (fv->secret.n == 0)
        return (struct href){0};
    return route(fv->visit, R_me_feed_drop);
}

const struct hole holes_me_feed[] = {LINES("addresses", addresses),
                                     HREF("make", make),
                                     HREF("replace", replace),
                                     HREF("drop", drop),
                                     ROUTE("follows", R_follows),
                                     ROUTE("me", R_me),
                                     {0}};

enum err
page_me_feed(const struct visit *v, struct response *rs)
{
    struct feed_view view = {.visit = v};
    struct keep_up own = {.hears_chat = true};
    enum err e = keep_up_get(v->rd, v->who.member, v->mem, &own);

    view.secret = own.feed;
    if (!e)
        e = feed_mark(own.feed, &view.mark);
    return e ? e : page(v, rs, FRAME_me_feed, &view);
}

static enum err
to_feed(const struct visit *v, struct response *rs, const struct outcome *o)
{
    (void)o; /* the page shows the address, whether it is new or not */
    return redirect(v, rs, route(v, R_me_feed));
}

enum err
page_me_feed_new(const struct visit *v, struct response *rs)
{
    return visit_change(v, rs, to_feed, CHANGE_FEED_NEW, .thing = v->at.id);
}

enum err
page_me_feed_drop(const struct visit *v, struct response *rs)
{
    return visit_change_with(v, rs, to_feed,
                             &(struct change){.kind = CHANGE_FEED_DROP});
}
