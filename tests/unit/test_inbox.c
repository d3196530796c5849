/* The inbox, and who is told of a post. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/clock.h"
#include "forum/due.h"
#include "forum/inbox.h"
#include "forum/member.h"
#include "forum/mention.h"
#include "tests/unit/forum_fixture.h"

static int64_t
number(struct fixture *f, const char *sql)
{
    return db_number(f->db, sql, -1);
}

static int
mentioned(struct fixture *f, const char *text, int64_t member[MENTIONS_MAX])
{
    int n = -1;

    assert_int_equal(mention_find(f->db, str_of(text), &f->mem, member, &n),
                     OK);
    return n;
}

static void
a_name_is_found_in_any_script_and_beside_any_sign(void **state)
{
    static const struct {
        const char *name, *text;
    } cases[] = {
        {"Amina", "Ask @amina!"},
        {"Amina", "(@Amina)"},
        {"Mary Ann", "@Mary Ann knows"},
        {"J. Doe", "as @J. Doe said."},
        {"王明", "@王明你好"},
        {"O'Neil", "@O'Neil's pump"},
        {"Анна", "(@анна)"},
        {"Ann.", "@Ann."},
    };
    struct fixture *f = *state;
    int64_t member[MENTIONS_MAX];

    for (unsigned i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        int64_t id;

        if (CHANGE(f, JOIN, .peer = fixture_peer(i + 1),
                   .text = str_of(cases[i].name)) != OK &&
            i > 0)
            continue; /* the same name again */
        id = f->cj.out.member;
        assert_int_equal(mentioned(f, cases[i].text, member), 1);
        if (id != 0)
            assert_int_equal(member[0], id);
    }
}

