/* What stewards do at their desk: each is one change, and leads back to it. */
#include "pages/visit.h"

static enum err
back_to_desk(const struct visit *v, struct response *rs,
             const struct outcome *o)
{
    (void)o; /* the desk shows what is so now */
    return redirect(v, rs, route(v, R_desk, .name = v->at.name));
}

static enum err
back_to_front(const struct visit *v, struct response *rs,
              const struct outcome *o)
{
    (void)o; /* who stepped down has no desk any more */
    return redirect(v, rs, route(v, R_community, .name = v->at.name));
}

static enum err
on_to_draft(const struct visit *v, struct response *rs, const struct outcome *o)
{
    return redirect(v, rs, route(v, R_draft, .id = o->draft));
}

enum err
page_desk_name(const struct visit *v, struct response *rs)
{
    return visit_change(v, rs, back_to_desk, CHANGE_SET_NAME,
                        .community = v->community->id, .text = v->input);
}

enum err
page_desk_purpose(const struct visit *v, struct response *rs)
{
    return visit_change(v, rs, back_to_desk, CHANGE_SET_PURPOSE,
                        .community = v->community->id, .text = v->input);
}

enum err
page_desk_rules(const struct visit *v, struct response *rs)
{
    return visit_change(v, rs, on_to_draft, CHANGE_DRAFT_OPEN, .aim = AIM_RULES,
                        .community = v->community->id);
}

enum err
page_desk_elsewhere(const struct visit *v, struct response *rs)
{
    return visit_change(v, rs, on_to_draft, CHANGE_DRAFT_OPEN,
                        .aim = AIM_ELSEWHERE, .community = v->community->id);
}

enum err
page_desk_openness(const struct visit *v, struct response *rs)
{
    if (v->at.page > CLOSED)
        return E_NOT_FOUND;
    return visit_change(v, rs, back_to_desk, CHANGE_SET_OPENNESS,
                        .community = v->community->id,
                        .value = (int)v->at.page);
}

enum err
page_desk_steward(const struct visit *v, struct response *rs)
{
    return visit_change(v, rs, back_to_desk, CHANGE_STEWARD_ADD,
                        .community = v->community->id, .text = v->input);
}

enum err
page_desk_down(const struct visit *v, struct response *rs)
{
    return visit_change(v, rs, back_to_front, CHANGE_STEWARD_DOWN,
                        .community = v->community->id);
}

enum err
page_desk_invitation(const struct visit *v, struct response *rs)
{
    return visit_change(v, rs, back_to_desk, CHANGE_INVITATION,
                        .community = v->community->id);
}
