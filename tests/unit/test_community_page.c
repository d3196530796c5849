/* Communities as people find them: directory, front page, what is new, and
 * how one starts, joins and leaves. */
#include "tests/unit/walk.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"

#define SLICE_MAX 16384
#define MENU_MAX 4096
#define PUMPS "/i/c/pumps/"
#define DESK "/i/c/pumps/desk/"

static void
start(struct walk *w, const char *purpose, const char *name)
{
    walk_open(w, "/i/c/");
    walk_type(w, "Start a community", purpose, name);
    assert_int_equal(w->answer.status, 20);
}

/* Amina looks after Pumps; Josef is a member. */
struct two {
    struct walk *amina, *josef;
};

static struct two
two_new(void **state)
{
    struct two t = {walk_join(state, 1, "Amina"), walk_join(state, 2, "Josef")};

    start(t.amina, "Keeping pumps working", "Pumps");
    return t;
}

static void
note(struct walk *w, const char *title, const char *text)
{
    walk_open(w, PUMPS);
    walk_type(w, "Write a note", title, text);
    assert_int_equal(w->answer.status, 20);
}

static void
two_prompts_start_a_community(void **state)
{
    struct two t = two_new(state);

    assert_string_equal(t.amina->at, PUMPS);
    assert_has(t.amina, "# Pumps\n");
    assert_has(t.amina, "\nKeeping pumps working\n");
    assert_has(t.amina, "Looked after by Amina");
    assert_non_null(walk_link(t.amina, "The steward's desk"));
    assert_true(t.amina->answer.body.n <= MENU_MAX);
}

static void
the_directory_is_alphabetical_and_counts_nothing(void **state)
{
    struct two t = two_new(state);
    const char *bees, *pumps;

    start(t.josef, "Keeping bees", "bees");
    walk_open(t.josef, "/c/");
    bees = strstr(t.josef->answer.body.p, "=> /c/bees/ bees");
    pumps = strstr(t.josef->answer.body.p, "=> /c/pumps/ Pumps");
    assert_non_null(bees);
    assert_non_null(pumps);
    assert_true(bees < pumps);
    for (const char *p = t.josef->answer.body.p; *p; p++)
        assert_false(isdigit((unsigned char)*p));
    assert_null(walk_link(t.josef, "Start a community"));
}

static void
the_directory_goes_on_behind_its_last_name(void **state)
{
    struct two t = two_new(state);
    char name[24];
    int seen = 0;

    for (int i = 0; i < 45; i++) {
        (void)snprintf(name, sizeof(name), "Garden %c%c", 'a' + i / 26,
                       'a' + i % 26);
        start(t.josef, "Growing things", name);
    }
    walk_open(t.josef, "/c/");
    for (;;) {
        for (const char *p = t.josef->answer.body.p; (p = strstr(p, "=> /c/"));
             p++)
            seen += p[6] == 'g' || p[6] == 'p';
        if (!walk_link(t.josef, "Further on"))
            break;
        assert_true(t.josef->answer.body.n <= SLICE_MAX);
        walk_press(t.josef, "Further on");
    }
    assert_int_equal(seen, 46);
}

static void
no_community_is_resting_on_its_first_day(void **state)
{
    struct two t = two_new(state);

    walk_open(t.josef, "/c-resting/");
    assert_has(t.josef, "There is none here yet.");
    assert_no(t.josef, "Pumps");
}

static void
a_community_rests_after_three_months_and_wakes_by_a_post(void **state)
{
    struct two t = two_new(state);

    clock_shift(91 * DAY);
    walk_open(t.josef, "/c/");
    assert_no(t.josef, "Pumps");
    walk_press(t.josef, "Communities that are resting");
    assert_has(t.josef, "=> /c/pumps/ Pumps");
    note(t.amina, "Rain", "It rained.");
    walk_open(t.josef, "/c/");
    assert_has(t.josef, "=> /c/pumps/ Pumps");
    clock_shift(0);
}

static void
long_titles_leave_the_front_page_a_short_menu(void **state)
{
    struct two t = two_new(state);
    char title[300];

    for (int i = 0; i < 20; i++) {
        (void)snprintf(title, sizeof(title), "%02d %0*d", i, 290, i);
        note(t.amina, title, "It went on as before.");
    }
    walk_open(t.amina, PUMPS);
    assert_true(t.amina->answer.body.n <= MENU_MAX);
    assert_non_null(walk_link(t.amina, "Older threads"));
}

static void
a_front_page_is_a_short_menu_that_leads_further(void **state)
{
    struct two t = two_new(state);
    char title[200];
    int seen = 0;

    for (int i = 0; i < 30; i++) {
        (void)snprintf(title, sizeof(title), "What happened on day %02d", i);
        note(t.amina, title, "It went on as before.");
    }
    walk_open(t.josef, PUMPS);
    assert_true(t.josef->answer.body.n <= MENU_MAX);
    for (;;) {
        for (const char *p = t.josef->answer.body.p; (p = strstr(p, "on day "));
             p++)
            seen++;
        if (!walk_link(t.josef, "Older threads"))
            break;
        walk_press(t.josef, "Older threads");
    }
    assert_int_equal(seen, 30);
}

static void
a_guest_is_led_inside_to_write(void **state)
{
    struct two t = two_new(state);
    struct walk *guest = walk_new(state, 0);

    (void)t;
    walk_open(guest, "/c/pumps/");
    assert_has(guest, "=> /i/c/pumps/ Come inside to write\n");
    assert_null(walk_link(guest, "Ask"));
    assert_null(walk_link(guest, "Join"));
    assert_null(walk_link(guest, "Leave"));
}

