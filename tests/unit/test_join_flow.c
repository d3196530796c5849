/* How people come inside, add devices, come back, and look after themselves. */
#include "tests/unit/walk.h"

#include <stdio.h>
#include <string.h>

/* The six words that the page shows as a heading; the caller frees nothing. */
static const char *
words_shown(const struct walk *w, char out[100])
{
    const char *p = w->answer.body.p;

    while ((p = strstr(p, "\n## "))) {
        size_t n = strcspn(p + 4, "\n"), blanks = 0;

        for (size_t i = 0; i < n; i++)
            blanks += p[4 + i] == ' ';
        if (blanks == 5) {
            (void)snprintf(out, 100, "%.*s", (int)n, p + 4);
            return out;
        }
        p += 4;
    }
    fail_msg("no six words on %s:\n%s", w->at, w->answer.body.p);
    return NULL;
}

static void
joining_says_what_is_stored_and_shows_six_words(void **state)
{
    struct walk *w = walk_new(state, 1);
    char words[100];

    walk_open(w, "/i/join");
    assert_has(w, "What is stored");
    walk_type(w, "Choose a name", "Amina");
    assert_has(w, "Welcome, Amina");
    (void)words_shown(w, words);
    walk_open(w, "/i/");
    assert_has(w, "Inside as Amina");
}

static void
joining_again_by_a_reload_shows_no_words(void **state)
{
    struct walk *w = walk_join(state, 1, "Amina");
    char words[100];

    (void)words_shown(w, words);
    walk_open(w, w->said);
    assert_int_equal(w->answer.status, 20);
    assert_has(w, "inside already");
    assert_no(w, words);
    assert_non_null(walk_link(w, "New recovery words"));
}

static void
a_taken_name_is_asked_again_with_the_reason(void **state)
{
    struct walk *other;

    (void)walk_join(state, 1, "Amina");
    other = walk_new(state, 2);
    walk_open(other, "/i/join");
    walk_type(other, "Choose a name", "AMINA");
    assert_int_equal(other->answer.status, 10);
    assert_non_null(strstr(other->at, "/taken"));
}

/* The code as the page shows it, "abcd-efgh". */
static const char *
code_shown(const struct walk *w, char out[16])
{
    const char *p = strstr(w->answer.body.p, "\n## ");

    assert_non_null(p);
    (void)snprintf(out, 16, "%.9s", p + 4);
    assert_int_equal(out[4], '-');
    return out;
}

static void
a_code_makes_another_device_the_same_member(void **state)
{
    struct walk *phone = walk_join(state, 1, "Amina");
    struct walk *laptop = walk_new(state, 2);
    char code[16];

    walk_open(phone, "/i/me/");
    walk_press(phone, "Add a device");
    walk_open(laptop, "/i/link");
    walk_type(laptop, "Type the code", code_shown(phone, code));
    assert_has(laptop, "This device is added");
    walk_open(laptop, laptop->said);
    assert_has(laptop, "This device is added");
    walk_open(laptop, "/i/");
    assert_has(laptop, "Inside as Amina");
    walk_open(phone, "/i/me/code");
    assert_no(phone, code);
    walk_open(phone, "/i/me/certs");
    assert_non_null(walk_link(phone, "Retire it"));
}

static void
a_reload_of_the_code_page_keeps_the_code(void **state)
{
    struct walk *w = walk_join(state, 1, "Amina");
    char code[16];

    walk_open(w, "/i/me/");
    walk_press(w, "Add a device");
    (void)code_shown(w, code);
    walk_open(w, w->at);
    assert_has(w, code);
}

static void
a_wrong_code_is_asked_again(void **state)
{
    struct walk *w = walk_new(state, 1);

    walk_open(w, "/i/link");
    walk_type(w, "Type the code", "abcd-efgh");
    assert_int_equal(w->answer.status, 10);
    assert_non_null(strstr(w->at, "/wrong"));
}

