#include "base/diff.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "tests/unit/assert_str.h"

#define TEXT_MAX (1 << 20)

static void
lines_add(struct buf *b, bool *is_begun, struct str text)
{
    if (*is_begun)
        buf_add_char(b, '\n');
    *is_begun = true;
    buf_add(b, text);
}

/* The oracle: what stays and what went is the old text, what stays and what
 * came the new one. Tells how many lines went or came, and how many runs. */
static int
check(struct str was, struct str is, int *runs)
{
    struct buf old, new;
    bool has_old = false, has_new = false;
    struct diff_run run;
    struct diff d;
    int lines = 0;

    *runs = 0;
    buf_init(&old, TEXT_MAX);
    buf_init(&new, TEXT_MAX);
    assert_int_equal(diff_init(&d, was, is), OK);
    while (diff_next(&d, &run)) {
        if (run.kind != DIFF_IN)
            lines_add(&old, &has_old, run.text);
        if (run.kind != DIFF_OUT)
            lines_add(&new, &has_new, run.text);
        lines += run.kind == DIFF_SAME ? 0 : run.lines;
        assert_true(run.lines > 0);
        ++*runs;
    }
    diff_release(&d);
    assert_str(buf_str(&old), was);
    assert_str(buf_str(&new), is);
    buf_release(&old);
    buf_release(&new);
    return lines;
}

static void
few_changes_are_found_and_no_more(void **state)
{
    static const struct {
        const char *was, *is;
        int lines;
    } cases[] = {
        {"", "", 0},
        {"a", "a", 0},
        {"", "a", 2},
        {"a", "", 2},
        {"a\nb\nc", "a\nc", 1},
        {"a\nc", "a\nb\nc", 1},
        {"a\nb\nc", "a\nB\nc", 2},
        {"a\nb\nc\nd", "b\nc\nd\na", 2},
        {"a\nb\nc\na\nb\nb\na", "c\nb\na\nb\na\nc", 5},
        {"one", "one\n", 1},
        {"\n\n\n", "\n\n", 1},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        int runs;

        assert_int_equal(
            check(str_of(cases[i].was), str_of(cases[i].is), &runs),
            cases[i].lines);
    }
}

static void
a_change_says_first_what_went(void **state)
{
    struct diff_run run;
    struct diff d;

    (void)state;
    assert_int_equal(diff_init(&d, STR("a\nb\nc"), STR("a\nx\ny\nc")), OK);
    assert_true(diff_next(&d, &run));
    assert_int_equal(run.kind, DIFF_SAME);
    assert_true(diff_next(&d, &run));
    assert_int_equal(run.kind, DIFF_OUT);
    assert_str(run.text, STR("b"));
    assert_true(diff_next(&d, &run));
    assert_int_equal(run.kind, DIFF_IN);
    assert_int_equal(run.lines, 2);
    assert_str(run.text, STR("x\ny"));
    assert_true(diff_next(&d, &run));
    assert_int_equal(run.kind, DIFF_SAME);
    assert_false(diff_next(&d, &run));
    diff_release(&d);
}

/* The shortest list by the book, for texts that are small. */
static int
shortest(struct str was, struct str is)
{
    int common[66][66] = {{0}};
    const char *a[66] = {0}, *b[66] = {0};
    int n = 0, m = 0;

    while (was.n > 0)
        a[n++] = str_cut(&was, '\n').p;
    while (is.n > 0)
        b[m++] = str_cut(&is, '\n').p;
    for (int i = n - 1; i >= 0; i--)
        for (int j = m - 1; j >= 0; j--)
            common[i][j] = *a[i] == *b[j] ? common[i + 1][j + 1] + 1
                           : common[i + 1][j] > common[i][j + 1]
                               ? common[i + 1][j]
                               : common[i][j + 1];
    return n + m - 2 * common[0][0];
}

/* From 0 to below - 1; the same in every run. */
static int
throw_dice(uint32_t *dice, int below)
{
    *dice = *dice * 1664525 + 1013904223;
    return (int)((*dice >> 8) % (uint32_t)below);
}

/* Lines of one letter, of so many kinds. */
static struct str
random_text(uint32_t *dice, char *out, int lines, int kinds)
{
    for (int i = 0; i < lines; i++) {
        out[2 * i] = (char)('a' + throw_dice(dice, kinds));
        out[2 * i + 1] = '\n';
    }
    return (struct str){out, lines ? (size_t)(2 * lines - 1) : 0};
}

static void
the_list_is_the_shortest_for_small_texts(void **state)
{
    char a[140], b[140];
    uint32_t dice = 7;
    int runs;

    (void)state;
    for (int i = 0; i < 4000; i++) {
        int n = 1 + throw_dice(&dice, 60), m = 1 + throw_dice(&dice, 60);
        struct str was = random_text(&dice, a, n, 1 + throw_dice(&dice, 9));
        struct str is = random_text(&dice, b, m, 1 + throw_dice(&dice, 9));

        assert_int_equal(check(was, is, &runs), shortest(was, is));
    }
}

static void
texts_without_a_common_line_are_still_told(void **state)
{
    char *a = malloc(2 * 32768 + 1), *b = malloc(2 * 32768 + 1);
    struct str was, is;
    uint32_t dice = 7;
    int runs;

    (void)state;
    assert_non_null(a);
    assert_non_null(b);
    for (int kinds = 1; kinds <= 25; kinds += 8) {
        was = random_text(&dice, a, 32768, kinds);
        is = random_text(&dice, b, 32768, kinds + 1);
        (void)check(was, is, &runs);
    }
    memset(a, '\n', 65536);
    for (int i = 0; i < 32768; i++)
        b[2 * i] = 'x', b[2 * i + 1] = '\n';
    (void)check((struct str){a, 65536}, (struct str){b, 65535}, &runs);
    for (int i = 0; i < 32768; i++)
        a[2 * i] = 'y', a[2 * i + 1] = '\n';
    assert_int_equal(
        check((struct str){a, 65535}, (struct str){b, 65535}, &runs), 65536);
    free(a);
    free(b);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(few_changes_are_found_and_no_more),
        cmocka_unit_test(a_change_says_first_what_went),
        cmocka_unit_test(the_list_is_the_shortest_for_small_texts),
        cmocka_unit_test(texts_without_a_common_line_are_still_told),
    };

    return cmocka_run_group_tests_name("diff", tests, NULL, NULL);
}