static void
joining_and_leaving_lead_back_to_the_community(void **state)
{
    struct two t = two_new(state);

    walk_open(t.josef, PUMPS);
    walk_press(t.josef, "Join this community");
    assert_string_equal(t.josef->at, PUMPS);
    assert_null(walk_link(t.josef, "Join this community"));
    walk_press(t.josef, "Leave this community");
    assert_string_equal(t.josef->at, PUMPS);
    assert_non_null(walk_link(t.josef, "Join this community"));
}

static void
leaving_a_closed_community_leads_to_the_directory(void **state)
{
    struct two t = two_new(state);

    walk_open(t.josef, PUMPS);
    walk_press(t.josef, "Join this community");
    walk_open(t.amina, DESK);
    walk_press(t.amina, "Close it");
    walk_open(t.josef, PUMPS);
    walk_press(t.josef, "Leave this community");
    assert_int_equal(t.josef->answer.status, 20);
    assert_has(t.josef, "# Communities\n");
    assert_no(t.josef, "Pumps");
}

static void
those_who_have_not_joined_are_asked_to_before_they_write(void **state)
{
    struct two t = two_new(state);

    walk_open(t.amina, DESK);
    walk_press(t.amina, "Join to write");
    note(t.amina, "Rain", "It rained.");
    walk_open(t.josef, PUMPS);
    assert_null(walk_link(t.josef, "Ask"));
    walk_open(t.josef, "/i/t/1");
    assert_null(walk_link(t.josef, "Reply"));
    walk_press(t.josef, "Join to write here");
    walk_open(t.josef, "/i/t/1");
    assert_non_null(walk_link(t.josef, "Reply"));
}

static void
nothing_new_is_the_same_page_to_the_byte(void **state)
{
    struct two t = two_new(state);
    char before[4096];

    note(t.amina, "Rain", "It rained.");
    walk_open(t.josef, "/c/pumps/");
    walk_press(t.josef, "All that is new");
    assert_has(t.josef, "Nothing is new.");
    (void)snprintf(before, sizeof(before), "%s", t.josef->answer.body.p);
    note(t.amina, "Sun", "It shone.");
    walk_open(t.josef, t.josef->at);
    assert_has(t.josef, "It shone.");
    assert_no(t.josef, "It rained.");
    walk_press(t.josef, "Next time, from here");
    assert_has(t.josef, "Nothing is new.");
    (void)snprintf(before, sizeof(before), "%s", t.josef->answer.body.p);
    walk_open(t.josef, t.josef->at);
    assert_string_equal(t.josef->answer.body.p, before);
}

static void
the_last_line_of_what_is_new_is_the_link_to_keep(void **state)
{
    struct two t = two_new(state);

    note(t.amina, "Rain", "It rained.");
    walk_open(t.josef, "/c/pumps/since/0");
    assert_has(t.josef, "\n## Rain\n");
    assert_has(t.josef, "\n=> /t/1/1 Amina, ");
    assert_has(t.josef, "\n=> /c/pumps/since/1 Next time, from here: "
                        "/c/pumps/since/1\n");
    assert_string_equal(strrchr(t.josef->answer.body.p, '=') + 3,
                        "/c/pumps/since/1 Next time, from here: "
                        "/c/pumps/since/1\n");
}

static void
a_number_still_to_come_leads_back_to_the_newest(void **state)
{
    struct two t = two_new(state);

    note(t.amina, "Rain", "It rained.");
    walk_open(t.josef, "/c/pumps/since/999");
    assert_has(t.josef, "Nothing is new.");
    assert_string_equal(walk_link(t.josef, "Next time, from here"),
                        "/c/pumps/since/1");
}

static void
what_is_new_comes_in_slices_and_every_post_once(void **state)
{
    struct two t = two_new(state);
    char text[700], title[20];
    int seen = 0, slices = 1;

    for (int i = 0; i < 40; i++) {
        memset(text, 'x', sizeof(text) - 1);
        text[sizeof(text) - 1] = '\0';
        (void)snprintf(title, sizeof(title), "Day %02d", i);
        note(t.amina, title, text);
    }
    walk_open(t.josef, "/c/pumps/since/0");
    for (;; slices++) {
        assert_true(t.josef->answer.body.n <= SLICE_MAX);
        for (const char *p = t.josef->answer.body.p;
             (p = strstr(p, "\n## Day")); p++)
            seen++;
        if (!answer_has(&t.josef->answer, "There is more."))
            break;
        walk_press(t.josef, "Next time, from here");
    }
    assert_int_equal(seen, 40);
    assert_true(slices > 1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        WALK_TEST(two_prompts_start_a_community),
        WALK_TEST(the_directory_is_alphabetical_and_counts_nothing),
        WALK_TEST(the_directory_goes_on_behind_its_last_name),
        WALK_TEST(no_community_is_resting_on_its_first_day),
        WALK_TEST(a_community_rests_after_three_months_and_wakes_by_a_post),
        WALK_TEST(long_titles_leave_the_front_page_a_short_menu),
        WALK_TEST(a_front_page_is_a_short_menu_that_leads_further),
        WALK_TEST(a_guest_is_led_inside_to_write),
        WALK_TEST(joining_and_leaving_lead_back_to_the_community),
        WALK_TEST(leaving_a_closed_community_leads_to_the_directory),
        WALK_TEST(those_who_have_not_joined_are_asked_to_before_they_write),
        WALK_TEST(nothing_new_is_the_same_page_to_the_byte),
        WALK_TEST(the_last_line_of_what_is_new_is_the_link_to_keep),
        WALK_TEST(a_number_still_to_come_leads_back_to_the_newest),
        WALK_TEST(what_is_new_comes_in_slices_and_every_post_once),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
