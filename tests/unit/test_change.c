#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "base/clock.h"
#include "base/secret.h"
#include "forum/member.h"
#include "forum/wordlist.h"
#include "tests/unit/forum_fixture.h"

/* A member with real recovery words, which are given back. */
static int64_t
member_with_words(struct fixture *f, struct str *words)
{
    struct change c = {
        .kind = CHANGE_JOIN, .peer = fixture_peer(1), .text = STR("Amina")};

    assert_int_equal(fixture_apply_slow(f, c), OK);
    *words = arena_copy(&f->mem, str_of(f->cj.out.words));
    return f->cj.out.member;
}

static void
the_list_has_no_two_words_that_begin_alike(void **state)
{
    (void)state;
    for (uint32_t i = 0; i < WORDLIST_SIZE; i++) {
        const char *word = wordlist_get(i);

        assert_in_range(strlen(word), 3, 7);
        assert_int_equal(strspn(word, "abcdefghijklmnopqrstuvwxyz"),
                         strlen(word));
        if (i > 0)
            assert_true(strncmp(wordlist_get(i - 1), word, 4) < 0);
    }
}

static void
joining_shows_six_words(void **state)
{
    struct fixture *f = *state;
    struct str words;
    int n = 0;

    member_with_words(f, &words);
    while (words.n > 0) {
        struct str word = str_cut(&words, ' ');

        assert_in_range(word.n, 3, 7);
        n++;
    }
    assert_int_equal(n, 6);
}

static void
words_are_drawn_anew(void **state)
{
    struct fixture *f = *state;
    struct str first;
    int64_t amina = member_with_words(f, &first);
    struct change c = {.kind = CHANGE_NEW_WORDS, .member = amina};

    assert_int_equal(fixture_apply_slow(f, c), OK);
    assert_false(str_eq(first, str_of(f->cj.out.words)));
}

/* As somebody copies them from paper. */
static struct str
scribble(struct fixture *f, struct str words)
{
    struct str out = STR("");
    int n = 0;

    while (words.n > 0) {
        struct str word = str_cut(&words, ' ');
        char *z = arena_z(&f->mem, word);

        z[0] = (char)(z[0] - 'a' + 'A');
        out = arena_fmt(&f->mem, "%.*s %d. %s,\n", (int)out.n, out.p, ++n, z);
    }
    return out;
}

static void
the_right_words_lead_back_once(void **state)
{
    struct fixture *f = *state;
    struct str words, fresh;
    int64_t amina = member_with_words(f, &words);
    struct change c = {.kind = CHANGE_RECOVER,
                       .peer = fixture_peer(2),
                       .other = amina,
                       .text = scribble(f, words)};

    assert_int_equal(fixture_apply_slow(f, c), OK);
    assert_int_equal(f->cj.out.why, OK);
    assert_int_equal(f->cj.out.member, amina);
    fresh = arena_copy(&f->mem, str_of(f->cj.out.words));
    assert_true(fresh.n > 0);
    assert_false(str_eq(fresh, words));

    c.peer = fixture_peer(3);
    assert_int_equal(fixture_apply_slow(f, c), OK);
    assert_int_equal(f->cj.out.why, E_WRONG);
    assert_int_equal(f->cj.out.words[0], '\0');
    c.text = fresh;
    assert_int_equal(fixture_apply_slow(f, c), OK);
    assert_int_equal(f->cj.out.why, OK);
}

static void
words_that_lead_back_link_the_certificate(void **state)
{
    struct fixture *f = *state;
    struct str words;
    int64_t amina = member_with_words(f, &words);
    struct change c = {.kind = CHANGE_RECOVER,
                       .peer = fixture_peer(2),
                       .other = amina,
                       .text = words};
    struct certificate cert;
    struct rows r;

    assert_int_equal(fixture_apply_slow(f, c), OK);
    r = certificate_list(f->db, amina);
    assert_true(certificate_next(&r, &cert));
    assert_memory_equal(cert.cert.p, fixture_peer(2).cert, 32);
    assert_int_equal(rows_end(&r), OK);
    assert_int_equal(fixture_apply(f, c), OK);
    assert_true(f->cj.out.is_repeat);
    assert_int_equal(f->cj.out.member, amina);
}

