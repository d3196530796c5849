#include "forum/start.h"

#include "sql.h"

struct rows
start_list(struct db *db, int64_t community)
{
    return q_start_list(db, community);
}

bool
start_next(struct rows *r, struct start *out)
{
    if (!rows_next(r))
        return false;
    *out = (struct start){
        .position = rows_int(r, 0),
        .thread = rows_int(r, 1),
        .page = rows_int(r, 2),
        .text = rows_text(r, 3),
        .by = rows_text(r, 4),
        .title = rows_text(r, 5),
        .member = rows_int(r, 6),
    };
    return true;
}
