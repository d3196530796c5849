#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <pthread.h>
#include <stdatomic.h>

#include "base/bucket.h"

#define AN_HOUR (INT64_C(3600) * 1000)

static int
begin(void **state)
{
    struct buckets *b;

    assert_int_equal(buckets_new(&b), OK);
    *state = b;
    return 0;
}

static int
end(void **state)
{
    buckets_free(*state);
    return 0;
}

static void
a_look_takes_nothing(void **state)
{
    struct bucket_rule rule = bucket_rule(2, 6, 60000);

    for (int i = 0; i < 9; i++)
        assert_int_equal(buckets_wait(*state, &rule, 1, 0), 0);
    assert_int_equal(buckets_take(*state, &rule, 1, 0), 0);
    assert_int_equal(buckets_take(*state, &rule, 1, 0), 0);
    assert_int_equal(buckets_wait(*state, &rule, 1, 0), 10);
    assert_int_equal(buckets_take(*state, &rule, 1, 0), 10);
    assert_int_equal(buckets_wait(*state, &rule, 2, 0), 0);
}

static void
nothing_lasts_longer_than_an_hour(void **state)
{
    static const struct {
        int64_t burst, count, ms;
    } slow[] = {
        {100000, 1, AN_HOUR}, {1, 1, 99 * AN_HOUR}, {1 << 30, 1 << 30, 60000}};

    for (size_t i = 0; i < sizeof(slow) / sizeof(*slow); i++) {
        struct bucket_rule rule =
            bucket_rule(slow[i].burst, slow[i].count, slow[i].ms);

        for (int n = 0; n < 100000; n++)
            buckets_take(*state, &rule, i, 0);
        assert_in_range(buckets_wait(*state, &rule, i, 0), 0, 3600);
        assert_int_equal(buckets_take(*state, &rule, i, AN_HOUR), 0);
    }
}

static void
a_clock_that_was_set_back_locks_nobody_out(void **state)
{
    struct bucket_rule rule = bucket_rule(3, 6, 60000);

    for (int i = 0; i < 3; i++)
        buckets_take(*state, &rule, 1, 99 * AN_HOUR);
    assert_int_equal(buckets_wait(*state, &rule, 1, 99 * AN_HOUR), 10);
    assert_int_equal(buckets_wait(*state, &rule, 1, 99 * AN_HOUR - 59999), 10);
    assert_int_equal(buckets_wait(*state, &rule, 1, 99 * AN_HOUR - 99000), 0);
    assert_int_equal(buckets_take(*state, &rule, 1, 0), 0);
}

static void
strangers_slow_nobody_down(void **state)
{
    struct bucket_rule rule = bucket_rule(1, 1, AN_HOUR);
    int refused = 0;

    for (uint64_t id = 0; id < 1000; id++)
        refused += buckets_take(*state, &rule, id, 0) > 0;
    /* Where 1,000 share 32,768 cells one in a thousand may meet two others. */
    assert_true(refused < 20);
}

struct racers {
    struct buckets *b;
    struct bucket_rule rule;
    atomic_int passed;
};

static void *
race(void *arg)
{
    struct racers *r = arg;

    for (int i = 0; i < 5000; i++)
        if (buckets_take(r->b, &r->rule, 7, 0) == 0)
            atomic_fetch_add(&r->passed, 1);
    return NULL;
}

/* Whoever loses a race for one cell may win the other. */
static void
threads_share_a_limit(void **state)
{
    struct racers r = {.b = *state, .rule = bucket_rule(1000, 1000, 60000)};
    pthread_t thread[4];

    for (int i = 0; i < 4; i++)
        assert_int_equal(pthread_create(&thread[i], NULL, race, &r), 0);
    for (int i = 0; i < 4; i++)
        pthread_join(thread[i], NULL);
    assert_in_range(atomic_load(&r.passed), 1000, 1010);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_look_takes_nothing, begin, end),
        cmocka_unit_test_setup_teardown(nothing_lasts_longer_than_an_hour,
                                        begin, end),
        cmocka_unit_test_setup_teardown(
            a_clock_that_was_set_back_locks_nobody_out, begin, end),
        cmocka_unit_test_setup_teardown(strangers_slow_nobody_down, begin, end),
        cmocka_unit_test_setup_teardown(threads_share_a_limit, begin, end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
