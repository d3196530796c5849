#include "forum/post.h"

#include "sql.h"

bool
post_next(struct rows *r, struct post *out)
{
    if (!rows_next(r))
        return false;
    *out = (struct post){
        .thread = POST_THREAD(rows_int(r, 0)),
        .number = POST_NUMBER(rows_int(r, 0)),
        .seq = rows_int(r, 1),
        .author = rows_int(r, 2),
        .community = rows_int(r, 3),
        .author_name = rows_text(r, 4),
        .text = rows_text(r, 5),
        .answers = rows_int(r, 6),
        .at = rows_int(r, 7),
        .edited_at = rows_int(r, 8),
        .status = (enum post_status)rows_int(r, 9),
        .has_versions = rows_int(r, 10) != 0,
        .claim = (enum post_claim)rows_int(r, 11),
        .claim_where = rows_text(r, 12),
        .mark = (enum post_mark)rows_int(r, 13),
        .has_value = rows_int(r, 14) != 0,
    };
    if (r->id == SQL_post_since)
        out->thread_title = rows_text(r, 15);
    return true;
}

/* A number outside of what a thread can hold would reach into the next one. */
static bool
number_is_possible(int64_t number)
{
    return number >= 0 && number <= POSTS_PER_THREAD;
}

/* A thread's number that can not be one finds nothing. */
static int64_t
id_of(int64_t thread, int64_t number)
{
    bool is_possible = thread > 0 && thread < INT64_C(1) << 42;

    return is_possible ? POST_ID(thread, number) : 0;
}

enum err
post_get(struct db *db, int64_t thread, int64_t number, struct arena *mem,
         struct post *out)
{
    struct rows r;
    bool is_there;
    enum err e;

    if (!number_is_possible(number))
        return E_NOT_FOUND;
    r = q_post_get(db, id_of(thread, number));
    is_there = post_next(&r, out);
    if (is_there) {
        out->author_name = arena_copy(mem, out->author_name);
        out->text = arena_copy(mem, out->text);
        out->claim_where = arena_copy(mem, out->claim_where);
    }
    if ((e = rows_end(&r)))
        return e;
    return is_there ? mem->bad : E_NOT_FOUND;
}

struct rows
post_slice(struct db *db, int64_t thread, int64_t from)
{
    int64_t number = from < 0 ? 0 : from;

    if (!number_is_possible(number))
        return q_post_slice(db, 1, 0);
    return q_post_slice(db, id_of(thread, number),
                        id_of(thread, POSTS_PER_THREAD));
}

struct rows
post_slice_back(struct db *db, int64_t thread, int64_t from)
{
    int64_t number = from < 0 ? 0 : from;

    if (!number_is_possible(number))
        number = POSTS_PER_THREAD;
    return q_post_slice_back(db, id_of(thread, 0), id_of(thread, number));
}

struct rows
post_marked(struct db *db, int64_t thread)
{
    return q_post_marked(db, id_of(thread, 0), id_of(thread, POSTS_PER_THREAD));
}

struct rows
post_told(struct db *db, enum post_claim claim, int64_t thread, int64_t from)
{
    return q_post_told(db, (int64_t)claim, id_of(thread, from),
                       id_of(thread, POSTS_PER_THREAD));
}

struct rows
post_since(struct db *db, int64_t community, int64_t seq)
{
    return q_post_since(db, community, seq);
}

struct rows
post_talk(struct db *db, int64_t community, int64_t seq)
{
    return q_post_talk(db, community, seq);
}

struct rows
version_list(struct db *db, int64_t thread, int64_t number)
{
    if (!number_is_possible(number))
        return q_version_list(db, 0);
    return q_version_list(db, id_of(thread, number));
}

bool
version_next(struct rows *r, struct version *out)
{
    if (!rows_next(r))
        return false;
    *out = (struct version){
        .number = rows_int(r, 0),
        .at = rows_int(r, 1),
        .text = rows_text(r, 2),
    };
    return true;
}
