#include "forum/thread.h"

#include "sql.h"

static void
thread_row(const struct rows *r, struct thread *out)
{
    *out = (struct thread){
        .id = rows_int(r, 0),
        .community = rows_int(r, 1),
        .author = rows_int(r, 2),
        .slug = rows_text(r, 3),
        .community_name = rows_text(r, 4),
        .author_name = rows_text(r, 5),
        .title = rows_text(r, 6),
        .openness = (enum openness)rows_int(r, 7),
        .kind = (enum thread_kind)rows_int(r, 8),
        .state = (enum thread_state)rows_int(r, 9),
        .made_at = rows_int(r, 10),
        .last_number = rows_int(r, 11),
        .last_seq = rows_int(r, 12),
        .last_at = rows_int(r, 13),
        .is_participant = rows_int(r, 14) != 0,
        .is_steward = rows_int(r, 15) != 0,
        .is_withdrawn = rows_int(r, 16) != 0,
        .needed_by = rows_int(r, 17),
        .tried = rows_text(r, 18),
        .author_at = rows_int(r, 19),
    };
}

bool
thread_next(struct rows *r, struct thread *out)
{
    if (!rows_next(r))
        return false;
    thread_row(r, out);
    return true;
}

enum err
thread_get(struct db *db, int64_t id, int64_t viewer, struct arena *mem,
           struct thread *out)
{
    struct rows r = q_thread_get(db, id, viewer);
    bool is_there = thread_next(&r, out);
    enum err e;

    if (is_there) {
        out->me = viewer;
        out->slug = arena_copy(mem, out->slug);
        out->community_name = arena_copy(mem, out->community_name);
        out->author_name = arena_copy(mem, out->author_name);
        out->title = arena_copy(mem, out->title);
        out->tried = arena_copy(mem, out->tried);
    }
    if ((e = rows_end(&r)))
        return e;
    return is_there ? mem->bad : E_NOT_FOUND;
}

struct rows
thread_list(struct db *db, int64_t community, int64_t before, int64_t limit)
{
    return q_thread_list(db, community, before, limit);
}

struct rows
thread_recent(struct db *db, int64_t viewer, int64_t before, int64_t limit)
{
    return q_thread_recent(db, viewer, before, limit);
}

struct rows
thread_mine(struct db *db, int64_t member, int64_t before, int64_t limit)
{
    return q_thread_mine(db, member, before, limit);
}

struct rows
thread_open_list(struct db *db, int64_t viewer, int64_t after, int64_t limit)
{
    return q_thread_open(db, viewer, after, limit);
}

struct rows
thread_open_in(struct db *db, int64_t community, int64_t after, int64_t limit)
{
    return q_thread_open_in(db, community, after, limit);
}

struct rows
thread_of_kind(struct db *db, int64_t community, enum thread_kind kind,
               int64_t before, int64_t limit)
{
    return kind == KIND_REVIEW ? q_thread_reviews(db, community, before, limit)
                               : q_thread_working(db, community, before, limit);
}

struct rows
thread_work(struct db *db, int64_t member, int64_t before, int64_t limit)
{
    return q_thread_work(db, member, before, limit);
}
