#include "forum/circle.h"

#include "sql.h"

/* The columns that a list has. */
static void
circle_fill(const struct rows *r, struct circle *out)
{
    *out = (struct circle){
        .community = rows_int(r, 0),
        .slug = rows_text(r, 1),
        .name = rows_text(r, 2),
        .ends_at = rows_int(r, 3),
        .closed_at = rows_int(r, 4),
    };
}

/* Is there nobody in it who wishes something else? */
static enum err
all_wish(struct db *db, int64_t community, enum circle_wish wish, bool *do_all)
{
    struct rows r = q_circle_other_wish(db, community, (int64_t)wish);

    *do_all = !rows_next(&r);
    return rows_end(&r);
}

enum err
circle_get(struct db *db, int64_t community, struct arena *mem,
           struct circle *out)
{
    struct rows r = q_circle_get(db, community);
    bool is_there = rows_next(&r);
    enum err e;

    if (is_there) {
        circle_fill(&r, out);
        out->slug = arena_copy(mem, out->slug);
        out->name = arena_copy(mem, out->name);
        out->prompts = arena_copy(mem, rows_text(&r, 5));
        out->revision = rows_int(&r, 6);
        out->meeting = rows_int(&r, 7);
        out->review = rows_int(&r, 8);
        out->invitation = arena_copy(mem, rows_text(&r, 9));
    }
    if ((e = rows_end(&r)) || (e = mem->bad))
        return e;
    if (!is_there)
        return E_NOT_FOUND;
    return circle_may_share(db, community, &out->is_shared);
}

struct rows
circle_list(struct db *db, int64_t member)
{
    return q_circle_list(db, member);
}

bool
circle_next(struct rows *r, struct circle *out)
{
    if (!rows_next(r))
        return false;
    circle_fill(r, out);
    return true;
}

struct rows
circle_people(struct db *db, int64_t community)
{
    return q_circle_people(db, community);
}

enum err
circle_size(struct db *db, int64_t community, int *size)
{
    struct rows r = q_circle_members(db, community);

    for (*size = 0; rows_next(&r);)
        ++*size;
    return rows_end(&r);
}

enum err
circle_has_room(struct db *db, int64_t community)
{
    int size;
    enum err e = circle_size(db, community, &size);

    return e ? e : size >= CIRCLE_MOST ? E_CROWDED : OK;
}

/* One that goes on has no wishes, and somebody in it who could have one. */
enum err
circle_may_share(struct db *db, int64_t community, bool *may)
{
    return all_wish(db, community, WISH_SHARE, may);
}
