/* What those in a circle do with it, until it closes. */
#include "base/clock.h"
#include "base/secret.h"
#include "base/text.h"
#include "forum/community.h"
#include "forum/day.h"
#include "forum/due.h"
#include "forum/keep.h"
#include "forum/own_circle.h"
#include "forum/publish.h"
#include "forum/room.h"
#include "sql.h"

#define INVITATION_LETTERS 16
#define PROMPTS_MAX 2000 /* bytes of all prompts */

enum err
own_circle(struct db *db, struct change_job *cj, struct circle *out)
{
    const struct change *c = &cj->change;
    struct community place;
    enum err e = community_by_id(db, c->community, c->member, cj->mem, &place);

    if (e || (e = circle_get(db, place.id, cj->mem, out)))
        return e;
    cj->out.community = place.id;
    place_tell_slug(&cj->out, place.slug);
    return OK;
}

enum err
circle_repeat(struct change_job *cj)
{
    cj->out.is_repeat = true;
    return OK;
}

static enum err
invite(struct db *db, int64_t community)
{
    unsigned char random[DIGEST_SIZE];
    char secret[INVITATION_LETTERS];
    enum err e = secret_random(random, sizeof(random));

    if (e)
        return e;
    secret_letters(random, secret, sizeof(secret));
    return x_community_invite(db, community,
                              (struct str){secret, sizeof(secret)});
}

/* Whoever is in is told on its last day. */
static enum err
end_plan(struct db *db, int64_t community, int64_t ends_at)
{
    return due_add(
        db,
        &(struct due){.kind = DUE_CIRCLE, .at = ends_at, .thing = community});
}

static enum err
started_find(struct db *db, struct change_job *cj, struct str name)
{
    const struct change *c = &cj->change;
    struct rows r =
        q_circle_started(db, c->member, text_fold(cj->mem, name), c->at - DAY);

    cj->out.is_repeat = rows_next(&r);
    if (cj->out.is_repeat) {
        cj->out.community = rows_int(&r, 0);
        place_tell_slug(&cj->out, rows_text(&r, 1));
    }
    return rows_end(&r);
}

struct place
circle_text(enum draft_aim aim, struct str title)
{
    return (struct place){.aim = aim,
                          .kind = KIND_NOTE,
                          .title = title,
                          .claim_where = STR(""),
                          .tried = STR(""),
                          .present = STR("")};
}

/* It came too fast; what was typed waits in a draft. */
static enum err
purpose_keep(struct db *db, struct change_job *cj, struct str purpose)
{
    struct place p = circle_text(AIM_THREAD, STR(""));

    return draft_keep(db, cj, &p, purpose);
}

enum err
circle_start(struct db *db, struct change_job *cj)
{
    const struct change *c = &cj->change;
    int64_t ends_at = (c->at + CIRCLE_SECONDS) / DAY * DAY;
    struct str purpose, name;
    enum err e;

    if ((e = line_clean(cj->mem, c->text, &purpose)))
        return e;
    name = text_head(purpose, LINE_MAX_BYTES / 4);
    if ((e = started_find(db, cj, name)) || cj->out.is_repeat)
        return e;
    if (!may_write_now(cj))
        return purpose_keep(db, cj, purpose);
    if ((e = room_make(db, cj, ROOM_CIRCLE, name, purpose)) ||
        (e = x_circle_add(db, cj->out.community, ends_at,
                          text_clean(cj->mem, c->title))) ||
        (e = invite(db, cj->out.community)))
        return e;
    return end_plan(db, cj->out.community, ends_at);
}

enum err
circle_thread(struct db *db, struct change_job *cj, enum thread_kind kind,
              struct str text)
{
    const struct change *c = &cj->change;
    struct place p = place_of_change(c);
    enum err e;

    p.aim = AIM_THREAD;
    p.kind = kind;
    p.title = text_head(text_line(cj->mem, c->title), LINE_MAX_BYTES);
    if ((e = place_check(db, cj, &p, &cj->out.why)) || cj->out.why)
        return e;
    return place_put(db, cj, &p, text, false);
}

/* Did they meet today already? */
static enum err
meeting_today(struct db *db, struct change_job *cj, const struct circle *circle)
{
    struct rows r = q_circle_met(db, circle->meeting);
    int64_t at = rows_next(&r) ? rows_int(&r, 0) : 0;
    enum err e = rows_end(&r);

    if (e || at / DAY != cj->change.at / DAY)
        return e;
    cj->out.thread = circle->meeting;
    cj->out.number = 1;
    return circle_repeat(cj);
}

