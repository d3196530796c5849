/* A draft in parts: what its page shows, and what its links do. */
#include "tests/unit/walk.h"

#include <stdio.h>
#include <string.h>

/* Amina, with a note of the title "Spare parts" begun in Pumps: draft 2, for
 * the community's purpose was draft 1. */
static struct walk *
draft_new(void **state)
{
    struct walk *w = walk_join(state, 1, "Amina");

    walk_open(w, "/i/c/");
    walk_type(w, "Start a community", "Keeping pumps working", "Pumps");
    walk_open(w, "/i/c/pumps/");
    walk_type(w, "Write a note", "Spare parts");
    assert_int_equal(w->answer.status, 10);
    walk_open(w, "/i/d/");
    walk_press(w, "Spare parts");
    assert_int_equal(w->answer.status, 20);
    return w;
}

static struct walk *
parts_new(void **state)
{
    struct walk *w = draft_new(state);

    walk_type(w, "Add a paragraph", "One");
    walk_type(w, "Add a paragraph", "Two");
    walk_type(w, "Add a paragraph", "Three");
    return w;
}

static void
each_part_stands_directly_above_its_links(void **state)
{
    struct walk *w = parts_new(state);

    assert_string_equal(walk_above(w, "Replace paragraph 1"), "One");
    assert_string_equal(walk_above(w, "Replace paragraph 3"), "Three");
    assert_string_equal(walk_above(w, "Change the title"), "Spare parts");
    assert_string_equal(walk_above(w, "Put it elsewhere"), "Pumps");
    assert_null(walk_link(w, "Move up paragraph 1"));
}

static void
parts_are_moved_dropped_and_replaced(void **state)
{
    struct walk *w = parts_new(state);

    walk_press(w, "Move up paragraph 3");
    assert_string_equal(walk_above(w, "Replace paragraph 2"), "Three");
    walk_press(w, "Drop paragraph 3");
    assert_no(w, "Two");
    walk_type(w, "Replace paragraph 1", "Uno");
    assert_string_equal(walk_above(w, "Replace paragraph 1"), "Uno");
    assert_no(w, "One");
}

static void
a_link_of_before_a_change_asks_first(void **state)
{
    struct walk *w = parts_new(state);
    const char *drop = walk_link(w, "Drop paragraph 1");

    walk_open(w, drop);
    assert_no(w, "One");
    walk_open(w, drop);
    assert_has(w, "Did you mean");
    walk_open(w, "/i/d/");
    walk_press(w, "Spare parts");
    assert_has(w, "Two");
}

static void
title_and_kind_are_changed(void **state)
{
    struct walk *w = draft_new(state);

    walk_type(w, "Change the title", "Where are spare parts?");
    assert_string_equal(walk_above(w, "Change the title"),
                        "Where are spare parts?");
    walk_press(w, "Note or question");
    walk_press(w, "question");
    assert_string_equal(walk_above(w, "Note or question"), "question");
}

static void
a_draft_goes_to_another_community(void **state)
{
    struct walk *w = draft_new(state);
    const char *at = w->at;

    walk_open(w, "/i/c/");
    walk_type(w, "Start a community", "Growing trees", "Trees");
    walk_open(w, at);
    walk_press(w, "Put it elsewhere");
    walk_press(w, "Trees");
    assert_string_equal(walk_above(w, "Put it elsewhere"), "Trees");
}

static void
publishing_leads_to_the_thread_and_the_draft_there(void **state)
{
    struct walk *w = parts_new(state);
    const char *at = w->at;

    walk_press(w, "Publish it");
    assert_string_equal(w->at, "/i/t/1");
    assert_has(w, "Three");
    walk_open(w, at);
    assert_string_equal(w->at, "/i/t/1/1");
    walk_open(w, "/i/d/");
    assert_no(w, "Spare parts");
}

