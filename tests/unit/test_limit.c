#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>

#include "net/limit.h"

/* 3 at once, 6 a minute: one more each ten seconds. */
static const struct limit_rules rules = {
    .of = {[LIMIT_HANDSHAKE] = {3, 6}, [LIMIT_REQUEST] = {3, 6}},
    .most = {[LIMIT_CONNECTION] = 2, [LIMIT_UPLOAD] = 1},
    .crowd = 2};

static int
limit_begin(void **state)
{
    struct limit *l;

    assert_int_equal(limit_new(&rules, &l), OK);
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
}

static struct limit_who
with(const char *address, unsigned char certificate)
{
    struct peer peer = {.is_there = true, .key = {certificate}};

    return limit_visitor(from(address, false), &peer);
}

static void
a_certificate_has_one_limit_from_many_addresses(void **state)
{
    char address[32];

    for (int i = 0; i < 6; i++) {
        snprintf(address, sizeof address, "192.0.2.%d", i);
        assert_int_equal(
            limit_take(*state, LIMIT_REQUEST, with(address, 1), 0) == 0, i < 3);
    }
}

static void
certificates_of_one_address_do_not_share_a_limit(void **state)
{
    for (int i = 0; i < 5; i++)
        limit_take(*state, LIMIT_REQUEST, with("192.0.2.1", 1), 0);
    assert_int_equal(limit_take(*state, LIMIT_REQUEST, with("192.0.2.1", 2), 0),
                     0);
    assert_int_equal(take(*state, "192.0.2.1", 0), 0);
}

static void
a_crowd_has_as_much_as_its_visitors(void **state)
{
    struct limit_who crowd = limit_crowd(from("192.0.2.1", false));

    for (int i = 0; i < 6; i++)
        assert_int_equal(limit_take(*state, LIMIT_REQUEST, crowd, 0), 0);
    assert_int_equal(limit_take(*state, LIMIT_REQUEST, crowd, 0), 5);
    assert_int_equal(take(*state, "192.0.2.1", 0), 0);
}

static void
a_certificate_of_an_exempt_address_is_exempt(void **state)
{
    (void)state;
    assert_int_equal(with("127.0.0.1", 1).family, 0);
    assert_int_equal(limit_crowd(from("127.0.0.1", false)).family, 0);
}

static void
what_ends_makes_room_for_another(void **state)
{
    struct limit_who who = with("192.0.2.1", 1);

    assert_int_equal(limit_keep(*state, LIMIT_CONNECTION, who), 0);
    assert_int_equal(limit_keep(*state, LIMIT_CONNECTION, who), 0);
    for (int i = 0; i < 9; i++)
        assert_true(limit_keep(*state, LIMIT_CONNECTION, who) > 0);
    assert_int_equal(limit_keep(*state, LIMIT_UPLOAD, who), 0);
    limit_let(*state, LIMIT_CONNECTION, who);
    assert_int_equal(limit_keep(*state, LIMIT_CONNECTION, who), 0);
    assert_true(limit_keep(*state, LIMIT_CONNECTION, who) > 0);
    for (int i = 0; i < 4; i++)
        assert_int_equal(limit_keep(*state, LIMIT_CONNECTION,
                                    limit_crowd(from("192.0.2.1", false))),
                         0);
}

static void
a_limit_of_nothing_is_no_limit(void **state)
{
    const struct limit_rules none = {.crowd = 1};
    struct limit *l;

    (void)state;
    assert_int_equal(limit_new(&none, &l), OK);
    for (int i = 0; i < 1000; i++) {
        assert_int_equal(take(l, "192.0.2.1", 0), 0);
        assert_int_equal(limit_keep(l, LIMIT_UPLOAD, from("192.0.2.1", false)),
                         0);
    }
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
        WITH_RULES(a_certificate_has_one_limit_from_many_addresses),
        WITH_RULES(certificates_of_one_address_do_not_share_a_limit),
        WITH_RULES(a_crowd_has_as_much_as_its_visitors),
        WITH_RULES(a_certificate_of_an_exempt_address_is_exempt),
        WITH_RULES(what_ends_makes_room_for_another),
        cmocka_unit_test(a_limit_of_nothing_is_no_limit),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
