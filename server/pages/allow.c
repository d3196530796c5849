/* From a request to what it may do: route, tree, scope, who, key, size, type,
 * in that order. */
#include "base/text.h"
#include "pages/inner.h"

static const struct route *
row_of(const struct visit *v)
{
    return route_row(v->at.route);
}

/* titan:// to a path that takes no text is told so; what is there is the same
 * for everybody, so nothing is given away. */
static enum err
find_route(struct visit *v)
{
    struct url url = v->x->rq.url;
    struct at other;
    enum err e = route_match(&url, &v->at);

    if (e == E_NOT_FOUND && url.scheme == URL_TITAN) {
        url.scheme = URL_GEMINI;
        if (!route_match(&url, &other))
            e = E_NO_UPLOAD;
    }
    return e;
}

/* Only below /i does it matter who asks: outside, everybody is a guest. */
static enum err
find_who(struct visit *v)
{
    const struct peer *peer = &v->x->rq.peer;
    enum err e;

    v->came_inside = v->at.is_inside;
    if (!v->came_inside)
        return OK;
    if ((e = visit_who(v)))
        return e;
    if (v->at.route == R_home) {
        if (!peer->is_there)
            return E_NEED_CERT;
        if (v->who.role == ROLE_GUEST)
            return is_barred(v) ? E_BARRED : E_BAD_CERT;
    } else if (row_of(v)->kind == ROUTE_PAGE && v->who.role != ROLE_MEMBER) {
        v->at.is_inside = false;
    }
    return OK;
}

enum err
visit_find(struct visit *v)
{
    enum err e = find_route(v);

    if (!e)
        e = find_who(v);
    return e ? e : scope_load(v, false);
}

static enum err
allow_role(const struct visit *v)
{
    switch (row_of(v)->who) {
    case PARTICIPANT:
        return v->community && v->community->is_participant ? OK : E_NOT_JOINED;
    case AUTHOR:
        return v->post && v->post->author == v->thread->me ? OK : E_FORBIDDEN;
    case STEWARD:
        return v->community ? rules_may_steward(v->community, v->who.member)
                            : E_FORBIDDEN;
    case ANYONE:
    case UNKNOWN:
    case MEMBER:
        break;
    }
    return OK;
}

/* A member asks for what strangers do. Repeats are theirs to answer (joining
 * twice is no harm); whoever only looks is led home. */
static enum err
allow_known(const struct visit *v, struct response *rs)
{
    if (row_of(v)->kind != ROUTE_INSIDE && v->has_input &&
        key_is_right(v, &v->at))
        return OK;
    return redirect(v, rs, route_inside(v, R_home));
}

static enum err
allow_who(const struct visit *v, struct response *rs)
{
    const struct route *row = row_of(v);

    if (row->who == ANYONE)
        return OK;
    if (is_barred(v))
        return E_BARRED;
    if (v->who.role == ROLE_GUEST ||
        (v->who.role == ROLE_STRANGER && row->who != UNKNOWN)) {
        if (row->kind == ROUTE_UPLOAD)
            return E_FORBIDDEN;
        return v->who.role == ROLE_GUEST ? page_come_inside(v, rs)
                                         : page_new_here(v, rs);
    }
    if (row->who == UNKNOWN && v->who.role == ROLE_MEMBER)
        return allow_known(v, rs);
    return allow_role(v);
}

static enum err
allow_key(const struct visit *v, struct response *rs)
{
    if (!route_has_key(v->at.route) || key_is_right(v, &v->at))
        return OK;
    if (v->mem->bad) /* it could not be looked at */
        return v->mem->bad;
    return row_of(v)->kind == ROUTE_UPLOAD ? E_WRONG : page_did_you_mean(v, rs);
}

static enum err
allow_upload(const struct visit *v)
{
    const struct titan *t = &v->x->rq.titan;

    if (t->is_edit)
        return OK;
    if (t->size > row_of(v)->max)
        return E_UPLOAD_SIZE;
    if (!str_eq(t->mime, STR("text/gemini")) &&
        !str_eq(t->mime, STR("text/plain")))
        return E_UPLOAD_TYPE;
    return OK;
}

enum err
visit_allow(struct visit *v, struct response *rs)
{
    enum err e = allow_who(v, rs);

    if (e || rs->status)
        return e;
    e = allow_key(v, rs);
    if (e || rs->status)
        return e;
    return row_of(v)->kind == ROUTE_UPLOAD ? allow_upload(v) : OK;
}
