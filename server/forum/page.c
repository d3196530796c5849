#include "forum/page.h"

#include "sql.h"

/* The columns that every list has. */
static void
page_fill(const struct rows *r, struct page *out)
{
    *out = (struct page){
        .id = rows_int(r, 0),
        .title = rows_text(r, 1),
        .changed_at = rows_int(r, 2),
        .slug = rows_text(r, 3),
        .community_name = rows_text(r, 4),
    };
}

static void
page_fill_all(const struct rows *r, struct arena *mem, struct page *out)
{
    page_fill(r, out);
    out->title = arena_copy(mem, out->title);
    out->slug = arena_copy(mem, out->slug);
    out->community_name = arena_copy(mem, out->community_name);
    out->community = rows_int(r, 5);
    out->version = rows_int(r, 6);
    out->openness = (enum openness)rows_int(r, 7);
    out->is_participant = rows_int(r, 8) != 0;
    out->text = arena_copy(mem, rows_text(r, 9));
    out->maker = arena_copy(mem, rows_text(r, 10));
    out->made_at = rows_int(r, 11);
    out->true_at = rows_int(r, 12);
    out->true_where = arena_copy(mem, rows_text(r, 13));
    out->true_by = arena_copy(mem, rows_text(r, 14));
    out->origin = rows_int(r, 15);
}

enum err
page_get(struct db *db, int64_t id, int64_t viewer, struct arena *mem,
         struct page *out)
{
    struct rows r = q_page_get(db, id, viewer);
    bool is_there = rows_next(&r);
    enum err e;

    if (is_there)
        page_fill_all(&r, mem, out);
    if ((e = rows_end(&r)))
        return e;
    return is_there ? mem->bad : E_NOT_FOUND;
}

struct rows
page_since(struct db *db, int64_t community, int64_t seq)
{
    return q_page_since(db, community, seq);
}

struct rows
page_credit_quiet(struct db *db, int64_t page, struct str tag)
{
    return q_page_credit_quiet(db, page, tag);
}

struct rows
page_chosen(struct db *db, int64_t member, int64_t viewer)
{
    return q_page_chosen(db, member, viewer);
}

enum err
page_is_chosen(struct db *db, int64_t page, int64_t member, bool *is_chosen)
{
    struct rows r = q_page_is_chosen(db, page, member);

    *is_chosen = rows_next(&r);
    return rows_end(&r);
}

enum err
page_of_title(struct db *db, int64_t community, struct str fold, int64_t *id)
{
    struct rows r = q_page_of_title(db, community, fold);

    *id = rows_next(&r) ? rows_int(&r, 0) : 0;
    return rows_end(&r);
}

/* Where the alphabet goes on behind a page; one that is not there is before
 * all others. */
static struct str
fold_behind(struct db *db, int64_t after, struct arena *mem)
{
    struct rows r = q_page_fold(db, after);
    struct str fold = STR("");

    if (rows_next(&r) && rows_text(&r, 0).n > 0)
        fold = arena_copy(mem, rows_text(&r, 0));
    return rows_end(&r) || mem->bad ? STR("") : fold;
}

struct rows
page_list(struct db *db, int64_t community, int64_t after, struct arena *mem)
{
    return q_page_list(db, community, fold_behind(db, after, mem), after);
}

struct rows
page_book_list(struct db *db, int64_t community, int64_t after,
               struct arena *mem)
{
    return q_page_book(db, community, fold_behind(db, after, mem), after);
}

struct rows
page_newest(struct db *db, int64_t community, int64_t changed_at, int64_t id,
            int64_t most)
{
    return q_page_newest(db, community, changed_at, id, most);
}

struct rows
page_recent(struct db *db, int64_t viewer, int64_t most)
{
    return q_page_recent(db, viewer, INT64_MAX, most);
}

struct rows
page_of_post(struct db *db, int64_t thread, int64_t number, int64_t viewer)
{
    return q_page_of_post(db, POST_ID(thread, number), viewer);
}

