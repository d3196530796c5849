#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <arpa/inet.h>
#include <netinet/in.h>

#include "net/network.h"

static bool
has(const char *network, const char *address)
{
    struct sockaddr_in6 in6 = {.sin6_family = AF_INET6};
    struct sockaddr_in in = {.sin_family = AF_INET};
    struct network n;

    assert_true(network_parse(str_of(network), &n));
    if (inet_pton(AF_INET, address, &in.sin_addr) == 1)
        return network_has(&n, (struct sockaddr *)&in);
    assert_int_equal(inet_pton(AF_INET6, address, &in6.sin6_addr), 1);
    return network_has(&n, (struct sockaddr *)&in6);
}

static void
an_address_is_in_the_networks_that_begin_like_it(void **state)
{
    static const struct {
        const char *network, *address;
        bool is_in;
    } cases[] = {
        {"127.0.0.1", "127.0.0.1", true},
        {"127.0.0.1", "127.0.0.2", false},
        {"127.0.0.1/32", "127.0.0.1", true},
        {"10.0.0.0/8", "10.255.255.255", true},
        {"10.0.0.0/8", "11.0.0.0", false},
        {"10.0.0.0/8", "9.255.255.255", false},
        {"172.16.0.0/12", "172.31.255.255", true},
        {"172.16.0.0/12", "172.32.0.0", false},
        {"192.0.2.6/31", "192.0.2.7", true},
        {"192.0.2.6/31", "192.0.2.8", false},
        {"0.0.0.0/0", "192.0.2.1", true},
        {"0.0.0.0/0", "2001:db8::1", false},
        {"::1", "::1", true},
        {"::1", "::2", false},
        {"fd00::/8", "fdff:ffff::1", true},
        {"fd00::/8", "fe00::1", false},
        {"2001:db8::/33", "2001:db8:7fff::", true},
        {"2001:db8::/33", "2001:db8:8000::", false},
        {"::/0", "2001:db8::1", true},
        {"::/0", "192.0.2.1", false},
        {"::/0", "::ffff:192.0.2.1", false},
        {"192.0.2.0/24", "::ffff:192.0.2.1", true},
        {"::ffff:192.0.2.0/120", "192.0.2.1", true},
        {"::ffff:192.0.2.0/120", "192.0.3.1", false},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (has(cases[i].network, cases[i].address) != cases[i].is_in)
            fail_msg("%s and %s", cases[i].network, cases[i].address);
}

static void
no_other_kind_of_socket_is_in_a_network(void **state)
{
    struct sockaddr here = {.sa_family = AF_UNIX};
    struct network n;

    (void)state;
    assert_true(network_parse(STR("0.0.0.0/0"), &n));
    assert_false(network_has(&n, &here));
    assert_true(network_parse(STR("::/0"), &n));
    assert_false(network_has(&n, &here));
}

static void
what_is_no_network_is_refused(void **state)
{
    static const char *const bad[] = {
        "",
        "/",
        "/8",
        "10.0.0.0/",
        "10.0.0.0/33",
        "10.0.0.0/-1",
        "10.0.0.0/+8",
        "10.0.0.0/8 ",
        "10.0.0.0/8/8",
        "10.0.0.1/8",
        "10.0.0",
        "10",
        "010.0.0.0.0",
        "localhost",
        "::1/129",
        "::1/127",
        "[::1]",
        "fe80::1%lo",
        "10.0.0.0/99999999999999999999",
        "1111:2222:3333:4444:5555:6666:7777:8888:99999"};
    struct network n;

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (network_parse(str_of(bad[i]), &n))
            fail_msg("taken: %s", bad[i]);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_address_is_in_the_networks_that_begin_like_it),
        cmocka_unit_test(no_other_kind_of_socket_is_in_a_network),
        cmocka_unit_test(what_is_no_network_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
