#include "forum/report.h"

#include "sql.h"

struct rows
report_list(struct db *db, int64_t community)
{
    return q_report_list(db, community);
}

struct rows
report_of_post(struct db *db, int64_t post)
{
    return q_report_of_post(db, post);
}

bool
report_next(struct rows *r, struct report *out)
{
    if (!rows_next(r))
        return false;
    *out = (struct report){
        .post = rows_int(r, 0),
        .reason = rows_text(r, 1),
        .title = rows_text(r, 2),
    };
    return true;
}

enum err
report_is_mine(struct db *db, int64_t post, int64_t member, bool *is_mine)
{
    struct rows r = q_report_mine(db, post, member);

    *is_mine = rows_next(&r);
    return rows_end(&r);
}
