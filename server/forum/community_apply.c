/* How a community begins, and how people come and leave. */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "forum/apply.h"
#include "forum/circle.h"
#include "forum/community.h"
#include "forum/draft.h"
#include "sql.h"

#define SLUG_MAX 32
#define SLUG_TRIES 10000

/* The first column of the first row, or 0 where there is none; ends r. */
static enum err
number_take(struct rows r, int64_t *out)
{
    *out = rows_next(&r) ? rows_int(&r, 0) : 0;
    return rows_end(&r);
}

static enum err
outcome_set(struct change_job *cj, int64_t id, struct str slug)
{
    if (slug.n >= sizeof(cj->out.slug))
        return E_BUG;
    cj->out.community = id;
    memcpy(cj->out.slug, slug.p, slug.n);
    cj->out.slug[slug.n] = '\0';
    return OK;
}

enum err
community_start(struct db *db, struct change_job *cj)
{
    const struct change *c = &cj->change;
    struct str purpose;
    enum err e;

    if ((e = line_clean(cj->mem, c->text, &purpose)) ||
        (e = number_take(q_purpose_draft(db, c->member, AIM_COMMUNITY, purpose),
                         &cj->out.draft)))
        return e;
    if (cj->out.draft) {
        cj->out.is_repeat = true;
        return OK;
    }
    if ((e = x_draft_make(db, c->member, AIM_COMMUNITY, 0, 0, 0, KIND_NOTE,
                          STR(""), c->at, CLAIM_NONE, STR(""), 0, STR(""))))
        return e;
    cj->out.draft = db_last_id(db);
    return x_draft_part_add(db, cj->out.draft, 1, purpose, 0);
}

/* base, or base-2, base-3 ... where that is taken; never above SLUG_MAX. */
static enum err
slug_make_unique(struct db *db, struct str base, char out[SLUG_MAX + 1])
{
    for (int i = 1; i < SLUG_TRIES; i++) {
        char tail[16] = "";
        size_t room = SLUG_MAX;
        int64_t owner;
        enum err e;

        if (i > 1)
            room -= (size_t)snprintf(tail, sizeof(tail), "-%d", i);
        if (room > base.n)
            room = base.n;
        while (i > 1 && room > 0 && base.p[room - 1] == '-')
            room--;
        snprintf(out, SLUG_MAX + 1, "%.*s%s", (int)room, base.p, tail);
        e = number_take(q_community_slug_owner(db, str_of(out)), &owner);
        if (e || !owner)
            return e;
    }
    return E_TAKEN;
}

/* A short address of the name; of its number where the name has no letters
 * that an address can have. */
static enum err
slug_make(struct db *db, struct change_job *cj, struct str name, int64_t id,
          char out[SLUG_MAX + 1])
{
    struct str base = text_slug(cj->mem, name);

    if (base.n == 0)
        base = arena_fmt(cj->mem, "c-%lld", (long long)id);
    if (cj->mem->bad)
        return cj->mem->bad;
    return slug_make_unique(db, base, out);
}

static enum err
community_add(struct db *db, struct change_job *cj, struct str name,
              struct str purpose)
{
    struct change c = cj->change;
    struct str fold = text_fold(cj->mem, name);
    char slug[SLUG_MAX + 1];
    enum err e = cj->mem->bad;

    if (e || (e = number_take(q_community_next_id(db), &c.community)) ||
        (e = slug_make(db, cj, name, c.community, slug)))
        return e;
    if ((e = x_community_insert(db, c.community, str_of(slug), name, fold,
                                purpose, c.member, c.at)) ||
        (e = x_participant_insert(db, c.community, c.member, c.at, 1)) ||
        (e = act_add(db, &c, ACT_STARTED, 0, purpose)))
        return e;
    return outcome_set(cj, c.community, str_of(slug));
}

/* The draft is gone: was it this name that it became? A repeated request is
 * led to what the first one made. */