static void
wrong_words_are_counted_and_end(void **state)
{
    struct fixture *f = *state;
    struct str words;
    int64_t amina = member_with_words(f, &words);
    struct change c = {.kind = CHANGE_RECOVER,
                       .peer = fixture_peer(2),
                       .other = amina,
                       .text = words};
    unsigned char salt[16];

    for (int i = 0; i < RECOVERY_TRIES; i++) {
        assert_int_equal(member_salt(f->db, amina, f->now, salt), OK);
        assert_int_equal(fixture_apply(f, c), OK); /* without its hash */
        assert_int_equal(f->cj.out.why, E_WRONG);
        assert_int_equal(f->cj.out.member, 0);
    }
    assert_int_equal(member_salt(f->db, amina, f->now, salt), E_NO_TRIES);
    assert_int_equal(fixture_apply_slow(f, c), OK);
    assert_int_equal(f->cj.out.why, E_NO_TRIES);
    assert_int_equal(f->cj.out.words[0], '\0');

    f->now += DAY;
    assert_int_equal(member_salt(f->db, amina, f->now, salt), OK);
    assert_int_equal(fixture_apply_slow(f, c), OK);
    assert_int_equal(f->cj.out.why, OK);
}

static void
the_words_of_nobody_have_no_salt(void **state)
{
    struct fixture *f = *state;
    unsigned char salt[16];

    assert_int_equal(member_salt(f->db, 99, f->now, salt), E_NOT_FOUND);
    assert_int_equal(CHANGE(f, RECOVER, .peer = fixture_peer(2), .other = 99,
                            .text = STR("one two")),
                     E_NOT_FOUND);
}

static void
words_do_not_move_a_certificate_of_another(void **state)
{
    struct fixture *f = *state;
    struct str words;
    int64_t amina = member_with_words(f, &words);
    struct change c = {.kind = CHANGE_RECOVER,
                       .peer = fixture_peer(2),
                       .other = amina,
                       .text = words};

    fixture_member(f, 2, "Josef");
    assert_int_equal(fixture_apply_slow(f, c), E_TAKEN);
}

static void
a_stranger_can_only_come_in(void **state)
{
    struct fixture *f = *state;

    for (int kind = 0; kind < CHANGE_COUNT; kind++) {
        if (kind == CHANGE_JOIN || kind == CHANGE_LINK ||
            kind == CHANGE_RECOVER || kind == CHANGE_TICK)
            continue;
        assert_int_equal(
            fixture_apply(f, (struct change){.kind = (enum change_kind)kind,
                                             .text = STR("hello")}),
            E_FORBIDDEN);
    }
}

static void
only_slow_changes_are_prepared(void **state)
{
    struct change_job cj;
    int slow = 0;

    (void)state;
    for (int kind = 0; kind < CHANGE_COUNT; kind++) {
        struct change c = {.kind = (enum change_kind)kind};

        change_job_init(&cj, &c);
        assert_non_null(cj.job.apply);
        slow += cj.job.prepare != NULL;
    }
    assert_int_equal(slow, 3);
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_list_has_no_two_words_that_begin_alike),
        cmocka_unit_test(only_slow_changes_are_prepared),
        TEST(joining_shows_six_words),
        TEST(words_are_drawn_anew),
        TEST(the_right_words_lead_back_once),
        TEST(words_that_lead_back_link_the_certificate),
        TEST(wrong_words_are_counted_and_end),
        TEST(the_words_of_nobody_have_no_salt),
        TEST(words_do_not_move_a_certificate_of_another),
        TEST(a_stranger_can_only_come_in),
    };

    return cmocka_run_group_tests_name("change", tests, NULL, NULL);
}
