#include "forum/community.h"

#include "sql.h"

/* The columns that every list has. */
static void
community_fill(const struct rows *r, struct community *out)
{
    *out = (struct community){
        .id = rows_int(r, 0),
        .slug = rows_text(r, 1),
        .name = rows_text(r, 2),
        .fold = rows_text(r, 3),
        .purpose = rows_text(r, 4),
        .openness = (enum openness)rows_int(r, 5),
        .last_at = rows_int(r, 6),
        .is_participant = rows_int(r, 7) != 0,
    };
}

/* The rest of them, with all text copied to mem. */
static void
community_fill_all(const struct rows *r, struct arena *mem,
                   struct community *out)
{
    community_fill(r, out);
    out->slug = arena_copy(mem, out->slug);
    out->name = arena_copy(mem, out->name);
    out->fold = arena_copy(mem, out->fold);
    out->purpose = arena_copy(mem, out->purpose);
    out->rules = arena_copy(mem, rows_text(r, 8));
    out->elsewhere = arena_copy(mem, rows_text(r, 9));
    out->started_at = rows_int(r, 10);
    out->last_seq = rows_int(r, 11);
    out->is_steward = rows_int(r, 12) != 0;
    out->book = rows_int(r, 15);
    out->invitation = STR("");
    if (out->is_steward)
        out->invitation = arena_copy(mem, rows_text(r, 13));
    out->room = (enum room_kind)rows_int(r, 14);
}

static enum err
community_take(struct rows *r, struct arena *mem, struct community *out)
{
    bool is_there = rows_next(r);
    enum err e;

    if (is_there)
        community_fill_all(r, mem, out);
    if ((e = rows_end(r)) || (e = mem->bad))
        return e;
    return is_there ? OK : E_NOT_FOUND;
}

enum err
community_get(struct db *db, struct str slug, int64_t viewer, struct arena *mem,
              struct community *out)
{
    struct rows r = q_community_of_slug(db, slug, viewer);

    return community_take(&r, mem, out);
}

enum err
community_by_id(struct db *db, int64_t id, int64_t viewer, struct arena *mem,
                struct community *out)
{
    struct rows r = q_community_of_id(db, id, viewer);

    return community_take(&r, mem, out);
}

enum err
community_by_invitation(struct db *db, struct str secret, int64_t viewer,
                        struct arena *mem, struct community *out)
{
    struct rows r = q_community_of_invitation(db, secret, viewer);

    return community_take(&r, mem, out);
}

struct rows
community_list(struct db *db, int64_t viewer, bool is_resting, int64_t since,
               struct str after_fold, int64_t after_id)
{
    if (!after_fold.p)
        after_fold = STR("");
    return q_community_page(db, viewer, is_resting, since, after_fold,
                            after_id);
}

struct rows
community_mine(struct db *db, int64_t member)
{
    return q_community_joined(db, member);
}

struct rows
community_recent(struct db *db, int64_t viewer, int64_t limit)
{
    return q_community_active(db, viewer, limit);
}

bool
community_next(struct rows *r, struct community *out)
{
    if (!rows_next(r))
        return false;
    community_fill(r, out);
    return true;
}

struct rows
community_stewards(struct db *db, int64_t community)
{
    return q_steward_names(db, community);
}
