/* The paragraphs of a draft: add, replace, move up, drop, set all. */
#include "forum/apply.h"
#include "forum/keep.h"
#include "forum/own_draft.h"
#include "forum/parts.h"
#include "sql.h"

enum err
draft_append_or_make(struct db *db, struct change_job *cj,
                     const struct draft *d, struct str text)
{
    struct place p = place_of_draft(d);
    enum err e = draft_append(db, &cj->change, d->id, text);

    if (e != E_TOO_LONG)
        return e;
    return draft_keep_apart(db, cj, &p, text, E_TOO_LONG);
}

/* The member's draft and the clean text for it. A published draft takes no
 * more: the text waits in a new one, and *is_done is set. */
static enum err
draft_and_text(struct db *db, struct change_job *cj, struct draft *d,
               struct str *text, bool *is_done)
{
    struct place p;
    enum err e = own_draft(db, cj, d);

    if (e)
        return e;
    *text = parts_clean(cj->mem, cj->change.text);
    if (text->n == 0)
        return cj->mem->bad ? cj->mem->bad : E_EMPTY;
    *is_done = d->went_to != 0;
    if (!*is_done)
        return OK;
    p = place_of_draft(d);
    cj->out.is_repeat = false;
    return draft_keep_apart(db, cj, &p, *text, E_GONE);
}

/* The part at a position, or p NULL. */
static enum err
part_get(struct db *db, int64_t draft, int64_t position, struct arena *mem,
         struct part *out)
{
    struct rows r = q_draft_part_get(db, draft, position);
    enum err e;

    *out = (struct part){.text = {NULL, 0}};
    if (rows_next(&r)) {
        out->text = arena_copy(mem, rows_text(&r, 0));
        out->blank = rows_int(&r, 1);
    }
    e = rows_end(&r);
    return e ? e : mem->bad;
}

enum err
draft_add(struct db *db, struct change_job *cj)
{
    struct draft d;
    struct str text;
    bool is_done;
    enum err e = draft_and_text(db, cj, &d, &text, &is_done);

    return e || is_done ? e : draft_append_or_make(db, cj, &d, text);
}

static int64_t
part_count(struct str text)
{
    struct part part;
    int64_t n = 0;

    while (parts_next(&text, &part))
        n++;
    return n;
}

/* Puts the parts of text in the place of one; what follows moves on. */
static enum err
part_replace(struct db *db, int64_t draft, int64_t position, int64_t blank,
             struct str text)
{
    int64_t more = part_count(text) - 1;
    struct part part;
    enum err e;

    if ((e = x_draft_part_lift(db, draft, position)) ||
        (e = x_draft_part_land(db, draft, more)))
        return e;
    (void)parts_next(&text, &part); /* a clean text with bytes has a part */
    e = x_draft_part_set(db, draft, position, part.text, blank);
    while (!e && parts_next(&text, &part))
        e = x_draft_part_add(db, draft, ++position, part.text, part.blank);
    return e;
}

enum err
draft_replace(struct db *db, struct change_job *cj)
{
    const struct change *c = &cj->change;
    struct part old;
    struct draft d;
    struct str text;
    bool is_done;
    enum err e = draft_and_text(db, cj, &d, &text, &is_done);

    if (e || is_done || (e = part_get(db, d.id, c->number, cj->mem, &old)))
        return e;
    e = draft_room(db, d.id, text);
    if (e && e != E_TOO_LONG)
        return e;
    /* Dropped meanwhile, or no room: the words stay all the same. */
    if (e || !old.text.p)
        return draft_append_or_make(db, cj, &d, text);
    cj->out.is_repeat = str_eq(old.text, text);
    if (cj->out.is_repeat)
        return OK;
    e = part_replace(db, d.id, c->number, old.blank, text);
    return e ? e : x_draft_touch(db, d.id, c->at);
}

enum err
draft_up(struct db *db, struct change_job *cj)
{
    const struct change *c = &cj->change;
    struct part above, part;
    struct draft d;
    enum err e = own_draft(db, cj, &d);

    if (e || d.went_to ||
        (e = part_get(db, d.id, c->number - 1, cj->mem, &above)) ||
        (e = part_get(db, d.id, c->number, cj->mem, &part)))
        return e;
    if (!above.text.p || !part.text.p) {
        cj->out.is_repeat = true;
        return OK;
    }
    /* The blank lines stay where they are: they belong to the gaps. */
    if ((e = x_draft_part_set(db, d.id, c->number - 1, part.text,
                              above.blank)) ||
        (e = x_draft_part_set(db, d.id, c->number, above.text, part.blank)))
        return e;
    return x_draft_touch(db, d.id, c->at);
}

enum err
draft_drop(struct db *db, struct change_job *cj)
{
    const struct change *c = &cj->change;
    struct part part, next;
    struct draft d;
    enum err e = own_draft(db, cj, &d);

    if (e || d.went_to || (e = part_get(db, d.id, c->number, cj->mem, &part)) ||
        (e = part_get(db, d.id, c->number + 1, cj->mem, &next)))
        return e;
    if (!part.text.p) {
        cj->out.is_repeat = true;
        return OK;
    }
    /* The wider of both gaps remains, so that paragraphs stay apart. */
    if (next.text.p && next.blank < part.blank)
        next.blank = part.blank;
    if ((e = x_draft_part_drop(db, d.id, c->number)) ||
        (e = x_draft_part_lift(db, d.id, c->number)) ||
        (e = x_draft_part_land(db, d.id, -1)))
        return e;
    if (next.text.p &&
        (e = x_draft_part_set(db, d.id, c->number, next.text, next.blank)))
        return e;
    return x_draft_touch(db, d.id, c->at);
}

enum err
draft_set(struct db *db, struct change_job *cj)
{
    const struct change *c = &cj->change;
    struct draft d;
    struct str text, present;
    bool is_done;
    enum err e = draft_and_text(db, cj, &d, &text, &is_done);

    if (e || is_done || (e = draft_text(db, d.id, cj->mem, &present)))
        return e;
    cj->out.is_repeat = str_eq(text, present);
    if (cj->out.is_repeat)
        return OK;
    if (c->based_on != 0 && c->based_on != d.revision)
        return E_CONFLICT;
    if ((e = x_draft_clear(db, d.id)))
        return e;
    return draft_append(db, c, d.id, text);
}