/* The prompts as they are today, so that the meeting keeps them. */
static struct str
prompts_listed(struct arena *mem, struct str prompts)
{
    struct str all = STR("");

    while (prompts.n > 0) {
        struct str line = str_cut(&prompts, '\n');

        all = arena_fmt(mem, "%.*s* %.*s\n", (int)all.n, all.p, (int)line.n,
                        line.p);
    }
    return all;
}

/* One that nobody opened yet needs its people first. */
static enum err
meeting_check(struct db *db, const struct circle *circle)
{
    int size;
    enum err e;

    if (circle->meeting)
        return OK;
    e = circle_size(db, circle->community, &size);
    return e ? e : size < CIRCLE_LEAST ? E_TOO_FEW : OK;
}

enum err
circle_meet(struct db *db, struct change_job *cj)
{
    struct circle circle;
    enum err e = own_circle(db, cj, &circle);

    if (e || (e = meeting_today(db, cj, &circle)) || cj->out.is_repeat)
        return e;
    if (circle.closed_at)
        return circle_repeat(cj);
    if ((e = meeting_check(db, &circle)))
        return e;
    e = circle_thread(db, cj, KIND_NOTE,
                      prompts_listed(cj->mem, circle.prompts));
    if (e || cj->out.why)
        return e;
    return x_circle_set_meeting(db, circle.community, cj->out.thread);
}

/* Is this line among those? */
static bool
has_line(struct str lines, struct str wanted)
{
    while (lines.n > 0)
        if (str_eq(str_cut(&lines, '\n'), wanted))
            return true;
    return false;
}

enum err
circle_prompt(struct db *db, struct change_job *cj)
{
    struct circle circle;
    struct str line, all;
    enum err e;

    if ((e = own_circle(db, cj, &circle)) ||
        (e = line_clean(cj->mem, cj->change.text, &line)))
        return e;
    if (has_line(circle.prompts, line))
        return circle_repeat(cj);
    all = arena_fmt(cj->mem, "%.*s%s%.*s", (int)circle.prompts.n,
                    circle.prompts.p, circle.prompts.n ? "\n" : "", (int)line.n,
                    line.p);
    if (cj->mem->bad)
        return cj->mem->bad;
    if (all.n > PROMPTS_MAX)
        return E_TOO_LONG;
    return x_circle_set_prompts(db, circle.community, all);
}

/* All lines but that one, which is counted from 1. */
static struct str
lines_without(struct arena *mem, struct str lines, int64_t number)
{
    struct str all = STR("");

    for (int64_t i = 1; lines.n > 0; i++) {
        struct str line = str_cut(&lines, '\n');

        if (i != number)
            all = arena_fmt(mem, "%.*s%s%.*s", (int)all.n, all.p,
                            all.n ? "\n" : "", (int)line.n, line.p);
    }
    return all;
}

enum err
circle_prompt_drop(struct db *db, struct change_job *cj)
{
    const struct change *c = &cj->change;
    struct circle circle;
    struct str left;
    enum err e = own_circle(db, cj, &circle);

    /* Others changed them meanwhile: the number may mean another one. */
    if (e || c->based_on != circle.revision)
        return e ? e : circle_repeat(cj);
    left = lines_without(cj->mem, circle.prompts, c->number);
    if (cj->mem->bad)
        return cj->mem->bad;
    return x_circle_set_prompts(db, circle.community, left);
}

/* Another day, though it had closed: what was wished of it is wished no more.
 */
static enum err
circle_reopen(struct db *db, int64_t community)
{
    enum err e = x_circle_wishes_drop(db, community);

    return e ? e : invite(db, community);
}

enum err
circle_until(struct db *db, struct change_job *cj)
{
    const struct change *c = &cj->change;
    struct circle circle;
    int64_t day;
    enum err e = own_circle(db, cj, &circle);

    if (e || (e = day_read(c->text, c->at, &day)))
        return e;
    if (day == 0)
        return E_UNUSABLE; /* a circle has an end */
    if (day == circle.ends_at && !circle.closed_at)
        return circle_repeat(cj);
    if ((e = x_circle_set_until(db, circle.community, day)) ||
        (circle.closed_at && (e = circle_reopen(db, circle.community))))
        return e;
    return end_plan(db, circle.community, day);
}

enum err
circle_invite(struct db *db, struct change_job *cj)
{
    struct circle circle;
    enum err e = own_circle(db, cj, &circle);

    if (e)
        return e;
    return circle.closed_at ? circle_repeat(cj) : invite(db, circle.community);
}