static void
addresses_and_preformatted_text_mention_nobody(void **state)
{
    static const char *const texts[] = {
        "=> gemini://x/@Amina a link",
        "=>gemini://x/@Amina",
        "mail@Amina",
        "```\n@Amina\n```",
        "```\n@Amina",
        "@",
        "@ Amina",
        "@@",
        "@Aminata",
    };
    struct fixture *f = *state;
    int64_t member[MENTIONS_MAX];

    fixture_member(f, 1, "Amina");
    for (unsigned i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
        assert_int_equal(mentioned(f, texts[i], member), 0);
    assert_int_equal(mentioned(f, "=> gemini://x/ ask @Amina", member), 1);
    assert_int_equal(mentioned(f, "```\nx\n```\n@Amina @amina", member), 1);
}

static void
a_post_tells_twenty_people_and_no_more(void **state)
{
    struct fixture *f = *state;
    struct buf text;
    int64_t member[MENTIONS_MAX];
    char name[32];

    buf_init(&text, 4096);
    for (unsigned i = 0; i < 25; i++) {
        snprintf(name, sizeof(name), "Guest %02u", i);
        fixture_member(f, i + 1, name);
        buf_add(&text, STR("@"));
        buf_add(&text, str_of(name));
        buf_add(&text, STR("\n"));
    }
    buf_add_char(&text, '\0');
    assert_int_equal(mentioned(f, text.p, member), MENTIONS_MAX);
    buf_release(&text);
}

static void
a_further_device_is_told_of_for_a_week_and_can_not_be_cleared(void **state)
{
    struct fixture *f = *state;
    int64_t amina = fixture_member(f, 1, "Amina");
    struct str code;
    int64_t until;

    assert_int_equal(number(f, "SELECT count(*) FROM inbox"), 0);
    assert_int_equal(CHANGE(f, LINK_CODE, .member = amina), OK);
    assert_int_equal(
        link_code_get(f->db, amina, f->now, &f->mem, &code, &until), OK);
    assert_int_equal(CHANGE(f, LINK, .peer = fixture_peer(2), .text = code),
                     OK);
    assert_int_equal(number(f, "SELECT kind FROM inbox"), INBOX_DEVICE);
    assert_int_equal(CHANGE(f, INBOX_CLEAR, .member = amina, .thing = 1), OK);
    assert_int_equal(CHANGE(f, INBOX_DROP, .member = amina, .thing = 1), OK);
    assert_int_equal(number(f, "SELECT count(*) FROM inbox"), 1);
    f->now += DEVICE_NEWS_SECONDS;
    assert_int_equal(CHANGE(f, INBOX_CLEAR, .member = amina, .thing = 1), OK);
    assert_int_equal(number(f, "SELECT count(*) FROM inbox"), 0);
}

static void
nobody_clears_what_is_anothers(void **state)
{
    struct fixture *f = *state;
    int64_t amina = fixture_member(f, 1, "Amina");
    int64_t josef = fixture_member(f, 2, "Josef");
    struct notice n = {.kind = INBOX_NOTE, .member = amina, .other = josef};

    assert_int_equal(inbox_add(f->db, &n, f->now), OK);
    assert_int_equal(inbox_add(f->db, &n, f->now), OK);
    assert_int_equal(number(f, "SELECT count(*) FROM inbox"), 1);
    assert_int_equal(CHANGE(f, INBOX_DROP, .member = josef, .thing = 1), OK);
    assert_int_equal(CHANGE(f, INBOX_CLEAR, .member = josef, .thing = 9), OK);
    assert_int_equal(number(f, "SELECT count(*) FROM inbox"), 1);
}

/* A thread of Amina's with an answer by Josef, marked, and its reminder. */
static void
ask_and_answer(struct fixture *f, int64_t *amina, int64_t *josef)
{
    int64_t in;

    *amina = fixture_member(f, 1, "Amina");
    *josef = fixture_member(f, 2, "Josef");
    in = fixture_community(f, *amina, "Water");
    assert_int_equal(CHANGE(f, THREAD, .member = *amina, .community = in,
                            .value = KIND_QUESTION, .title = STR("Pump"),
                            .text = STR("Why?")),
                     OK);
    assert_int_equal(CHANGE(f, REPLY, .member = *josef, .thread = 1,
                            .text = STR("The float switch.")),
                     OK);
    assert_int_equal(db_run(f->db, "UPDATE post SET mark = 1 WHERE id = "
                                   "(1 << 20 | 2); DELETE FROM inbox"),
                     OK);
    assert_int_equal(due_add(f->db, &(struct due){.kind = DUE_WHAT_CAME,
                                                  .at = f->now + 21 * DAY,
                                                  .thread = 1,
                                                  .number = 2}),
                     OK);
}

static void
the_asker_is_asked_once_after_three_weeks_what_came_of_it(void **state)
{
    struct fixture *f = *state;
    int64_t amina, josef;

    ask_and_answer(f, &amina, &josef);
    f->now += 20 * DAY;
    assert_int_equal(CHANGE(f, TICK, .member = 0), OK);
    assert_int_equal(number(f, "SELECT count(*) FROM inbox"), 0);
    f->now += DAY;
    assert_int_equal(CHANGE(f, TICK, .member = 0), OK);
    assert_int_equal(number(f, "SELECT member FROM inbox WHERE kind = 7"),
                     amina);
    assert_int_equal(CHANGE(f, INBOX_CLEAR, .member = amina, .thing = 9), OK);
    f->now += 100 * DAY;
    assert_int_equal(CHANGE(f, TICK, .member = 0), OK);
    assert_int_equal(number(f, "SELECT count(*) FROM inbox"), 0);
}

static void
who_told_already_is_not_asked(void **state)
{
    struct fixture *f = *state;
    int64_t amina, josef;

    ask_and_answer(f, &amina, &josef);
    assert_int_equal(CHANGE(f, CAME, .member = amina, .thread = 1, .number = 2,
                            .value = CAME_WORKED, .text = STR("Dry.")),
                     OK);
    f->now += 21 * DAY;
    assert_int_equal(CHANGE(f, TICK, .member = 0), OK);
    assert_int_equal(number(f, "SELECT count(*) FROM inbox WHERE kind = 7"), 0);
    assert_int_equal(number(f, "SELECT member FROM inbox WHERE kind = 4"),
                     josef);
}

static void
who_never_wants_to_be_asked_is_not(void **state)
{
    struct fixture *f = *state;
    int64_t amina, josef;

    ask_and_answer(f, &amina, &josef);
    assert_int_equal(CHANGE(f, ASKED, .member = amina, .value = 0), OK);
    f->now += 21 * DAY;
    assert_int_equal(CHANGE(f, TICK, .member = 0), OK);
    assert_int_equal(number(f, "SELECT count(*) FROM inbox"), 0);
}

static void
nothing_is_thanked_or_told_from_outside_a_closed_community(void **state)
{
    struct fixture *f = *state;
    int64_t amina, josef, lena;

    ask_and_answer(f, &amina, &josef);
    lena = fixture_member(f, 3, "Lena");
    assert_int_equal(CHANGE(f, SET_OPENNESS, .member = amina, .community = 1,
                            .value = CLOSED),
                     OK);
    assert_int_equal(CHANGE(f, THANKS, .member = lena, .thread = 1, .number = 2,
                            .text = STR("x")),
                     E_NOT_FOUND);
    assert_int_equal(CHANGE(f, CAME, .member = lena, .thread = 1, .number = 2,
                            .text = STR("x")),
                     E_NOT_FOUND);
    assert_int_equal(CHANGE(f, THANKS, .member = amina, .thread = 1,
                            .number = 1, .text = STR("x")),
                     E_FORBIDDEN);
    assert_int_equal(CHANGE(f, THANKS, .member = amina, .thread = 1,
                            .number = 2, .text = STR(" ")),
                     E_EMPTY);
    assert_int_equal(CHANGE(f, THANKS, .member = amina, .thread = 1,
                            .number = 2, .text = STR(".")),
                     OK);
    assert_int_equal(
        CHANGE(f, THANKS_SHOW, .member = josef, .thing = 1, .value = 1), OK);
    assert_int_equal(number(f, "SELECT is_shown FROM thanks"), 0);
}

int
main(void)
{
#define IN_FORUM(test)                                                         \
    cmocka_unit_test_setup_teardown(test, fixture_setup, fixture_teardown)
    const struct CMUnitTest tests[] = {
        IN_FORUM(a_name_is_found_in_any_script_and_beside_any_sign),
        IN_FORUM(addresses_and_preformatted_text_mention_nobody),
        IN_FORUM(a_post_tells_twenty_people_and_no_more),
        IN_FORUM(a_further_device_is_told_of_for_a_week_and_can_not_be_cleared),
        IN_FORUM(nobody_clears_what_is_anothers),
        IN_FORUM(the_asker_is_asked_once_after_three_weeks_what_came_of_it),
        IN_FORUM(who_told_already_is_not_asked),
        IN_FORUM(who_never_wants_to_be_asked_is_not),
        IN_FORUM(nothing_is_thanked_or_told_from_outside_a_closed_community),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
