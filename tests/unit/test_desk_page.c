/* The steward's desk, what it changes, and the page of a member. */
#include "tests/unit/walk.h"

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
the_desk_is_for_stewards_alone(void **state)
{
    struct two t = two_new(state);

    walk_open(t.josef, DESK);
    assert_int_equal(t.josef->answer.status, 20);
    assert_no(t.josef, "Change the name");
    walk_open(t.amina, DESK);
    assert_non_null(walk_link(t.amina, "Change the name"));
    assert_true(t.amina->answer.body.n <= MENU_MAX);
}

static void
the_desk_shows_each_value_above_the_link_that_changes_it(void **state)
{
    struct two t = two_new(state);

    walk_open(t.amina, DESK);
    assert_string_equal(walk_above(t.amina, "Change the name"), "Pumps");
    assert_string_equal(walk_above(t.amina, "Change the purpose"),
                        "Keeping pumps working");
    walk_type(t.amina, "Change the purpose", "Water for all");
    assert_string_equal(t.amina->at, DESK);
    assert_string_equal(walk_above(t.amina, "Change the purpose"),
                        "Water for all");
    walk_type(t.amina, "Change the name", "Water");
    assert_has(t.amina, "# Water: the steward's desk\n");
    walk_open(t.josef, "/c/pumps/log");
    assert_has(t.josef, "Amina");
    assert_has(t.josef, "Water for all");
}

static void
rules_are_written_as_a_draft_and_shown_contained(void **state)
{
    struct two t = two_new(state);

    walk_open(t.josef, "/c/pumps/rules");
    assert_has(t.josef, "Nothing was written here yet.");
    walk_open(t.josef, "/c/pumps/");
    assert_null(walk_link(t.josef, "Rules"));
    walk_open(t.amina, DESK);
    walk_press(t.amina, "Write the rules");
    walk_upload(t.amina, "Replace the whole",
                "# Be kind\n\nSay what you tried.");
    walk_press(t.amina, "Publish");
    walk_open(t.josef, "/c/pumps/");
    walk_press(t.josef, "Rules");
    assert_has(t.josef, "\n### Be kind\n");
    assert_has(t.josef, "Say what you tried.");
}

static void
a_steward_can_be_added_and_step_down(void **state)
{
    struct two t = two_new(state);

    walk_open(t.amina, DESK);
    assert_null(walk_link(t.amina, "Step down"));
    walk_type(t.amina, "Add a steward", "Josef");
    assert_int_equal(t.amina->answer.status, 10); /* has not joined yet */
    walk_open(t.josef, PUMPS);
    walk_press(t.josef, "Join this community");
    walk_open(t.amina, DESK);
    walk_type(t.amina, "Add a steward", "Josef");
    assert_has(t.amina, "\n* Josef\n");
    walk_press(t.amina, "Step down");
    assert_string_equal(t.amina->at, PUMPS);
    assert_has(t.amina, "Looked after by Josef\n");
    assert_null(walk_link(t.amina, "The steward's desk"));
}

static void
an_invitation_opens_a_closed_community(void **state)
{
    struct two t = two_new(state);
    struct walk *guest = walk_new(state, 0);
    const char *to;

    walk_open(t.amina, DESK);
    walk_press(t.amina, "Close it");
    walk_press(t.amina, "Make a new invitation");
    to = walk_link(t.amina, "The invitation");
    assert_non_null(to);
    assert_string_equal(walk_above(t.amina, "The invitation"), to);
    walk_open(guest, to);
    assert_int_equal(guest->answer.status, 20);
    assert_has(guest, "# Come to Pumps\n");
    assert_null(walk_link(guest, "Join Pumps"));
    walk_open(t.josef, to);
    walk_press(t.josef, "Join Pumps");
    assert_string_equal(t.josef->at, PUMPS);
    assert_has(t.josef, "# Pumps\n");
    walk_open(t.josef, "/i/come/wrong");
    assert_int_equal(t.josef->answer.status, 51);
}

static void
a_new_invitation_ends_the_one_before(void **state)
{
    struct two t = two_new(state);
    const char *to;

    walk_open(t.amina, DESK);
    walk_press(t.amina, "Make a new invitation");
    to = walk_link(t.amina, "The invitation");
    walk_press(t.amina, "Make a new invitation");
    assert_string_not_equal(walk_link(t.amina, "The invitation"), to);
    walk_open(t.josef, to);
    assert_int_equal(t.josef->answer.status, 51);
}

static void
the_log_tells_openness_in_words(void **state)
{
    struct two t = two_new(state);

    walk_open(t.amina, DESK);
    walk_press(t.amina, "Join to write");
    walk_open(t.josef, "/c/pumps/log");
    assert_has(t.josef, "who can read and write: join to write\n");
}

static void
a_member_is_found_by_a_name_they_had(void **state)
{
    struct two t = two_new(state);

    walk_open(t.josef, "/u/amina");
    assert_has(t.josef, "# Amina\n");
    assert_no(t.josef, "called before");
    assert_no(t.josef, "Pumps");
    walk_open(t.amina, "/i/me/");
    walk_type(t.amina, "Change your name", "Amina K");
    walk_open(t.josef, "/u/Amina");
    assert_has(t.josef, "# Amina K\n");
    assert_has(t.josef, "called before: Amina\n");
    walk_open(t.josef, "/u/Nobody");
    assert_int_equal(t.josef->answer.status, 51);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        WALK_TEST(the_desk_is_for_stewards_alone),
        WALK_TEST(the_desk_shows_each_value_above_the_link_that_changes_it),
        WALK_TEST(rules_are_written_as_a_draft_and_shown_contained),
        WALK_TEST(a_steward_can_be_added_and_step_down),
        WALK_TEST(an_invitation_opens_a_closed_community),
        WALK_TEST(a_new_invitation_ends_the_one_before),
        WALK_TEST(the_log_tells_openness_in_words),
        WALK_TEST(a_member_is_found_by_a_name_they_had),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