static void
the_words_bring_a_member_back_once(void **state)
{
    struct walk *lost = walk_join(state, 1, "Amina");
    struct walk *fresh = walk_new(state, 2), *thief = walk_new(state, 3);
    char words[100], next[100];

    (void)words_shown(lost, words);
    walk_open(fresh, "/i/back");
    walk_type(fresh, "Type your name", "amina", words);
    assert_has(fresh, "Welcome back, Amina");
    assert_string_not_equal(words_shown(fresh, next), words);
    walk_open(thief, "/i/back");
    walk_type(thief, "Type your name", "amina", words);
    assert_int_equal(thief->answer.status, 11);
    assert_non_null(strstr(thief->at, "/wrong"));
}

static void
five_wrong_words_end_the_tries_of_the_day(void **state)
{
    struct walk *w;

    (void)walk_join(state, 1, "Amina");
    w = walk_new(state, 2);
    walk_open(w, "/i/back");
    walk_type(w, "Type your name", "Amina", "one", "two", "three", "four",
              "five", "six");
    assert_int_equal(w->answer.status, 20);
    assert_has(w, "Too many wrong words");
    assert_has(w, "24 hours");
}

static void
an_unknown_name_is_asked_again(void **state)
{
    struct walk *w = walk_new(state, 1);

    walk_open(w, "/i/back");
    walk_type(w, "Type your name", "Nobody");
    assert_int_equal(w->answer.status, 10);
}

static void
the_only_certificate_says_why_it_stays(void **state)
{
    struct walk *w = walk_join(state, 1, "Amina");

    walk_open(w, "/i/me/certs");
    assert_has(w, "only certificate");
    assert_null(walk_link(w, "Retire it"));
    walk_open(w, "/i/me/certs/1/retire");
    assert_has(w, "only certificate");
    assert_null(walk_link(w, "Yes"));
}

static void
a_certificate_is_named_and_retired(void **state)
{
    struct walk *phone = walk_join(state, 1, "Amina");
    struct walk *laptop = walk_new(state, 2);
    char code[16];

    walk_open(phone, "/i/me/certs");
    walk_type(phone, "Name it", "Phone");
    assert_string_equal(walk_above(phone, "Name it"), "Phone");
    walk_press(phone, "Show a code");
    walk_open(laptop, "/i/link");
    walk_type(laptop, "Type the code", code_shown(phone, code));
    walk_open(phone, "/i/me/certs/2/retire");
    walk_press(phone, "Yes");
    assert_string_equal(phone->at, "/i/me/certs");
    assert_has(phone, "## Retired");
    walk_open(laptop, "/i/me/");
    assert_no(laptop, "About you");
}

static void
values_stand_directly_above_their_links(void **state)
{
    struct walk *w = walk_join(state, 1, "Amina");

    walk_open(w, "/i/me/");
    assert_string_equal(walk_above(w, "Change your name"), "Amina");
    walk_type(w, "Change what you say", "I mend pumps.");
    assert_string_equal(walk_above(w, "Change what you say"), "I mend pumps.");
    walk_type(w, "Change what you say", ".");
    assert_no(w, "I mend pumps.");
}

static void
new_words_replace_the_old_ones(void **state)
{
    struct walk *w = walk_join(state, 1, "Amina");
    char old[100], fresh[100];

    (void)words_shown(w, old);
    walk_open(w, "/i/me/");
    walk_press(w, "Recovery words");
    walk_press(w, "Make six new words");
    assert_string_not_equal(words_shown(w, fresh), old);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        WALK_TEST(joining_says_what_is_stored_and_shows_six_words),
        WALK_TEST(joining_again_by_a_reload_shows_no_words),
        WALK_TEST(a_taken_name_is_asked_again_with_the_reason),
        WALK_TEST(a_code_makes_another_device_the_same_member),
        WALK_TEST(a_reload_of_the_code_page_keeps_the_code),
        WALK_TEST(a_wrong_code_is_asked_again),
        WALK_TEST(the_words_bring_a_member_back_once),
        WALK_TEST(five_wrong_words_end_the_tries_of_the_day),
        WALK_TEST(an_unknown_name_is_asked_again),
        WALK_TEST(the_only_certificate_says_why_it_stays),
        WALK_TEST(a_certificate_is_named_and_retired),
        WALK_TEST(values_stand_directly_above_their_links),
        WALK_TEST(new_words_replace_the_old_ones),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
