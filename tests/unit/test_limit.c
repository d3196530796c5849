#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>

#include "net/limit.h"

/* 3 at once, 6 a minute: one more each ten seconds. */
static const struct limit_rules rules = {
    {[LIMIT_HANDSHAKE] = {3, 6}, [LIMIT_REQUEST] = {3, 6}}};

static int
limit_begin(void **state)
{
    struct limit *l;

    assert_int_equal(limit_new(&rules, 1, &l), OK);
    *state = l;
    return 0;
}

static int
limit_end(void **state)
{
    limit_free(*state);
    return 0;
}

static struct limit_who
from(const char *address, bool is_loopback_limited)
{
    struct sockaddr_in6 in6 = {.sin6_family = AF_INET6};
    struct sockaddr_in in = {.sin_family = AF_INET};

    if (inet_pton(AF_INET, address, &in.sin_addr) == 1)
        return limit_who((struct sockaddr *)&in, is_loopback_limited);
    assert_int_equal(inet_pton(AF_INET6, address, &in6.sin6_addr), 1);
    return limit_who((struct sockaddr *)&in6, is_loopback_limited);
}

static int
take(struct limit *l, const char *address, int64_t ticks)
{
    return limit_take(l, LIMIT_REQUEST, from(address, false), ticks);
}

static void
a_burst_passes_and_the_next_one_waits(void **state)
{
    for (int i = 0; i < 3; i++)
        assert_int_equal(take(*state, "192.0.2.1", 0), 0);
    assert_int_equal(take(*state, "192.0.2.1", 0), 10);
    assert_int_equal(take(*state, "192.0.2.1", 9000), 1);
    assert_int_equal(take(*state, "192.0.2.1", 10000), 0);
    assert_int_equal(take(*state, "192.0.2.1", 10000), 10);
}

static void
being_refused_does_not_lengthen_the_wait(void **state)
{
    for (int i = 0; i < 1000; i++)
        take(*state, "192.0.2.1", 0);
    assert_int_equal(take(*state, "192.0.2.1", 10000), 0);
}

static void
addresses_do_not_share_a_limit(void **state)
{
    for (int i = 0; i < 5; i++)
        take(*state, "192.0.2.1", 0);
    assert_int_equal(take(*state, "192.0.2.2", 0), 0);
    assert_int_equal(take(*state, "2001:db8::1", 0), 0);
}

static void
the_addresses_of_a_64_share_a_limit(void **state)
{
    take(*state, "2001:db8::1", 0);
    take(*state, "2001:db8::2", 0);
    take(*state, "2001:db8::ffff:0:0:3", 0);
    assert_true(take(*state, "2001:db8::4", 0) > 0);
    assert_int_equal(take(*state, "2001:db8:0:1::4", 0), 0);
}

static void
a_mapped_address_is_the_same_visitor(void **state)
{
    for (int i = 0; i < 3; i++)
        take(*state, "192.0.2.1", 0);
    assert_true(take(*state, "::ffff:192.0.2.1", 0) > 0);
}

static void
handshakes_and_requests_are_counted_apart(void **state)
{
    struct limit_who who = from("192.0.2.1", false);

    for (int i = 0; i < 3; i++)
        assert_int_equal(limit_take(*state, LIMIT_HANDSHAKE, who, 0), 0);
    assert_true(limit_take(*state, LIMIT_HANDSHAKE, who, 0) > 0);
    assert_int_equal(limit_take(*state, LIMIT_REQUEST, who, 0), 0);
}

static void
loopback_is_exempt_unless_it_shall_not_be(void **state)
{
    static const char *const addresses[] = {"127.0.0.1", "127.9.9.9", "::1",
                                            "::ffff:127.0.0.1"};

    for (size_t i = 0; i < sizeof addresses / sizeof addresses[0]; i++) {
        assert_int_equal(from(addresses[i], false).family, 0);
        assert_int_not_equal(from(addresses[i], true).family, 0);
    }
    for (int i = 0; i < 10; i++)
        assert_int_equal(take(*state, "127.0.0.1", 0), 0);
    assert_int_equal(limit_rows(*state), 0);
}

static void
a_row_goes_once_it_slows_nobody_down(void **state)
{
    take(*state, "192.0.2.1", 0);
    take(*state, "192.0.2.2", 5000);
    assert_int_equal(limit_rows(*state), 2);
    limit_sweep(*state, 10000);
    assert_int_equal(limit_rows(*state), 1);
    limit_sweep(*state, 15000);
    assert_int_equal(limit_rows(*state), 0);
}

static void
no_rule_keeps_a_row_for_more_than_an_hour(void **state)
{
    const struct limit_rules slow = {
        {[LIMIT_HANDSHAKE] = {100000, 1}, [LIMIT_REQUEST] = {100000, 1}}};
    struct limit *l;

    (void)state;
    assert_int_equal(limit_new(&slow, 64, &l), OK);
    for (int i = 0; i < 100000; i++)
        take(l, "192.0.2.1", 0);
    limit_sweep(l, 3600 * 1000);
    assert_int_equal(limit_rows(l), 0);
    limit_free(l);
}

static void
a_flood_of_addresses_stays_within_the_table(void **state)
{
    for (uint32_t i = 0; i < 100000; i++) {
        struct sockaddr_in in = {.sin_family = AF_INET,
                                 .sin_addr = {htonl(0x0a000000 + i)}};

        limit_take(*state, LIMIT_REQUEST,
                   limit_who((struct sockaddr *)&in, false), i / 100);
    }
    assert_true(limit_rows(*state) <= 8192);
}

static void
a_limit_of_nothing_a_minute_is_no_limit(void **state)
{
    const struct limit_rules none = {{{0, 0}, {0, 0}}};
    struct limit *l;

    (void)state;
    assert_int_equal(limit_new(&none, 1, &l), OK);
    for (int i = 0; i < 1000; i++)
        assert_int_equal(take(l, "192.0.2.1", 0), 0);
    limit_free(l);
}

#define WITH_RULES(test)                                                       \
    cmocka_unit_test_setup_teardown(test, limit_begin, limit_end)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_RULES(a_burst_passes_and_the_next_one_waits),
        WITH_RULES(being_refused_does_not_lengthen_the_wait),
        WITH_RULES(addresses_do_not_share_a_limit),
        WITH_RULES(the_addresses_of_a_64_share_a_limit),
        WITH_RULES(a_mapped_address_is_the_same_visitor),
        WITH_RULES(handshakes_and_requests_are_counted_apart),
        WITH_RULES(loopback_is_exempt_unless_it_shall_not_be),
        WITH_RULES(a_row_goes_once_it_slows_nobody_down),
        cmocka_unit_test(no_rule_keeps_a_row_for_more_than_an_hour),
        WITH_RULES(a_flood_of_addresses_stays_within_the_table),
        cmocka_unit_test(a_limit_of_nothing_a_minute_is_no_limit),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
