#include <stdio.h>
#include <time.h>

#include "assert_str.h"
#include "base/clock.h"

static void
a_shift_moves_the_time_from_the_real_one(void **state)
{
    int64_t real = (int64_t)time(NULL);

    (void)state;
    clock_shift(10 * DAY);
    clock_shift(DAY);
    assert_in_range(clock_now() - real, DAY, DAY + MINUTE);
    clock_shift(0);
    assert_in_range(clock_now() - real, 0, MINUTE);
}

static void
ticks_never_go_back(void **state)
{
    int64_t before = clock_ticks();

    (void)state;
    clock_shift(-DAY);
    assert_true(clock_ticks() >= before);
    clock_shift(0);
}

static void
dates_are_those_of_utc(void **state)
{
    struct arena a;

    (void)state;
    arena_init(&a, 1000);
    assert_str(clock_date(&a, 0), STR("1970-01-01"));
    assert_str(clock_minute(&a, 1772460300), STR("2026-03-02 14:05"));
    assert_str(clock_date(&a, -1), STR("1969-12-31"));
    arena_release(&a);
}

static void
dates_are_those_of_the_c_library(void **state)
{
    const int64_t from = -62135596800, to = 253402300799; /* 0001 to 9999 */

    (void)state;
    for (int64_t at = from; at <= to; at += 13 * DAY + 12345) {
        time_t t = (time_t)at;
        struct tm tm;
        char want[80];
        struct arena a;

        arena_init(&a, 1000);
        assert_non_null(gmtime_r(&t, &tm));
        (void)snprintf(want, sizeof(want), "%04d-%02d-%02d %02d:%02d",
                       tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday, tm.tm_hour,
                       tm.tm_min);
        assert_str(clock_minute(&a, at), str_of(want));
        arena_release(&a);
    }
}

static void
a_date_out_of_reach_is_a_date_nevertheless(void **state)
{
    struct arena a;

    (void)state;
    arena_init(&a, 1000);
    assert_str(clock_date(&a, INT64_MAX), STR("1900-01-01"));
    assert_str(clock_date(&a, INT64_MIN), STR("1900-01-01"));
    arena_release(&a);
}

static void
months_count_on_over_the_year(void **state)
{
    (void)state;
    assert_int_equal(clock_month(0), 1970 * 12 + 1);
    /* 2025-12-31 23:59:59 and a second later. */
    assert_int_equal(clock_month(1767225600) - clock_month(1767225599), 1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_shift_moves_the_time_from_the_real_one),
        cmocka_unit_test(ticks_never_go_back),
        cmocka_unit_test(dates_are_those_of_utc),
        cmocka_unit_test(dates_are_those_of_the_c_library),
        cmocka_unit_test(a_date_out_of_reach_is_a_date_nevertheless),
        cmocka_unit_test(months_count_on_over_the_year),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
