#include "forum/thanks.h"

#include "sql.h"

bool
thanks_next(struct rows *r, struct thanks *out)
{
    if (!rows_next(r))
        return false;
    *out = (struct thanks){
        .id = rows_int(r, 0),
        .post = rows_int(r, 1),
        .member = rows_int(r, 2),
        .helper = rows_int(r, 3),
        .text = rows_text(r, 4),
        .at = rows_int(r, 5),
        .may_show = rows_int(r, 6) != 0,
        .is_shown = rows_int(r, 7) != 0,
        .name = rows_text(r, 8),
        .title = rows_text(r, 9),
    };
    return true;
}

enum err
thanks_get(struct db *db, int64_t post, int64_t member, struct arena *mem,
           struct thanks *out)
{
    struct rows r = q_thanks_get(db, post, member);
    bool is_there = thanks_next(&r, out);
    enum err e;

    if (is_there) {
        out->text = arena_copy(mem, out->text);
        out->name = arena_copy(mem, out->name);
        out->title = arena_copy(mem, out->title);
    }
    if ((e = rows_end(&r)))
        return e;
    return is_there ? mem->bad : E_NOT_FOUND;
}

struct rows
thanks_list(struct db *db, int64_t helper, int64_t before, int64_t most)
{
    return q_thanks_list(db, helper, before, most);
}

struct rows
thanks_shown(struct db *db, int64_t post)
{
    return q_thanks_shown(db, post);
}
