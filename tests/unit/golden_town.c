#include "tests/unit/golden_town.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#undef NAME_MAX /* of files; ours is of people */

#include "base/clock.h"
#include "pages/inner.h"
#include "sql.h"

#define SPOKEN_AT INT64_C(1772616630) /* 2026-03-04 09:30:30 UTC */
#define LONG_AGO (SPOKEN_AT - 150 * DAY)

/* Number of Amina's draft of a page. */
enum { PAGE_DRAFT = 9 };
/* Josef's second certificate. */
enum { TABLET = 5 };

/* Half a minute away from the next minute, which the test does not reach. */
static void
clock_at(int64_t when)
{
    clock_shift(when - (int64_t)time(NULL));
}

/* Applies a change at that time; the fields are those of struct change. */
#define AT(when, verb, ...)                                                    \
    (clock_at(when),                                                           \
     site_do(b, &(struct change){.kind = CHANGE_##verb, __VA_ARGS__}))

static void
people(struct site_box *b)
{
    static const struct {
        unsigned who;
        struct str name;
    } all[] = {{AMINA, {"Amina", 5}},
               {JOSEF, {"Josef", 5}},
               {MEMBER_WHO, {"Chipo", 5}}};

    for (int i = 0; i < 3; i++) {
        clock_at(LONG_AGO);
        AT(LONG_AGO, JOIN, .peer = site_peer(all[i].who), .text = all[i].name);
    }
}

static int64_t
community(struct site_box *b, int64_t when, struct str name, struct str purpose)
{
    int64_t draft = AT(when, START, .member = 1, .text = purpose).draft;

    return AT(when, FOUND, .member = 1, .draft = draft, .text = name).community;
}

static void
community_write(struct site_box *b, int64_t in, enum draft_aim aim,
                struct str text)
{
    int64_t when = SPOKEN_AT - 2 * DAY;
    int64_t draft =
        AT(when, DRAFT_OPEN, .member = 1, .community = in, .aim = aim).draft;

    AT(when, DRAFT_SET, .member = 1, .draft = draft, .text = text);
    AT(when, DRAFT_GO, .member = 1, .draft = draft);
}

/* Thread 2: a question, an answer that was edited, one taken back. */
static void
conversation(struct site_box *b, int64_t in)
{
    int64_t day = SPOKEN_AT - DAY;

    AT(day, THREAD, .member = 1, .community = in, .value = KIND_QUESTION,
       .title = STR("Pump trips after rain"),
       .text = STR("The pump at the clinic stopped again.\n# What we tried\n"
                   "* a new fuse\n```\nF2: 16 A"));
    AT(day + HOUR, REPLY, .member = 2, .thread = 2,
       .text = STR("Look at the cable."));
    AT(day + 2 * HOUR, REPLY, .member = 1, .thread = 2, .number = 2,
       .text = STR("Dry.\n=> gemini://example.net/floats Floats"));
    AT(day + 3 * HOUR, EDIT, .member = 2, .thread = 2, .number = 2,
       .text = STR("Look at the cable, and at the float switch."));
    AT(day + 4 * HOUR, REPLY, .member = 2, .thread = 2,
       .text = STR("Wrong thread, sorry."));
    AT(day + 4 * HOUR, TAKE_BACK, .member = 2, .thread = 2, .number = 4);
    AT(day + 5 * HOUR, THREAD, .member = 2, .community = in, .value = KIND_NOTE,
       .title = STR("जल समिति की बैठक"), .text = STR("शुक्रवार को, चार बजे।"));
    AT(SPOKEN_AT - 10 * MINUTE, TAG, .member = 2, .thread = 2,
       .text = STR("Pumps, after-rain"));
    AT(SPOKEN_AT - 5 * MINUTE, REPLY, .member = 2, .thread = 2,
       .text = STR("Did it help?"));
}

/* What Josef's answer was good for: thanks that both show and thanks for his
 * eyes, and what came of it. */
static void
value(struct site_box *b)
{
    int64_t when = SPOKEN_AT - 2 * HOUR;

    AT(when, THANKS, .member = 1, .thread = 2, .number = 2,
       .text = STR("To find the wet float before the market day."));
    AT(when, THANKS_AGREE, .member = 1, .thread = 2, .number = 2, .value = 1);
    AT(when, THANKS_SHOW, .member = 2, .thing = 1, .value = 1);
    AT(when, THANKS, .member = 3, .thread = 2, .number = 2, .text = STR("."));
    AT(when, CAME, .member = 1, .thread = 2, .number = 2, .value = CAME_WORKED,
       .text = STR("It ran through the whole rain."));
    AT(when, CAME, .member = 3, .thread = 2, .number = 2,
       .value = CAME_WILL_TRY, .text = STR("At the school, in April."));
}

static void
own_things(struct site_box *b, int64_t in)
{
    int64_t when = SPOKEN_AT - HOUR;
    int64_t draft = AT(when, DRAFT_OPEN, .member = 2, .community = in,
                       .aim = AIM_THREAD, .value = KIND_NOTE,
                       .text = STR("Gutters fill the tank.\nIt took a day."))
                        .draft;

    assert_int_equal(draft, 7);
    AT(when, DRAFT_TITLE, .member = 2, .draft = draft,
       .text = STR("A roof of rain"));
    AT(when, ABOUT, .member = 2, .text = STR("Pumps, and what they pump."));
    AT(when, CERT_LABEL, .member = 2, .thing = 2, .text = STR("phone"));
}

/* Josef's notebook: a post with a note, collected; and two threads. */
static void
notebook(struct site_box *b)
{
    int64_t when = SPOKEN_AT - HOUR;

    AT(when, SAVE, .member = 2, .thread = 2, .number = 3,
       .text = STR("Dry floats: look here first."));
    AT(when, SAVE, .member = 2, .thread = 1, .text = STR("."));
    AT(when, SAVE, .member = 2, .thread = 3, .text = STR("."));
    AT(when, SAVED_PUT, .member = 2, .thing = 1, .text = STR("pumps"));
}

/* Runs SQL behind the site's back. */
static void
database_run(struct site_box *b, const char *sql)
{
    struct db *db;

    assert_int_equal(db_open(b->database, DB_WRITE, &sql_statements, &db), OK);
    assert_int_equal(db_run(db, sql), OK);
    db_close(db);
}

/* A circle that has closed. */
static void
circle(struct site_box *b, int64_t when)
{
    int64_t in =
        AT(when, CIRCLE_START, .member = 2, .text = STR("Knots for the nets."),
           .title = STR("What held?\nWhat slipped?"))
            .community;

    AT(when, CIRCLE_CLOSE, .member = 2, .community = in,
       .title = STR("Closing review"));
    AT(when, CIRCLE_WISH, .member = 2, .community = in, .value = WISH_SHARE);
    database_run(b, "UPDATE community SET slug = 'k3v9p2qa2222knot'"
                    " WHERE room = 1");
}

/* What people start for one another. */
static void
services(struct site_box *b, int64_t in)
{
    int64_t when = SPOKEN_AT - 30 * MINUTE;

    AT(when, THREAD, .member = 1, .community = in, .value = KIND_CHAT,
       .title = STR("Porch"), .text = STR("Tea is ready."));
    AT(when + MINUTE, THREAD, .member = 2, .community = in, .value = KIND_CHAT,
       .title = STR("Porch"), .text = STR("Coming."));
    AT(when, THREAD, .member = 2, .community = in, .value = KIND_OFFER,
       .title = STR("Welding, on Saturdays"), .text = STR("."));
    AT(when, THREAD, .member = 1, .community = in, .value = KIND_NEED,
       .title = STR("A welder for the clinic gate"), .text = STR("."));
    AT(when, THREAD, .member = 1, .community = in, .value = KIND_REVIEW,
       .title = STR("The new pump"), .text = STR("."));
    AT(when, REPLY, .member = 2, .thread = 7, .claim = CLAIM_HAPPENED,
       .text = STR("It ran for three weeks."));
    AT(when, REPLY, .member = 1, .thread = 7, .claim = CLAIM_NEXT,
       .text = STR("Ask the nurse first."));
    AT(when, THREAD, .member = 2, .community = in, .value = KIND_WORKING_ON,
       .title = STR("A filter of sand"), .text = STR("."));
    AT(when, REPLY, .member = 2, .thread = 8, .claim = CLAIM_STUCK,
       .text = STR("It clogs after a week."));
    circle(b, when + 2 * MINUTE);
}

/* Josef follows one more thread, and mutes a community and a person. */
static void
keeping_up(struct site_box *b)
{
    int64_t when = SPOKEN_AT - HOUR;

    AT(when, FOLLOW, .member = 2, .value = FOLLOW_THREAD, .thing = 1);
    AT(when, MUTE, .member = 2, .value = FOLLOW_COMMUNITY, .thing = 1);
    AT(when, MUTE, .member = 2, .value = FOLLOW_MEMBER, .thing = 3);
}

/* What is random otherwise is made the same for every run. */
static void
code_make(struct site_box *b, int64_t when)
{
    AT(when, LINK_CODE, .member = 2);
    database_run(b, "UPDATE link_code SET code = 'k3v9p2qa'");
}

static void
invitation_make(struct site_box *b, int64_t when, int64_t of)
{
    AT(when, INVITATION, .member = 1, .community = of);
    database_run(b, "UPDATE community SET invitation = 'k3v9p2qak3v9p2qa'"
                    " WHERE invitation IS NOT NULL");
}

static void
feed_make(struct site_box *b, int64_t when)
{
    AT(when, FEED_NEW, .member = 2);
    database_run(b, "UPDATE member SET feed ="
                    " 'k3v9p2qak3v9p2qak3v9p2qak3v9p2qa'"
                    " WHERE feed IS NOT NULL");
}

static void
second_device(struct site_box *b)
{
    int64_t when = SPOKEN_AT - HOUR;

    code_make(b, when);
    AT(when, LINK, .peer = site_peer(TABLET), .text = STR("k3v9p2qa"));
}

/* Page 1 has two versions and a doubt; a draft of another one is open. */
static void
kept_pages(struct site_box *b)
{
    int64_t when = SPOKEN_AT - 3 * HOUR, later = when + HOUR;
    int64_t draft = AT(when, PAGE_KEEP, .member = 1, .thread = 2).draft;

    AT(when, SOURCE_TAKE, .member = 1, .draft = draft, .thread = 2,
       .number = 1);
    AT(when, SOURCE_TAKE, .member = 1, .draft = draft, .thread = 2,
       .number = 2);
    AT(when, SOURCE_FILL, .member = 1, .draft = draft);
    AT(when, DRAFT_TITLE, .member = 1, .draft = draft,
       .text = STR("When a pump trips"));
    AT(when, DRAFT_GO, .member = 1, .draft = draft);
    AT(later, PAGE_SET, .member = 2, .page = 1, .value = 1,
       .text = STR("When it stops after rain:\n* a new fuse\n\nLook at the "
                   "cable, and at the float switch."));
    AT(later, PAGE_TRUE, .member = 3, .page = 1, .text = STR("Lodwar"));
    AT(later, PAGE_DOUBT, .member = 3, .page = 1,
       .text = STR("Ours has no float switch."));
    AT(later, START_SHOW, .member = 1, .thread = 2, .text = STR("How we ask."));
    AT(later, START_SHOW, .member = 2, .page = 1,
       .text = STR("What we know of pumps."));
    draft = AT(later, PAGE_KEEP, .member = 1, .thread = 2).draft;
    AT(later, SOURCE_TAKE, .member = 1, .draft = draft, .thread = 2,
       .number = 3);
    assert_int_equal(draft, PAGE_DRAFT);
}

int
golden_setup(void **state)
{
    struct site_box *b;
    int64_t water, cellar;

    if (site_setup(state))
        return -1;
    b = *state;
    memset(b->site->secret, 7, sizeof(b->site->secret)); /* for the keys */
    people(b);
    AT(LONG_AGO, THREAD, .member = 1,
       .community = community(b, LONG_AGO, STR("Almanac"),
                              STR("To write down what each month brought.")),
       .title = STR("The first frost"), .text = STR("Early, this time."));
    water = community(b, SPOKEN_AT - 3 * DAY, STR("Water works"),
                      STR("To keep the pumps of our valley running."));
    AT(SPOKEN_AT - 2 * DAY, COME, .member = 2, .community = water);
    community_write(b, water, AIM_RULES, STR("* Say what you tried."));
    community_write(b, water, AIM_ELSEWHERE,
                    STR("=> https://example.net/list A mailing list"));
    conversation(b, water);
    cellar = community(b, SPOKEN_AT - DAY, STR("Cellar"),
                       STR("To look after the store room."));
    AT(SPOKEN_AT - DAY, SET_OPENNESS, .member = 1, .community = cellar,
       .value = CLOSED);
    invitation_make(b, SPOKEN_AT - DAY, water);
    value(b);
    own_things(b, water);
    notebook(b);
    services(b, water);
    kept_pages(b);
    keeping_up(b);
    feed_make(b, SPOKEN_AT - HOUR);
    second_device(b);
    code_make(b, SPOKEN_AT - MINUTE);
    return 0;
}

void
golden_clock(void)
{
    clock_at(SPOKEN_AT);
}
