#include "forum/came.h"

#include "sql.h"

bool
came_next(struct rows *r, struct came *out)
{
    if (!rows_next(r))
        return false;
    *out = (struct came){
        .id = rows_int(r, 0),
        .community = rows_int(r, 1),
        .post = rows_int(r, 2),
        .page = rows_int(r, 3),
        .member = rows_int(r, 4),
        .name = rows_text(r, 5),
        .kind = (enum came_kind)rows_int(r, 6),
        .text = rows_text(r, 7),
        .at = rows_int(r, 8),
        .title = rows_text(r, 9),
        .slug = rows_text(r, 10),
        .community_name = rows_text(r, 11),
    };
    return true;
}

struct rows
came_of_post(struct db *db, int64_t post, int64_t before, int64_t most)
{
    return q_came_of_post(db, post, before, most);
}

struct rows
came_of_page(struct db *db, int64_t page, int64_t before, int64_t most)
{
    return q_came_of_page(db, page, before, most);
}

struct rows
came_list(struct db *db, int64_t community, int64_t before, int64_t most)
{
    return q_came_list(db, community, before, most);
}

struct rows
came_recent(struct db *db, int64_t most)
{
    return q_came_recent(db, INT64_MAX, most);
}

enum err
came_has(struct db *db, int64_t community, bool *has)
{
    struct rows r = q_came_has(db, community);

    *has = rows_next(&r);
    return rows_end(&r);
}
