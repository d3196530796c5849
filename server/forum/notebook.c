#include "forum/notebook.h"

#include "sql.h"

struct rows
notebook_list(struct db *db, int64_t member, int64_t before, int64_t most)
{
    return q_notebook_list(db, member, before, most);
}

struct rows
notebook_of(struct db *db, int64_t member, struct str collection,
            int64_t before, int64_t most)
{
    return q_notebook_of(db, member, collection, before, most);
}

struct rows
notebook_collections(struct db *db, int64_t member)
{
    return q_notebook_collections(db, member);
}

bool
notebook_next(struct rows *r, struct saved *out)
{
    if (!rows_next(r))
        return false;
    *out = (struct saved){
        .id = rows_int(r, 0),
        .at = rows_int(r, 1),
        .thread = POST_THREAD(rows_int(r, 2)),
        .number = POST_NUMBER(rows_int(r, 2)),
        .page = rows_int(r, 3),
        .collection = rows_text(r, 4),
        .note = rows_text(r, 5),
        .is_readable = rows_int(r, 6) != 0,
        .title = rows_text(r, 7),
    };
    return true;
}

enum err
notebook_get(struct db *db, int64_t id, int64_t member, struct arena *mem,
             struct saved *out)
{
    struct rows r = q_notebook_get(db, id, member);
    bool is_there = notebook_next(&r, out);
    enum err e;

    if (is_there) {
        out->title = arena_copy(mem, out->title);
        out->collection = arena_copy(mem, out->collection);
        out->note = arena_copy(mem, out->note);
    }
    if ((e = rows_end(&r)))
        return e;
    return is_there ? mem->bad : E_NOT_FOUND;
}