static enum err
founded_find(struct db *db, struct change_job *cj, struct str name)
{
    const struct change *c = &cj->change;
    struct rows r = q_community_founded(db, c->member, text_fold(cj->mem, name),
                                        c->at - DAY);
    enum err e = OK, end;

    cj->out.is_repeat = rows_next(&r);
    if (cj->out.is_repeat)
        e = outcome_set(cj, rows_int(&r, 0), rows_text(&r, 1));
    end = rows_end(&r);
    if (end || e)
        return end ? end : e;
    return cj->out.is_repeat ? OK : E_NOT_FOUND;
}

enum err
community_found(struct db *db, struct change_job *cj)
{
    const struct change *c = &cj->change;
    struct str name, text, purpose;
    struct draft d = {0};
    enum err e;

    if ((e = community_name_clean(cj->mem, c->text, &name)))
        return e;
    e = draft_get(db, c->draft, c->member, c->tag, cj->mem, &d);
    if (e == E_NOT_FOUND)
        return founded_find(db, cj, name);
    if (e)
        return e;
    if (d.aim != AIM_COMMUNITY || d.went_to)
        return E_NOT_FOUND;
    if ((e = draft_text(db, d.id, cj->mem, &text)) ||
        (e = line_clean(cj->mem, text, &purpose)))
        return e;
    if (!may_write_now(cj)) {
        cj->out.draft = d.id; /* the purpose is not lost */
        return OK;
    }
    if ((e = community_add(db, cj, name, purpose)))
        return e;
    return x_draft_remove(db, d.id);
}

/* c was found because the member may come in, or is in already. */
static enum err
participant_add(struct db *db, struct change_job *cj, const struct community *c)
{
    enum err e = outcome_set(cj, c->id, c->slug);

    if (e)
        return e;
    cj->out.is_repeat = c->is_participant;
    if (c->is_participant)
        return OK;
    return x_participant_insert(db, c->id, cj->change.member, cj->change.at, 0);
}

enum err
community_come(struct db *db, struct change_job *cj)
{
    const struct change *c = &cj->change;
    struct community place;
    enum err e = community_by_id(db, c->community, c->member, cj->mem, &place);

    return e ? e : participant_add(db, cj, &place);
}

enum err
community_come_invited(struct db *db, struct change_job *cj)
{
    const struct change *c = &cj->change;
    struct community place;
    enum err e = community_by_invitation(db, str_trim(c->text), c->member,
                                         cj->mem, &place);

    if (e)
        return e;
    if (place.id != c->community)
        return E_NOT_FOUND;
    if (place.room == ROOM_CIRCLE && !place.is_participant &&
        (e = circle_has_room(db, place.id)))
        return e;
    return participant_add(db, cj, &place);
}

enum err
community_leave(struct db *db, struct change_job *cj)
{
    const struct change *c = &cj->change;
    struct community place;
    int64_t steward, other;
    enum err e = community_by_id(db, c->community, c->member, cj->mem, &place);

    /* To have left before is no failure, and says nothing of a closed one. */
    if (e == E_NOT_FOUND || (!e && !place.is_participant)) {
        cj->out.is_repeat = true;
        return e ? OK : outcome_set(cj, place.id, place.slug);
    }
    if (e || (e = outcome_set(cj, place.id, place.slug)))
        return e;
    if (place.is_steward) {
        if ((e = number_take(q_steward_other(db, place.id, c->member),
                             &steward)) ||
            (e = number_take(q_participant_other(db, place.id, c->member),
                             &other)))
            return e;
        if (!steward && other)
            return E_LAST_ONE;
        if ((e = act_add(db, c, ACT_STEWARD_LEFT, 0, STR(""))))
            return e;
    }
    if ((e = x_participant_drop(db, place.id, c->member)) ||
        place.room != ROOM_CIRCLE)
        return e;
    return circle_left(db, place.id, c->member, cj->mem);
}
