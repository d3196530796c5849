#include "forum/tag.h"

#include <string.h>

#include "base/text.h"
#include "sql.h"

bool
tag_next(struct rows *r, struct tag *out)
{
    if (!rows_next(r))
        return false;
    *out = (struct tag){
        .id = rows_int(r, 0),
        .community = rows_int(r, 1),
        .fold = rows_text(r, 2),
        .name = rows_text(r, 3),
    };
    if (r->id == SQL_tag_closed_rows) {
        out->slug = rows_text(r, 4);
        out->place = rows_text(r, 5);
    }
    return true;
}

static enum err
tag_take(struct rows r, struct arena *mem, struct tag *out, bool *is_old)
{
    bool is_there = tag_next(&r, out);
    enum err e;

    if (is_there) {
        out->fold = arena_copy(mem, out->fold);
        out->name = arena_copy(mem, out->name);
        *is_old = rows_int(&r, 4) != 0;
    }
    if ((e = rows_end(&r)))
        return e;
    return is_there ? mem->bad : E_NOT_FOUND;
}

enum err
tag_find(struct db *db, int64_t community, struct str name, struct arena *mem,
         struct tag *out, bool *is_old)
{
    struct str fold = text_fold(mem, name);

    if (mem->bad)
        return mem->bad;
    return tag_take(q_tag_by_fold(db, community, fold), mem, out, is_old);
}

enum err
tag_get(struct db *db, int64_t id, struct arena *mem, struct tag *out)
{
    bool is_old;

    return tag_take(q_tag_by_id(db, id), mem, out, &is_old);
}

struct rows
tag_list(struct db *db, struct str after, int64_t most)
{
    return q_tag_rows(db, after, most);
}

struct rows
tag_closed(struct db *db, int64_t member, int64_t most)
{
    return q_tag_closed_rows(db, member, most);
}

struct rows
tags_of(struct db *db, bool is_page, int64_t thing)
{
    return q_tag_of(db, is_page, thing);
}

struct rows
tag_threads(struct db *db, int64_t tag, int64_t viewer, int64_t before,
            int64_t most)
{
    return q_tag_thread_rows(db, tag, viewer, before, most);
}

struct rows
tag_pages(struct db *db, int64_t tag, int64_t viewer, int64_t most)
{
    return q_tag_page_rows(db, tag, viewer, most);
}

enum err
tag_may_tend(struct db *db, const struct tag *t, int64_t member)
{
    struct rows r = q_tag_used_by(db, t->id, member);
    bool may = rows_next(&r);
    enum err e = rows_end(&r);

    if (e || may)
        return e;
    r = q_tag_used_by_page(db, t->id, member);
    may = rows_next(&r);
    e = rows_end(&r);
    return e ? e : may ? OK : E_NOT_JOINED;
}
