/* What stewards did, in the open. */
#include "forum/apply.h"
#include "forum/community.h"
#include "sql.h"

enum err
act_add(struct db *db, const struct change *c, enum act_kind kind,
        int64_t about, struct str text)
{
    if (!text.p)
        text = STR("");
    return x_act_insert(db, c->at, c->community, c->member, kind, about, text,
                        kind == ACT_POST_REMOVED ? POST_ID(c->thread, c->number)
                                                 : 0);
}

struct rows
act_list(struct db *db, int64_t community, int64_t viewer, int64_t before)
{
    return community ? q_act_of_community(db, community, viewer, before)
                     : q_act_of_all(db, viewer, before);
}

bool
act_next(struct rows *r, struct act *out)
{
    if (!rows_next(r))
        return false;
    *out = (struct act){
        .id = rows_int(r, 0),
        .at = rows_int(r, 1),
        .kind = (enum act_kind)rows_int(r, 2),
        .slug = rows_text(r, 3),
        .community = rows_text(r, 4),
        .steward = rows_text(r, 5),
        .about = rows_text(r, 6),
        .text = rows_text(r, 7),
        .post = rows_int(r, 8),
    };
    return true;
}
