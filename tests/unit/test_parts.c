#include "forum/parts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "tests/unit/assert_str.h"

static int
mem_setup(void **state)
{
    static struct arena mem;

    arena_init(&mem, (size_t)1 << 20);
    *state = &mem;
    return 0;
}

static int
mem_teardown(void **state)
{
    arena_release(*state);
    return 0;
}

/* The parts of a text, put together again as a draft does. */
static struct str
join(struct arena *mem, struct str text, int *parts)
{
    struct part part;
    struct buf b;
    struct str all;

    buf_init(&b, (size_t)1 << 20);
    for (*parts = 0; parts_next(&text, &part); (*parts)++) {
        for (int64_t i = -1; *parts > 0 && i < part.blank; i++)
            buf_add_char(&b, '\n');
        buf_add(&b, part.text);
    }
    all = arena_copy(mem, buf_str(&b));
    buf_release(&b);
    return all;
}

static void
a_clean_text_split_and_joined_is_the_same(void **state)
{
    static const struct {
        const char *text;
        int parts;
    } rows[] = {
        {"one", 1},
        {"one\ntwo", 2},
        {"one\n\ntwo", 2},
        {"one\n\n\ntwo\n* a\n* b\n\n> c\n> d", 6},
        {"=> gemini://x.org one\n=> gemini://y.org two", 2},
        {"# h\ntext\n```\na\n\n  b\n```\nend", 4},
        {"```\na\n\nb", 1},
        {"```\n```\n```\n```", 2},
        {"```", 1},
        {"a\n```alt\nb", 2},
        {"\u0430\n\n\u0431", 2},
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct str text = parts_clean(*state, str_of(rows[i].text));
        int parts;
        struct str again = join(*state, text, &parts);

        assert_str(again, text);
        assert_int_equal(parts, rows[i].parts);
    }
}

static void
an_open_fence_is_shut(void **state)
{
    assert_str(parts_clean(*state, STR("a\n```\ncode")),
               STR("a\n```\ncode\n```"));
    assert_str(parts_clean(*state, STR("```\ncode\n```")),
               STR("```\ncode\n```"));
}

static void
an_empty_text_has_no_parts(void **state)
{
    struct str text = parts_clean(*state, STR(" \n \n"));
    struct part part;

    assert_non_null(text.p);
    assert_false(parts_next(&text, &part));
}

static void
a_plus_at_the_end_goes_on_and_two_do_not(void **state)
{
    static const struct {
        const char *typed, *text;
        bool goes_on;
    } rows[] = {
        {"more to come+", "more to come", true},
        {"more to come +", "more to come", true},
        {"more to come +  \n", "more to come", true},
        {"C++", "C+", false},
        {"C+++", "C++", false},
        {"+", "", true},
        {"++", "+", false},
        {"1+1", "1+1", false},
        {"", "", false},
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct str text = parts_clean(*state, str_of(rows[i].typed));

        assert_int_equal(parts_goes_on(*state, &text), rows[i].goes_on);
        assert_str(text, str_of(rows[i].text));
    }
}

static void
only_runs_of_one_kind_stand_close(void **state)
{
    (void)state;
    assert_int_equal(parts_gap(STR("* a"), STR("* b")), 0);
    assert_int_equal(parts_gap(STR("=> x"), STR("=>y")), 0);
    assert_int_equal(parts_gap(STR("> a"), STR("> b")), 0);
    assert_int_equal(parts_gap(STR("* a"), STR("> b")), 1);
    assert_int_equal(parts_gap(STR("a"), STR("b")), 1);
    assert_int_equal(parts_gap(STR("*a"), STR("*b")), 1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_clean_text_split_and_joined_is_the_same),
        cmocka_unit_test(an_open_fence_is_shut),
        cmocka_unit_test(an_empty_text_has_no_parts),
        cmocka_unit_test(a_plus_at_the_end_goes_on_and_two_do_not),
        cmocka_unit_test(only_runs_of_one_kind_stand_close),
    };

    return cmocka_run_group_tests(tests, mem_setup, mem_teardown);
}
