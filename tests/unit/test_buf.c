#include "assert_str.h"
#include "base/buf.h"

static void
bytes_stand_in_the_order_of_adding(void **state)
{
    struct buf b;

    (void)state;
    buf_init(&b, 100);
    buf_add(&b, STR("a"));
    buf_add(&b, (struct str){NULL, 0});
    buf_add_char(&b, '-');
    buf_add_int(&b, INT64_MIN);
    buf_fmt(&b, " %s %d", "x", 7);
    assert_str(buf_str(&b), STR("a--9223372036854775808 x 7"));
    assert_int_equal(b.bad, OK);
    buf_release(&b);
}

static void
it_grows_over_many_sizes(void **state)
{
    struct buf b;

    (void)state;
    buf_init(&b, 100000);
    for (int i = 0; i < 100000; i++)
        buf_add_char(&b, (char)('a' + i % 26));
    assert_int_equal(b.n, 100000);
    assert_int_equal(b.bad, OK);
    assert_int_equal(b.p[99999], 'a' + 99999 % 26);
    buf_release(&b);
}

static void
the_ceiling_is_reached_but_not_passed(void **state)
{
    struct buf b;

    (void)state;
    buf_init(&b, 4);
    buf_add(&b, STR("abcd"));
    assert_int_equal(b.bad, OK);
    buf_add_char(&b, 'e');
    assert_int_equal(b.bad, E_TOO_LONG);
    assert_str(buf_str(&b), STR("abcd"));
    buf_release(&b);
}

static void
a_failure_sticks_until_a_reset(void **state)
{
    struct buf b;

    (void)state;
    buf_init(&b, 4);
    buf_fmt(&b, "%s", "abcde");
    assert_int_equal(b.bad, E_TOO_LONG);
    buf_add_char(&b, 'x');
    assert_int_equal(b.n, 0);
    buf_reset(&b);
    buf_add_char(&b, 'x');
    assert_str(buf_str(&b), STR("x"));
    assert_int_equal(b.bad, OK);
    buf_release(&b);
}

static void
all_but_unreserved_bytes_are_escaped(void **state)
{
    struct buf b;

    (void)state;
    buf_init(&b, 100);
    buf_add_percent(&b, STR("aZ09-._~ /?%\n\xC3\xA9"));
    assert_str(buf_str(&b), STR("aZ09-._~%20%2F%3F%25%0A%C3%A9"));
    buf_release(&b);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bytes_stand_in_the_order_of_adding),
        cmocka_unit_test(it_grows_over_many_sizes),
        cmocka_unit_test(the_ceiling_is_reached_but_not_passed),
        cmocka_unit_test(a_failure_sticks_until_a_reset),
        cmocka_unit_test(all_but_unreserved_bytes_are_escaped),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
