/* The holes that every frame may use. */
#include "base/clock.h"
#include "pages/frame.h"
#include "pages/inner.h"

#define EXPIRY_WARNING (60 * DAY)

/* Every view begins with the visit. */
static const struct visit *
visit_of(const void *view)
{
    return *(const struct visit *const *)view;
}

static void
who_expiry(struct gmi *g, const struct visit *v)
{
    int64_t end = v->who.peer.not_after;

    if (end > v->now + EXPIRY_WARNING)
        return;
    gmi_text(g);
    gmi_say(g, word(v, WORD_who_expires));
    gmi_say(g, LIT(" "));
    line_date(g, v, end);
    gmi_say(g, LIT("."));
    gmi_link(g, route_inside(v, R_me_certs));
    gmi_say(g, word(v, WORD_who_expires_link));
}

static void
who_outside(struct gmi *g, const struct visit *v)
{
    bool is_stranger = v->who.role == ROLE_STRANGER;

    gmi_text(g);
    gmi_say(g, word(v, is_stranger         ? WORD_who_stranger
                       : v->who.is_expired ? WORD_who_expired
                                           : WORD_who_guest));
    gmi_link(g, route_inside(v, R_home));
    gmi_say(
        g, word(v, is_stranger ? WORD_who_stranger_link : WORD_who_guest_link));
}

static void
hole_who(struct gmi *g, const void *view)
{
    const struct visit *v = visit_of(view);

    if (!v->came_inside)
        return;
    if (v->who.role != ROLE_MEMBER) {
        who_outside(g, v);
        return;
    }
    gmi_text(g);
    gmi_say(g, word(v, WORD_who_inside));
    gmi_say(g, LIT(" "));
    gmi_user(g, v->who.name);
    who_expiry(g, v);
}

static void
hole_site(struct gmi *g, const void *view)
{
    gmi_user(g, visit_of(view)->ls->face->title);
}

static void
hole_host(struct gmi *g, const void *view)
{
    const struct visit *v = visit_of(view);

    gmi_user(g, v->host);
    if (v->ls->face->public_port != 1965) {
        gmi_say(g, LIT(":"));
        gmi_int(g, v->ls->face->public_port);
    }
}

static struct href
hole_inside(const void *view)
{
    return route_inside(visit_of(view), R_home);
}

struct href
hole_route(const void *view, int id)
{
    return route(visit_of(view), (enum route_id)id);
}

const struct hole holes_standard[] = {
    LINES("who", hole_who),      WORDS("site", hole_site),
    WORDS("host", hole_host),    ROUTE("home", R_home),
    HREF("inside", hole_inside), ROUTE("communities", R_communities),
    ROUTE("help", R_help),       ROUTE("search", R_search),
    ROUTE("about", R_about),     {0}};
