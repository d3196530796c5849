/* Do two short texts speak of the same thing? */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/buf.h"
#include "forum/match.h"

static bool
fits(const char *one, const char *two)
{
    struct match_words a, b;
    struct arena mem;
    bool is, is_back;

    arena_init(&mem, 1 << 20);
    match_read(&mem, str_of(one), &a);
    match_read(&mem, str_of(two), &b);
    assert_int_equal(mem.bad, OK);
    is = match_is(&a, &b);
    is_back = match_is(&b, &a);
    assert_int_equal(is, is_back);
    arena_release(&mem);
    return is;
}

static void
words_meet_in_their_forms(void **state)
{
    (void)state;
    assert_true(fits("A welder for the gate", "Welding on Saturdays"));
    assert_true(fits("BICYCLES repaired", "bicycle"));
    assert_true(fits("Une pompe à réparer", "POMPES"));
    assert_true(fits("Сварщик для ворот", "сварщика найду"));
    assert_false(fits("International news", "Internet at home"));
    assert_false(fits("Solar lamps", "A solicitor"));
}

static void
one_short_word_is_not_enough_and_two_are(void **state)
{
    (void)state;
    assert_false(fits("Fish", "fish"));
    assert_true(fits("Fish, salt", "salt fish"));
}

static void
empty_words_meet_nothing(void **state)
{
    (void)state;
    assert_false(fits("I need somebody to help with something",
                      "Somebody can help with something else"));
    assert_false(fits("", ""));
    assert_false(fits("...", "!?"));
}

static void
scripts_without_blanks_meet_too(void **state)
{
    (void)state;
    assert_true(fits("我需要修理水泵", "可以修理水泵"));
    assert_false(fits("我需要米", "可以教英语"));
}

static void
a_very_long_text_is_read_as_far_as_it_goes(void **state)
{
    struct match_words words;
    struct arena mem;
    struct buf b;

    (void)state;
    arena_init(&mem, 1 << 20);
    buf_init(&b, 1 << 16);
    for (int i = 0; i < 500; i++)
        buf_fmt(&b, "word%dx ", i);
    match_read(&mem, buf_str(&b), &words);
    assert_int_equal(words.n, MATCH_WORDS);
    buf_release(&b);
    arena_release(&mem);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_meet_in_their_forms),
        cmocka_unit_test(one_short_word_is_not_enough_and_two_are),
        cmocka_unit_test(empty_words_meet_nothing),
        cmocka_unit_test(scripts_without_blanks_meet_too),
        cmocka_unit_test(a_very_long_text_is_read_as_far_as_it_goes),
    };

    return cmocka_run_group_tests_name("match", tests, NULL, NULL);
}
