#include "forum/inbox.h"

#include "sql.h"

/* What concerns the quiet names of one member lies in one place, so that one
 * walk finds it; *keeper is the member itself for everybody else. */
enum err
inbox_keeper(struct db *db, int64_t member, int64_t *keeper)
{
    struct rows r = q_inbox_keeper(db, member);

    *keeper = rows_next(&r) ? rows_int(&r, 0) : member;
    return rows_end(&r);
}

enum err
inbox_add(struct db *db, const struct notice *n, int64_t at)
{
    struct str text = n->text.n > 0 ? n->text : STR("");
    int64_t keeper;
    enum err e;

    if (n->member == 0 || n->member == n->other)
        return OK;
    e = inbox_keeper(db, n->member, &keeper);
    return e ? e
             : x_inbox_add(db, keeper, (int64_t)n->kind, n->other, n->post,
                           n->page, n->thing, text, at);
}

enum err
inbox_take(struct db *db, const struct notice *n)
{
    int64_t keeper;
    enum err e = inbox_keeper(db, n->member, &keeper);

    return e ? e
             : x_inbox_take(db, keeper, (int64_t)n->kind, n->post, n->page,
                            n->thing);
}

struct rows
inbox_list(struct db *db, int64_t member, struct str tag, int64_t before,
           int64_t most)
{
    return q_inbox_list(db, member, tag, before, most);
}

bool
inbox_next(struct rows *r, struct inbox_line *out)
{
    if (!rows_next(r))
        return false;
    *out = (struct inbox_line){
        .id = rows_int(r, 0),
        .at = rows_int(r, 1),
        .notice = {.kind = (enum inbox_kind)rows_int(r, 2),
                   .other = rows_int(r, 3),
                   .post = rows_int(r, 4),
                   .page = rows_int(r, 5),
                   .thing = rows_int(r, 6),
                   .text = rows_text(r, 7)},
        .other_name = rows_text(r, 8),
        .title = rows_text(r, 9),
        .slug = rows_text(r, 10),
        .post_text = rows_text(r, 11),
        .is_readable = rows_int(r, 12) != 0,
    };
    return true;
}

bool
inbox_may_clear(const struct inbox_line *l, int64_t now)
{
    return l->notice.kind != INBOX_DEVICE || l->at + DEVICE_NEWS_SECONDS <= now;
}

enum err
inbox_has(struct db *db, int64_t member, struct str tag, bool *has)
{
    struct rows r = q_inbox_has(db, member);
    enum err e;

    *has = rows_next(&r);
    if ((e = rows_end(&r)) || *has)
        return e;
    r = q_inbox_has_quiet(db, member, tag);
    *has = rows_next(&r);
    return rows_end(&r);
}
