/* What a draft says beside its text: until when something is needed, what was
 * tried, tags; how sure an answer is. A single "." takes it away. */
#include "base/text.h"
#include "forum/apply.h"
#include "forum/day.h"
#include "forum/own_draft.h"
#include "forum/pair.h"
#include "forum/quiet.h"
#include "sql.h"

#define TRIED_MAX 1000 /* bytes; no request holds more */
#define WHERE_MAX 80

/* The member's draft of that aim, still open. *is_open false: it was published,
 * and cj->out leads to what it became. */
static enum err
draft_of(struct db *db, struct change_job *cj, enum draft_aim aim,
         struct draft *d, bool *is_open)
{
    enum err e = own_draft(db, cj, d);

    if (e)
        return e;
    *is_open = d->went_to == 0;
    return d->aim == aim ? OK : E_UNUSABLE;
}

/* One line of at most max bytes; "." is none. */
static enum err
line_or_none(struct change_job *cj, struct str typed, size_t max,
             struct str *out)
{
    struct str line = text_line(cj->mem, typed);

    if (cj->mem->bad)
        return cj->mem->bad;
    if (line.n == 0)
        return E_EMPTY;
    if (line.n > max)
        return E_TOO_LONG;
    *out = str_eq(line, STR(".")) ? STR("") : line;
    return OK;
}

enum err
draft_set_needed_by(struct db *db, struct change_job *cj)
{
    const struct change *c = &cj->change;
    struct draft d;
    int64_t day;
    bool is_open;
    enum err e = draft_of(db, cj, AIM_THREAD, &d, &is_open);

    if (e || !is_open || (e = day_read(c->text, c->at, &day)) ||
        (e = x_draft_needed_by(db, d.id, day)))
        return e;
    return x_draft_touch(db, d.id, c->at);
}

enum err
draft_set_tried(struct db *db, struct change_job *cj)
{
    const struct change *c = &cj->change;
    struct str text;
    struct draft d;
    bool is_open;
    enum err e = draft_of(db, cj, AIM_THREAD, &d, &is_open);

    if (e || !is_open || (e = line_or_none(cj, c->text, TRIED_MAX, &text)) ||
        (e = x_draft_tried(db, d.id, text)))
        return e;
    return x_draft_touch(db, d.id, c->at);
}

/* A quiet draft belongs to a quiet name, so that nothing leads from it to the
 * member. */
enum err
draft_set_quiet(struct db *db, struct change_job *cj)
{
    const struct change *c = &cj->change;
    int64_t owner = c->member;
    struct pair_draft pair;
    struct draft d;
    bool is_open;
    enum err e = draft_of(db, cj, AIM_THREAD, &d, &is_open);

    if (e || !is_open || d.is_quiet == (c->value != 0))
        return e;
    if ((e = pair_draft_get(db, d.id, cj->mem, &pair)))
        return e;
    if (pair.asked) /* whoever is asked alone sees who asks */
        return E_UNUSABLE;
    if ((c->value && (e = quiet_desk(db, c, &owner))) ||
        (e = x_draft_owner(db, d.id, owner)))
        return e;
    return x_draft_touch(db, d.id, c->at);
}

enum err
draft_set_tags(struct db *db, struct change_job *cj)
{
    const struct change *c = &cj->change;
    struct str text;
    struct draft d;
    enum err e = own_draft(db, cj, &d);

    if (e || d.went_to)
        return e;
    if (d.aim != AIM_THREAD && (d.aim != AIM_PAGE || d.page))
        return E_UNUSABLE;
    if ((e = line_or_none(cj, c->text, LINE_MAX_BYTES, &text)) ||
        (e = x_draft_tags(db, d.id, text)))
        return e;
    return x_draft_touch(db, d.id, c->at);
}

enum err
claim_clean(struct change_job *cj)
{
    struct change *c = &cj->change;
    struct str where = STR("");
    enum err e = OK;

    if (c->claim < CLAIM_NONE || c->claim >= CLAIM_COUNT)
        return E_UNUSABLE;
    if (c->where.n > 0)
        e = line_or_none(cj, c->where, WHERE_MAX, &where);
    if (!e)
        c->where = where;
    return e;
}

enum err
draft_set_claim(struct db *db, struct change_job *cj)
{
    const struct change *c = &cj->change;
    struct draft d;
    bool is_open;
    enum err e = draft_of(db, cj, AIM_REPLY, &d, &is_open);

    if (e || !is_open || (e = claim_clean(cj)) ||
        (e = x_draft_claim(db, d.id, (int64_t)c->claim, c->where)))
        return e;
    return x_draft_touch(db, d.id, c->at);
}