static void
a_repeat_of_publishing_leads_to_the_post(void **state)
{
    struct walk *w = parts_new(state);
    const char *go = walk_link(w, "Publish it");

    walk_open(w, go);
    walk_open(w, go);
    assert_string_equal(w->at, "/i/t/1/1");
}

static void
a_repeat_of_the_last_words_leads_to_the_post(void **state)
{
    struct walk *w = parts_new(state);
    const char *said;

    walk_type(w, "Add a paragraph and publish", "That is all");
    assert_string_equal(w->at, "/i/t/1");
    said = w->said;
    walk_open(w, said);
    assert_string_equal(w->at, "/i/t/1");
    walk_open(w, "/i/d/");
    assert_has(w, "You have no drafts");
}

static void
words_for_a_draft_that_went_wait_in_another(void **state)
{
    struct walk *w = parts_new(state);
    const char *add = walk_link(w, "Add a paragraph");

    walk_press(w, "Publish it");
    walk_to(w, add, (const char *const[]){"One thing more", NULL});
    assert_has(w, "Did you mean");
    walk_press(w, "Yes");
    walk_to(w, w->at, (const char *const[]){"One thing more", NULL});
    assert_has(w, "nothing is lost");
    walk_open(w, "/i/d/");
    walk_press(w, "Spare parts");
    assert_has(w, "One thing more");
}

static void
deleting_asks_first(void **state)
{
    struct walk *w = parts_new(state);

    walk_press(w, "Delete this draft");
    assert_has(w, "Three");
    walk_press(w, "No, keep it");
    assert_has(w, "Three");
    walk_press(w, "Delete this draft");
    walk_press(w, "Yes, delete it");
    assert_string_equal(w->at, "/i/d/");
    assert_no(w, "Spare parts");
}

static void
an_upload_replaces_the_whole_text(void **state)
{
    struct walk *w = parts_new(state);

    walk_upload(w, "Replace the whole text", "Uno\n\nDue\n");
    assert_string_equal(walk_above(w, "Replace paragraph 2"), "Due");
    assert_no(w, "Three");
}

static void
an_edit_by_titan_begins_with_the_bare_text(void **state)
{
    struct walk *w = parts_new(state);

    walk_press(w, "Edit the whole text");
    assert_int_equal(w->answer.status, 20);
    assert_string_equal(w->answer.meta.p, "text/gemini");
    assert_string_equal(w->answer.body.p, "One\n\nTwo\n\nThree");
}

static void
a_long_draft_shows_the_head_of_each_part(void **state)
{
    struct walk *w = draft_new(state);
    char text[20000];

    memset(text, 'x', sizeof(text) - 1);
    text[sizeof(text) - 1] = '\0';
    walk_upload(w, "Replace the whole text", text);
    assert_true(w->answer.body.n < 4096);
    assert_has(w, "only the beginning");
}

static void
a_draft_is_its_authors_alone(void **state)
{
    struct walk *w = parts_new(state), *other = walk_join(state, 2, "Josef");

    walk_open(other, w->at);
    assert_int_equal(other->answer.status, 51);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        WALK_TEST(each_part_stands_directly_above_its_links),
        WALK_TEST(parts_are_moved_dropped_and_replaced),
        WALK_TEST(a_link_of_before_a_change_asks_first),
        WALK_TEST(title_and_kind_are_changed),
        WALK_TEST(a_draft_goes_to_another_community),
        WALK_TEST(publishing_leads_to_the_thread_and_the_draft_there),
        WALK_TEST(a_repeat_of_publishing_leads_to_the_post),
        WALK_TEST(a_repeat_of_the_last_words_leads_to_the_post),
        WALK_TEST(words_for_a_draft_that_went_wait_in_another),
        WALK_TEST(deleting_asks_first),
        WALK_TEST(an_upload_replaces_the_whole_text),
        WALK_TEST(an_edit_by_titan_begins_with_the_bare_text),
        WALK_TEST(a_long_draft_shows_the_head_of_each_part),
        WALK_TEST(a_draft_is_its_authors_alone),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
