/* Single posts: what their authors and others are offered, what they said
 * before, and what is left of those that were taken away. */
#include "tests/unit/walk.h"

#include <stdlib.h>
#include <string.h>

/* Amina looks after Pumps, where she opened thread 1; Josef is a member. */
struct two {
    struct walk *amina, *josef;
};

static struct two
two_new(void **state)
{
    struct two t = {walk_join(state, 1, "Amina"), walk_join(state, 2, "Josef")};

    walk_open(t.amina, "/i/c/");
    walk_type(t.amina, "Start a community", "Keeping pumps working", "Pumps");
    walk_open(t.amina, "/i/c/pumps/");
    walk_type(t.amina, "Ask", "Pump trips after rain", "It stopped again.");
    assert_int_equal(t.amina->answer.status, 20);
    return t;
}

/* A text of n bytes made of a piece; the caller frees. */
static char *
text_of(const char *piece, size_t n)
{
    size_t length = strlen(piece);
    char *text = calloc(1, n + 1);

    assert_non_null(text);
    for (size_t i = 0; i < n; i++)
        text[i] = piece[i % length];
    return text;
}

static void
reply_long(struct walk *w, const char *piece, size_t n)
{
    char *text = text_of(piece, n);

    walk_open(w, "/i/t/1");
    walk_upload(w, "Upload a reply", text);
    assert_int_equal(w->answer.status, 20);
    free(text);
}

static void
guests_get_no_link_that_acts(void **state)
{
    struct two t = two_new(state);
    struct walk *guest = walk_new(state, 0);

    reply_long(t.josef, "Yes. ", 50);
    walk_open(guest, "/t/1");
    assert_has(guest, "=> /i/t/1 Come inside to write");
    assert_no(guest, "Reply");
    assert_no(guest, "titan://");
    walk_open(guest, "/i/t/1");
    assert_int_equal(guest->answer.status, 20);
    assert_no(guest, "Reply");
}

static void
only_the_author_is_offered_to_edit(void **state)
{
    struct two t = two_new(state);

    walk_open(t.amina, "/i/t/1");
    assert_non_null(walk_link(t.amina, "Edit"));
    assert_non_null(walk_link(t.amina, "Take it back"));
    assert_non_null(walk_link(t.amina, "Remove"));
    walk_open(t.josef, "/i/t/1");
    assert_null(walk_link(t.josef, "Edit"));
    assert_null(walk_link(t.josef, "Take it back"));
    assert_null(walk_link(t.josef, "Remove"));
    assert_non_null(walk_link(t.josef, "Reply to (1)"));
    walk_open(t.amina, "/t/1");
    assert_null(walk_link(t.amina, "Edit"));
}

static void
an_edited_post_leads_to_what_it_said_before(void **state)
{
    struct two t = two_new(state);

    walk_open(t.amina, "/i/t/1");
    walk_upload(t.amina, "Edit all of it", "It stopped for good.");
    walk_open(t.josef, "/i/t/1");
    assert_has(t.josef, "It stopped for good.");
    assert_no(t.josef, "It stopped again.");
    walk_press(t.josef, "edited ");
    assert_has(t.josef, "It stopped again.");
    assert_null(walk_link(t.josef, "Remove this"));
    walk_open(t.amina, t.josef->at);
    walk_press(t.amina, "Remove this");
    assert_int_equal(t.amina->answer.status, 20);
    assert_no(t.amina, "It stopped again.");
}

static void
a_post_quotes_what_it_answers_and_leads_on(void **state)
{
    struct two t = two_new(state);

    walk_open(t.josef, "/i/t/1");
    walk_type(t.josef, "Reply to (1)", "Look at the switch.");
    assert_string_equal(t.josef->at, "/i/t/1/2");
    assert_has(t.josef, "# Pump trips after rain (2)\n");
    assert_has(t.josef, "> It stopped again.\n");
    assert_null(walk_link(t.josef, "Next post"));
    walk_press(t.josef, "Previous post");
    assert_string_equal(t.josef->at, "/i/t/1/1");
    assert_string_equal(walk_link(t.josef, "Next post"), "/i/t/1/2");
    walk_open(t.josef, "/i/t/1");
    assert_has(t.josef, "=> /i/t/1/1 answers (1)\n");
}

static void
a_post_taken_back_leaves_its_number_and_a_marker(void **state)
{
    struct two t = two_new(state);

    reply_long(t.josef, "Wrong. ", 50);
    walk_open(t.josef, "/i/t/1/2");
    walk_press(t.josef, "Take it back");
    walk_open(t.amina, "/i/t/1");
    assert_has(t.amina, " (2)\nTaken back by its author.\n");
    assert_no(t.amina, "Wrong.");
    assert_null(walk_link(t.amina, "Reply to (2)"));
}

static void
a_withdrawn_thread_shows_no_title(void **state)
{
    struct two t = two_new(state);

    reply_long(t.josef, "Yes. ", 50);
    walk_open(t.amina, "/i/t/1/1");
    walk_press(t.amina, "Take it back");
    walk_open(t.josef, "/t/1");
    assert_int_equal(t.josef->answer.status, 20);
    assert_no(t.josef, "Pump trips after rain");
    assert_has(t.josef, "Taken back by its author.");
    walk_open(t.josef, "/t/1/txt");
    assert_no(t.josef, "Pump trips after rain");
    walk_open(t.josef, "/c/pumps/since/0");
    assert_no(t.josef, "Pump trips after rain");
    walk_open(t.josef, "/c/pumps/");
    assert_no(t.josef, "Pump trips after rain");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        WALK_TEST(guests_get_no_link_that_acts),
        WALK_TEST(only_the_author_is_offered_to_edit),
        WALK_TEST(an_edited_post_leads_to_what_it_said_before),
        WALK_TEST(a_post_quotes_what_it_answers_and_leads_on),
        WALK_TEST(a_post_taken_back_leaves_its_number_and_a_marker),
        WALK_TEST(a_withdrawn_thread_shows_no_title),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
