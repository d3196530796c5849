#include "forum/keep.h"

#include "forum/parts.h"
#include "sql.h"

enum err
draft_find(struct db *db, int64_t member, const struct place *p, int64_t *id)
{
    struct rows r;

    if (p->aim == AIM_PAGE)
        r = q_page_draft_find(db, member, p->community, p->thread, p->page,
                              p->origin, p->title);
    else
        r = q_draft_find(db, member, (int64_t)p->aim, p->community, p->thread,
                         p->answers, (int64_t)p->kind, p->title,
                         (int64_t)p->claim, p->claim_where);

    *id = rows_next(&r) ? rows_int(&r, 0) : 0;
    return rows_end(&r);
}

/* A page is kept by name, even one that is made of what was written quietly. */
static int64_t
draft_owner(const struct change *c, const struct place *p)
{
    return p->aim == AIM_PAGE ? c->member : c->me;
}

enum err
draft_make(struct db *db, const struct change *c, const struct place *p,
           struct str text, int64_t *id)
{
    enum err e;

    e = x_draft_make(db, draft_owner(c, p), (int64_t)p->aim, p->community,
                     p->thread, p->answers, (int64_t)p->kind, p->title, c->at,
                     (int64_t)p->claim, p->claim_where, p->needed_by, p->tried);
    if (e)
        return e;
    *id = db_last_id(db);
    if (p->aim == AIM_PAGE &&
        (e = x_page_draft_set(db, *id, p->page, p->version, p->origin,
                              p->doubt)))
        return e;
    return draft_append(db, c, *id, text);
}

/* Where the next part goes, and the blank lines before it. */
static enum err
end_find(struct db *db, int64_t id, struct str text, int64_t *position,
         int64_t *blank)
{
    struct rows r = q_draft_last(db, id);

    *position = 1;
    *blank = 0;
    if (rows_next(&r)) {
        *position = rows_int(&r, 0) + 1;
        *blank = parts_gap(rows_text(&r, 1), text);
    }
    return rows_end(&r);
}

enum err
draft_room(struct db *db, int64_t id, struct str text)
{
    struct rows r = q_draft_size(db, id);
    int64_t size = rows_next(&r) ? rows_int(&r, 0) : 0;
    enum err e = rows_end(&r);

    if (e)
        return e;
    return size + (int64_t)text.n > DRAFT_MAX ? E_TOO_LONG : OK;
}

enum err
draft_append(struct db *db, const struct change *c, int64_t id, struct str text)
{
    struct part part;
    int64_t position, blank;
    bool is_first = true;
    enum err e;

    if (text.n == 0)
        return OK;
    if ((e = draft_room(db, id, text)) ||
        (e = end_find(db, id, text, &position, &blank)))
        return e;
    while (parts_next(&text, &part)) {
        e = x_draft_part_add(db, id, position++, part.text,
                             is_first ? blank : part.blank);
        if (e)
            return e;
        is_first = false;
    }
    return x_draft_touch(db, id, c->at);
}

/* Is this text all of the draft, or the last lines of it? */
static bool
ends_with(struct str all, struct str text)
{
    if (!str_has_suffix(all, text))
        return false;
    return all.n == text.n || all.p[all.n - text.n - 1] == '\n';
}

/* A text to be changed is kept whole; anything else grows at its end. */
static bool
is_whole(const struct place *p)
{
    return p->aim == AIM_EDIT || p->aim == AIM_RULES ||
           p->aim == AIM_ELSEWHERE || p->page != 0;
}

enum err
draft_keep(struct db *db, struct change_job *cj, const struct place *p,
           struct str text)
{
    const struct change *c = &cj->change;
    int64_t *id = &cj->out.draft;
    struct str all;
    enum err e;

    if ((e = draft_find(db, draft_owner(c, p), p, id)))
        return e;
    if (*id == 0)
        return draft_make(db, c, p, text, id);
    if ((e = draft_text(db, *id, cj->mem, &all)))
        return e;
    if (is_whole(p) ? str_eq(all, text) : ends_with(all, text))
        return OK;
    if (!is_whole(p)) {
        e = draft_append(db, c, *id, text);
        if (e != E_TOO_LONG)
            return e;
    }
    return draft_make(db, c, p, text, id);
}

enum err
draft_keep_apart(struct db *db, struct change_job *cj, const struct place *p,
                 struct str text, enum err why)
{
    cj->out.why = why;
    return draft_make(db, &cj->change, p, text, &cj->out.draft);
}
