#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "forum/pace.h"

static int
begin(void **state)
{
    struct pace *p;

    assert_int_equal(pace_new((struct pace_rules){2, 3}, &p), OK);
    *state = p;
    return 0;
}

static int
end(void **state)
{
    pace_free(*state);
    return 0;
}

static void
a_member_waits_for_the_minute_and_then_for_the_hour(void **state)
{
    assert_int_equal(pace_take(*state, 7, 1000), 0);
    assert_int_equal(pace_take(*state, 7, 1000), 0);
    assert_int_equal(pace_take(*state, 7, 1000), 30);
    assert_int_equal(pace_take(*state, 7, 1030), 0);
    assert_int_equal(pace_take(*state, 7, 1090), 1200 - 90);
    assert_int_equal(pace_take(*state, 7, 2200), 0);
}

static void
members_do_not_slow_each_other_down(void **state)
{
    for (int64_t member = 1; member < 100; member++)
        assert_int_equal(pace_take(*state, member, 1000), 0);
}

static void
being_refused_does_not_lengthen_the_wait(void **state)
{
    for (int i = 0; i < 1000; i++)
        pace_take(*state, 7, 1000);
    assert_int_equal(pace_take(*state, 7, 1030), 0);
}

static void
no_pace_and_no_rules_are_no_limit(void **state)
{
    struct pace *p;

    (void)state;
    assert_int_equal(pace_new((struct pace_rules){0, 0}, &p), OK);
    for (int i = 0; i < 1000; i++) {
        assert_int_equal(pace_take(p, 7, 1000), 0);
        assert_int_equal(pace_take(NULL, 7, 1000), 0);
    }
    pace_free(p);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            a_member_waits_for_the_minute_and_then_for_the_hour, begin, end),
        cmocka_unit_test_setup_teardown(members_do_not_slow_each_other_down,
                                        begin, end),
        cmocka_unit_test_setup_teardown(
            being_refused_does_not_lengthen_the_wait, begin, end),
        cmocka_unit_test(no_pace_and_no_rules_are_no_limit),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
