/* What stewards do for their community. Each act is told in the public log;
 * doing the same again changes nothing and is not told twice. */
#include <stdio.h>
#include <string.h>

#include "base/secret.h"
#include "base/text.h"
#include "forum/apply.h"
#include "forum/member.h"
#include "forum/rules.h"
#include "sql.h"

#define INVITATION_LETTERS 16

enum err
community_name_clean(struct arena *mem, struct str typed, struct str *out)
{
    enum err e = line_clean(mem, typed, out);
    struct str rest = *out;
    size_t alnums = 0;
    int32_t c;

    if (e)
        return e;
    while ((c = text_next(&rest)) >= 0)
        alnums += text_is_alnum(c);
    if (text_letters(*out) < COMMUNITY_NAME_MIN)
        return E_TOO_SHORT;
    if (text_letters(*out) > COMMUNITY_NAME_MAX)
        return E_TOO_LONG;
    return alnums < 2 ? E_UNUSABLE : OK;
}

/* The community of the change, if its member looks after it. */
static enum err
place_get(struct db *db, struct change_job *cj, struct community *out)
{
    const struct change *c = &cj->change;
    enum err e = community_by_id(db, c->community, c->member, cj->mem, out);

    if (e || (e = rules_may_steward(out, c->member)))
        return e;
    cj->out.community = out->id;
    snprintf(cj->out.slug, sizeof(cj->out.slug), "%.*s", (int)out->slug.n,
             out->slug.p);
    return OK;
}

static enum err
repeat(struct change_job *cj)
{
    cj->out.is_repeat = true;
    return OK;
}

enum err
community_set_name(struct db *db, struct change_job *cj)
{
    struct community place;
    struct str name, fold;
    enum err e;

    if ((e = place_get(db, cj, &place)) ||
        (e = community_name_clean(cj->mem, cj->change.text, &name)))
        return e;
    if (str_eq(name, place.name))
        return repeat(cj);
    fold = text_fold(cj->mem, name);
    if ((e = cj->mem->bad) || (e = x_community_name(db, place.id, name, fold)))
        return e;
    return act_add(db, &cj->change, ACT_NAME, 0, name);
}

enum err
community_set_purpose(struct db *db, struct change_job *cj)
{
    struct community place;
    struct str purpose;
    enum err e;

    if ((e = place_get(db, cj, &place)) ||
        (e = line_clean(cj->mem, cj->change.text, &purpose)))
        return e;
    if (str_eq(purpose, place.purpose))
        return repeat(cj);
    if ((e = x_community_purpose(db, place.id, purpose)))
        return e;
    return act_add(db, &cj->change, ACT_PURPOSE, 0, purpose);
}

enum err
community_set_openness(struct db *db, struct change_job *cj)
{
    int value = cj->change.value;
    struct community place;
    struct str number;
    enum err e;

    if ((e = place_get(db, cj, &place)))
        return e;
    if (value < OPEN || value > CLOSED)
        return E_UNUSABLE;
    if (value == (int)place.openness)
        return repeat(cj);
    number = arena_fmt(cj->mem, "%d", value);
    if ((e = cj->mem->bad) || (e = x_community_openness(db, place.id, value)))
        return e;
    return act_add(db, &cj->change, ACT_OPENNESS, 0, number);
}

/* What somebody is in a community: nothing, a participant, a steward. */
enum part { PART_NONE, PART_PARTICIPANT, PART_STEWARD };

static enum err
part_get(struct db *db, int64_t community, int64_t member, enum part *out)
{
    struct rows r = q_participant_get(db, community, member);

    *out = PART_NONE;
    if (rows_next(&r))
        *out = rows_int(&r, 0) ? PART_STEWARD : PART_PARTICIPANT;
    return rows_end(&r);
}

/* Nobody is enrolled by somebody else: a steward-to-be has joined before. */
enum err
community_steward_add(struct db *db, struct change_job *cj)
{
    struct community place;
    struct member member = {0};
    enum part part;
    enum err e;

    if ((e = place_get(db, cj, &place)))
        return e;
    e = member_by_name(db, cj->change.text, cj->mem, &member);
    if (e)
        return e == E_NOT_FOUND ? E_WRONG : e;
    if ((e = part_get(db, place.id, member.id, &part)))
        return e;
    if (part == PART_NONE)
        return E_WRONG;
    if (part == PART_STEWARD)
        return repeat(cj);
    if ((e = x_participant_set_steward(db, place.id, member.id, 1)))
        return e;
    return act_add(db, &cj->change, ACT_STEWARD_ADDED, member.id, STR(""));
}

enum err
community_steward_down(struct db *db, struct change_job *cj)
{
    const struct change *c = &cj->change;
    struct community place;
    struct rows r;
    bool has_other;
    enum err e = place_get(db, cj, &place);

    /* A participant who is no steward has stepped down already. */
    if (e == E_FORBIDDEN && place.is_participant)
        return repeat(cj);
    if (e)
        return e;
    r = q_steward_other(db, place.id, c->member);
    has_other = rows_next(&r);
    if ((e = rows_end(&r)))
        return e;
    if (!has_other)
        return E_LAST_ONE;
    if ((e = x_participant_set_steward(db, place.id, c->member, 0)))
        return e;
    return act_add(db, c, ACT_STEWARD_LEFT, 0, STR(""));
}

enum err
community_invitation(struct db *db, struct change_job *cj)
{
    unsigned char random[DIGEST_SIZE];
    char secret[INVITATION_LETTERS];
    struct community place;
    enum err e;

    if ((e = place_get(db, cj, &place)) ||
        (e = secret_random(random, sizeof(random))))
        return e;
    secret_letters(random, secret, sizeof(secret));
    return x_community_invite(db, place.id,
                              (struct str){secret, sizeof(secret)});
}
