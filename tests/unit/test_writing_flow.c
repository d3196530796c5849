/* Writing as people do it: said at once, by upload, taken back, changed. */
#include "tests/unit/walk.h"

#include <stdio.h>
#include <string.h>

#define PUMPS "/i/c/pumps/"

/* Amina, who looks after the open community Pumps; and Josef. */
struct two {
    struct walk *amina, *josef;
};

static struct two
two_new(void **state)
{
    struct two t = {walk_join(state, 1, "Amina"), walk_join(state, 2, "Josef")};

    walk_open(t.amina, "/i/c/");
    walk_type(t.amina, "Start a community", "Keeping pumps working", "Pumps");
    assert_int_equal(t.amina->answer.status, 20);
    return t;
}

/* Thread 1, by Amina. */
static struct two
thread_new(void **state)
{
    struct two t = two_new(state);

    walk_open(t.amina, PUMPS);
    walk_type(t.amina, "Ask", "Pump trips after rain", "It stopped again.");
    assert_string_equal(t.amina->at, "/i/t/1");
    return t;
}

static void
a_question_is_a_title_and_then_its_text(void **state)
{
    struct two t = thread_new(state);

    assert_has(t.amina, "Pump trips after rain");
    assert_has(t.amina, "It stopped again.");
}

static void
a_single_dot_posts_a_title_alone(void **state)
{
    struct two t = two_new(state);

    walk_open(t.amina, PUMPS);
    walk_type(t.amina, "Write a note", "Meeting on Saturday", ".");
    assert_string_equal(t.amina->at, "/i/t/1");
    assert_has(t.amina, "Meeting on Saturday");
    assert_no(t.amina, "\n.\n");
}

static void
a_reply_leads_to_its_own_short_page(void **state)
{
    struct two t = thread_new(state);

    walk_open(t.josef, "/i/t/1");
    walk_type(t.josef, "Reply", "We found water in the switch.");
    assert_string_equal(t.josef->at, "/i/t/1/2");
    walk_open(t.josef, t.josef->said);
    assert_string_equal(t.josef->at, "/i/t/1/2");
}

static void
a_text_that_ends_in_plus_goes_on(void **state)
{
    struct two t = thread_new(state);

    walk_open(t.josef, "/i/t/1");
    walk_type(t.josef, "Reply", "First +", "second +", "third");
    assert_string_equal(t.josef->at, "/i/t/1/2");
    assert_has(t.josef, "First");
    assert_has(t.josef, "third");
    walk_open(t.josef, "/i/d/");
    assert_no(t.josef, "First");
}

static void
a_dot_ends_a_reply_that_went_on(void **state)
{
    struct two t = thread_new(state);

    walk_open(t.josef, "/i/t/1");
    walk_type(t.josef, "Reply", "That was all +", ".");
    assert_string_equal(t.josef->at, "/i/t/1/2");
    assert_has(t.josef, "That was all");
    assert_no(t.josef, "\n.\n");
}

static void
what_an_outsider_wrote_is_kept_until_they_join(void **state)
{
    struct two t = thread_new(state);
    const char *reply, *draft;

    walk_open(t.josef, "/i/t/1");
    reply = walk_link(t.josef, "Reply");
    assert_non_null(reply);
    walk_open(t.amina, "/i/c/pumps/desk/");
    walk_press(t.amina, "Join to write");
    walk_to(t.josef, reply, (const char *const[]){"I have a pump", NULL});
    assert_has(t.josef, "nothing is lost");
    draft = walk_link(t.josef, "Open the draft");
    walk_press(t.josef, "Join Pumps");
    walk_open(t.josef, draft);
    assert_has(t.josef, "I have a pump");
    walk_press(t.josef, "Publish it");
    assert_string_equal(t.josef->at, "/i/t/1/2");
}

static void
taking_back_leads_to_a_draft_with_the_text(void **state)
{
    struct two t = thread_new(state);

    walk_open(t.josef, "/i/t/1");
    walk_type(t.josef, "Reply", "Wrong thread, sorry");
    walk_press(t.josef, "Take it back");
    assert_non_null(strstr(t.josef->at, "/i/d/"));
    assert_has(t.josef, "Wrong thread, sorry");
    walk_open(t.amina, "/i/t/1/2");
    assert_no(t.amina, "Wrong thread");
}

static void
removing_asks_first_and_keeps_the_text_as_a_draft(void **state)
{
    struct two t = thread_new(state);

    walk_open(t.josef, "/i/t/1");
    walk_type(t.josef, "Reply", "Remove me later");
    walk_open(t.josef, "/i/t/1/2/remove");
    assert_has(t.josef, "Remove me later");
    walk_press(t.josef, "Yes, remove it");
    assert_has(t.josef, "Remove me later");
    assert_non_null(strstr(t.josef->at, "/i/d/"));
    walk_open(t.josef, "/i/t/1/2/remove");
    assert_string_equal(t.josef->at, "/i/t/1/2");
}

static void
an_edit_begins_with_the_present_text(void **state)
{
    struct two t = thread_new(state);

    walk_open(t.josef, "/i/t/1");
    walk_type(t.josef, "Reply", "Better wrods");
    walk_press(t.josef, "Edit");
    assert_string_equal(walk_above(t.josef, "Replace paragraph 1"),
                        "Better wrods");
    walk_type(t.josef, "Replace paragraph 1", "Better words");
    walk_press(t.josef, "Publish it");
    assert_string_equal(t.josef->at, "/i/t/1/2");
    assert_has(t.josef, "Better words");
}

static void
the_first_line_of_an_upload_is_the_title(void **state)
{
    struct two t = two_new(state);

    walk_open(t.amina, PUMPS);
    walk_upload(t.amina, "Upload", "# Spare parts\n\nWhere to get them.\n");
    assert_int_equal(t.amina->answer.status, 20);
    walk_open(t.amina, "/i/t/1");
    assert_has(t.amina, "# Spare parts");
    assert_has(t.amina, "Where to get them.");
    assert_no(t.amina, "## Spare parts");
}

static void
an_upload_with_too_long_a_title_becomes_a_draft(void **state)
{
    struct two t = two_new(state);
    char text[700];

    memset(text, 'x', sizeof(text) - 1);
    text[sizeof(text) - 1] = '\0';
    walk_open(t.amina, PUMPS);
    walk_upload(t.amina, "Upload", text);
    assert_has(t.amina, "nothing is lost");
    assert_has(t.amina, "no title yet");
    walk_press(t.amina, "Open the draft");
    assert_has(t.amina, text);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        WALK_TEST(a_question_is_a_title_and_then_its_text),
        WALK_TEST(a_single_dot_posts_a_title_alone),
        WALK_TEST(a_reply_leads_to_its_own_short_page),
        WALK_TEST(a_text_that_ends_in_plus_goes_on),
        WALK_TEST(a_dot_ends_a_reply_that_went_on),
        WALK_TEST(what_an_outsider_wrote_is_kept_until_they_join),
        WALK_TEST(taking_back_leads_to_a_draft_with_the_text),
        WALK_TEST(removing_asks_first_and_keeps_the_text_as_a_draft),
        WALK_TEST(an_edit_begins_with_the_present_text),
        WALK_TEST(the_first_line_of_an_upload_is_the_title),
        WALK_TEST(an_upload_with_too_long_a_title_becomes_a_draft),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
