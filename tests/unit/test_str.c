#include "assert_str.h"

static const struct str absent = {NULL, 0};

static void
absent_and_empty_are_equal(void **state)
{
    (void)state;
    assert_true(str_eq(absent, STR("")));
    assert_true(str_eq(str_of(NULL), STR("")));
    assert_false(str_eq(absent, STR("a")));
}

static void
only_ascii_letters_lose_their_case(void **state)
{
    (void)state;
    assert_true(str_eq_nocase(STR("aBz-9"), STR("AbZ-9")));
    assert_false(str_eq_nocase(STR("@"), STR("`")));
    assert_false(str_eq_nocase(STR("["), STR("{")));
    assert_false(str_eq_nocase(STR("a"), STR("ab")));
}

static void
prefix_and_suffix_may_be_the_whole(void **state)
{
    (void)state;
    assert_true(str_has_prefix(STR("abc"), STR("abc")));
    assert_true(str_has_suffix(STR("abc"), STR("abc")));
    assert_true(str_has_suffix(STR("abc"), STR("bc")));
    assert_true(str_has_prefix(absent, STR("")));
    assert_false(str_has_prefix(STR("ab"), STR("abc")));
    assert_false(str_has_suffix(STR("bc"), STR("abc")));
}

static void
skipping_past_the_end_leaves_nothing(void **state)
{
    (void)state;
    assert_str(str_skip(STR("abc"), 2), STR("c"));
    assert_str(str_skip(STR("abc"), 9), STR(""));
    assert_str(str_skip(absent, 1), STR(""));
}

static void
trimming_takes_blanks_at_both_ends_only(void **state)
{
    (void)state;
    assert_str(str_trim(STR(" \t a b\r\n")), STR("a b"));
    assert_str(str_trim(STR(" \n")), STR(""));
    assert_str(str_trim(absent), STR(""));
}

static void
cutting_walks_through_all_parts(void **state)
{
    struct str rest = STR("a,,b");

    (void)state;
    assert_str(str_cut(&rest, ','), STR("a"));
    assert_str(str_cut(&rest, ','), STR(""));
    assert_str(str_cut(&rest, ','), STR("b"));
    assert_int_equal(rest.n, 0);
    assert_str(str_cut(&rest, ','), STR(""));
}

static void
what_is_not_there_is_at_minus_one(void **state)
{
    (void)state;
    assert_int_equal(str_find(STR("abcb"), 'b'), 1);
    assert_int_equal(str_find(STR("abc"), 'x'), -1);
    assert_int_equal(str_find(absent, 'x'), -1);
}

static void
only_plain_decimals_are_numbers(void **state)
{
    static const char *const bad[] = {"",   "-1", "+1",  " 1",
                                      "1 ", "01", "00",  "1e3",
                                      "x",  "1.", "0x1", "1234567890123456789"};
    int64_t n = 7;

    (void)state;
    for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
        assert_false(str_to_int(str_of(bad[i]), &n));
        assert_int_equal(n, 7);
    }
    assert_true(str_to_int(STR("0"), &n));
    assert_int_equal(n, 0);
    assert_true(str_to_int(STR("999999999999999999"), &n));
    assert_true(n == INT64_C(999999999999999999));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(absent_and_empty_are_equal),
        cmocka_unit_test(only_ascii_letters_lose_their_case),
        cmocka_unit_test(prefix_and_suffix_may_be_the_whole),
        cmocka_unit_test(skipping_past_the_end_leaves_nothing),
        cmocka_unit_test(trimming_takes_blanks_at_both_ends_only),
        cmocka_unit_test(cutting_walks_through_all_parts),
        cmocka_unit_test(what_is_not_there_is_at_minus_one),
        cmocka_unit_test(only_plain_decimals_are_numbers),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
