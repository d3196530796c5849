#include "forum/draft.h"

#include "base/buf.h"
#include "sql.h"

/* More than any draft may hold (DRAFT_MAX of keep.h), with room to spare. */
#define JOINED_MAX ((size_t)16 * POST_MAX)

bool
draft_next(struct rows *r, struct draft *out)
{
    if (!rows_next(r))
        return false;
    *out = (struct draft){
        .id = rows_int(r, 0),
        .member = rows_int(r, 1),
        .revision = rows_int(r, 2),
        .changed_at = rows_int(r, 3),
        .aim = (enum draft_aim)rows_int(r, 4),
        .kind = (enum thread_kind)rows_int(r, 5),
        .community = rows_int(r, 6),
        .thread = rows_int(r, 7),
        .answers = rows_int(r, 8),
        .slug = rows_text(r, 9),
        .community_name = rows_text(r, 10),
        .title = rows_text(r, 11),
        .thread_title = rows_text(r, 12),
        .went_to = rows_int(r, 13),
        .claim = (enum post_claim)rows_int(r, 14),
        .claim_where = rows_text(r, 15),
        .needed_by = rows_int(r, 16),
        .tried = rows_text(r, 17),
        .tags = rows_text(r, 18),
        .thread_kind = (enum thread_kind)rows_int(r, 19),
        .is_quiet = rows_text(r, 20).n > 0,
    };
    return true;
}

/* What only a draft of a page has. */
static enum err
draft_page_fill(struct db *db, struct draft *out)
{
    struct rows r = q_page_draft_get(db, out->id);

    if (rows_next(&r)) {
        out->page = rows_int(&r, 0);
        out->version = rows_int(&r, 1);
        out->origin = rows_int(&r, 2);
        out->doubt = rows_int(&r, 3);
    }
    return rows_end(&r);
}

bool
draft_may_move(const struct draft *d)
{
    if (d->aim == AIM_PAGE)
        return !d->page && !d->origin && !d->thread;
    return d->aim == AIM_THREAD;
}

enum err
draft_get(struct db *db, int64_t id, int64_t member, struct str tag,
          struct arena *mem, struct draft *out)
{
    struct rows r = q_draft_get(db, id);
    bool is_theirs =
        draft_next(&r, out) && (out->is_quiet ? str_eq(rows_text(&r, 20), tag)
                                              : out->member == member);
    enum err e;

    if (is_theirs) {
        out->slug = arena_copy(mem, out->slug);
        out->community_name = arena_copy(mem, out->community_name);
        out->title = arena_copy(mem, out->title);
        out->thread_title = arena_copy(mem, out->thread_title);
        out->claim_where = arena_copy(mem, out->claim_where);
        out->tried = arena_copy(mem, out->tried);
        out->tags = arena_copy(mem, out->tags);
    }
    if ((e = rows_end(&r)))
        return e;
    if (is_theirs && out->aim == AIM_PAGE && (e = draft_page_fill(db, out)))
        return e;
    return is_theirs ? mem->bad : E_NOT_FOUND;
}

struct rows
draft_list(struct db *db, int64_t member)
{
    return q_draft_list(db, member);
}

bool
draft_next_all(struct rows *r, struct str tag, struct draft *out)
{
    if (draft_next(r, out))
        return true;
    if (tag.n == 0 || r->id == SQL_draft_list_quiet || rows_end(r))
        return false;
    *r = q_draft_list_quiet(r->db, tag);
    return draft_next(r, out);
}

struct rows
draft_parts(struct db *db, int64_t draft)
{
    return q_draft_parts(db, draft);
}

static void
breaks_add(struct buf *b, int64_t n)
{
    while (n-- > 0)
        buf_add_char(b, '\n');
}

enum err
draft_part(struct db *db, int64_t draft, int64_t position, struct arena *mem,
           struct str *text)
{
    struct rows r = q_draft_part_get(db, draft, position);
    enum err e;

    *text = (struct str){NULL, 0};
    if (rows_next(&r))
        *text = arena_copy(mem, rows_text(&r, 0));
    e = rows_end(&r);
    return e ? e : mem->bad;
}

enum err
draft_text(struct db *db, int64_t draft, struct arena *mem, struct str *out)
{
    struct rows r = q_draft_parts(db, draft);
    struct buf b;
    bool is_first = true;
    enum err e;

    buf_init(&b, JOINED_MAX);
    while (rows_next(&r)) {
        breaks_add(&b, is_first ? 0 : 1 + rows_int(&r, 2));
        buf_add(&b, rows_text(&r, 1));
        is_first = false;
    }
    e = rows_end(&r);
    *out = b.n > 0 ? arena_copy(mem, buf_str(&b)) : STR("");
    if (!e)
        e = b.bad ? b.bad : mem->bad;
    buf_release(&b);
    return e;
}

struct rows
draft_sources(struct db *db, int64_t draft)
{
    return q_draft_sources(db, draft);
}

bool
draft_source_next(struct rows *r, struct draft_source *out)
{
    if (!rows_next(r))
        return false;
    *out = (struct draft_source){
        .post = rows_int(r, 0),
        .is_in = rows_int(r, 1) != 0,
        .author_name = rows_text(r, 2),
        .title = rows_text(r, 3),
        .status = (enum post_status)rows_int(r, 4),
        .author = rows_int(r, 5),
        .text = rows_text(r, 6),
    };
    return true;
}