bool
page_next(struct rows *r, struct page *out)
{
    if (!rows_next(r))
        return false;
    page_fill(r, out);
    return true;
}

bool
page_book_next(struct rows *r, struct page *out)
{
    if (!rows_next(r))
        return false;
    *out = (struct page){
        .id = rows_int(r, 0),
        .title = rows_text(r, 1),
        .changed_at = rows_int(r, 2),
        .text = rows_text(r, 3),
        .true_at = rows_int(r, 4),
        .true_where = rows_text(r, 5),
        .maker = rows_text(r, 6),
    };
    return true;
}

bool
page_version_next(struct rows *r, struct page_version *out)
{
    if (!rows_next(r))
        return false;
    *out = (struct page_version){
        .number = rows_int(r, 0),
        .at = rows_int(r, 1),
        .title = rows_text(r, 2),
        .author = rows_text(r, 3),
        .text = rows_text(r, 4),
    };
    return true;
}

enum err
page_version_get(struct db *db, int64_t page, int64_t number, struct arena *mem,
                 struct page_version *out)
{
    struct rows r = q_page_version_get(db, page, number);
    bool is_there = page_version_next(&r, out);
    enum err e;

    if (is_there) {
        out->title = arena_copy(mem, out->title);
        out->author = arena_copy(mem, out->author);
        out->text = arena_copy(mem, out->text);
    }
    if ((e = rows_end(&r)))
        return e;
    return is_there ? mem->bad : E_NOT_FOUND;
}

struct rows
page_version_list(struct db *db, int64_t page, int64_t before)
{
    return q_page_version_list(db, page, before);
}

struct rows
page_source_list(struct db *db, int64_t page, int64_t viewer)
{
    return q_page_sources(db, page, viewer);
}

bool
page_source_next(struct rows *r, struct page_source *out)
{
    if (!rows_next(r))
        return false;
    *out = (struct page_source){
        .thread = POST_THREAD(rows_int(r, 0)),
        .number = POST_NUMBER(rows_int(r, 0)),
        .author = rows_text(r, 1),
        .title = rows_text(r, 2),
        .is_left_out = rows_int(r, 3) != 0,
        .is_withdrawn = rows_int(r, 4) != 0,
        .is_readable = rows_int(r, 5) != 0,
    };
    return true;
}

struct rows
page_credits(struct db *db, int64_t page)
{
    return q_page_credits(db, page);
}

bool
page_credit_next(struct rows *r, struct page_credit *out)
{
    if (!rows_next(r))
        return false;
    *out = (struct page_credit){
        .member = rows_int(r, 0),
        .name = rows_text(r, 1),
        .is_left_out = rows_int(r, 2) != 0,
        .is_withdrawn = rows_int(r, 3) != 0,
    };
    return true;
}

enum err
page_credit_of(struct db *db, int64_t page, int64_t member, bool *is_theirs,
               bool *is_left_out)
{
    struct rows r = q_page_credit_of(db, page, member);

    *is_theirs = rows_next(&r);
    *is_left_out = *is_theirs && rows_int(&r, 0) != 0;
    return rows_end(&r);
}

struct rows
page_doubts_open(struct db *db, int64_t page, int64_t from)
{
    return q_page_doubts_open(db, page, from);
}

struct rows
page_doubts(struct db *db, int64_t page, int64_t before)
{
    return q_page_doubts(db, page, before);
}

bool
page_doubt_next(struct rows *r, struct page_doubt *out)
{
    if (!rows_next(r))
        return false;
    *out = (struct page_doubt){
        .id = rows_int(r, 0),
        .member = rows_int(r, 1),
        .at = rows_int(r, 2),
        .name = rows_text(r, 3),
        .text = rows_text(r, 4),
        .answered_at = rows_int(r, 5),
        .answer = rows_text(r, 6),
        .answer_by = rows_text(r, 7),
        .version = rows_int(r, 8),
    };
    return true;
}
