/* What a balancer says, as "The PROXY protocol, versions 1 & 2" has it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>

#include "net/proxy.h"

#define SIGNED "\r\n\r\n\0\r\nQUIT\n"
#define FROM_4 "\xc0\x00\x02\x07\xc6\x33\x64\x01\xc3\x50\x07\xad"
/* A name, a checksum made elsewhere, and something that means nothing. */
#define WITH_SUM                                                               \
    SIGNED "\x21\x11\x00\x1f" FROM_4 "\x01\x00\x06gemini"                      \
           "\x03\x00\x04\xbb\x25\xf3\x6a"                                      \
           "\x04\x00\x00"
#define HEADER(bytes) ((struct str){bytes, sizeof(bytes) - 1})

static void
assert_from(struct str header, const char *address, int port)
{
    struct proxy p = proxy_read(header);
    char z[INET6_ADDRSTRLEN] = "";
    struct sockaddr_in in;
    struct sockaddr_in6 in6;

    assert_int_equal(p.says, PROXY_FROM);
    assert_int_equal(p.size, header.n);
    memcpy(&in, &p.from, sizeof in);
    memcpy(&in6, &p.from, sizeof in6);
    if (p.from.ss_family == AF_INET)
        inet_ntop(AF_INET, &in.sin_addr, z, sizeof z);
    else
        inet_ntop(AF_INET6, &in6.sin6_addr, z, sizeof z);
    assert_string_equal(z, address);
    assert_int_equal(
        ntohs(p.from.ss_family == AF_INET ? in.sin_port : in6.sin6_port), port);
}

static void
the_address_behind_the_balancer_is_told(void **state)
{
    (void)state;
    assert_from(HEADER(SIGNED "\x21\x11\x00\x0c" FROM_4), "192.0.2.7", 50000);
    assert_from(HEADER(SIGNED "\x21\x21\x00\x24"
                              "\x20\x01\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\x07"
                              "\x20\x01\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\x01"
                              "\x12\x34\x07\xad"),
                "2001:db8::7", 0x1234);
}

static void
a_balancer_may_speak_for_itself(void **state)
{
    const struct str own[] = {
        HEADER(SIGNED "\x20\x00\x00\x00"),
        HEADER(SIGNED "\x20\x11\x00\x0c" FROM_4), /* not to be looked at */
        HEADER(SIGNED "\x20\xff\x00\x03\x03\xff\xff"),
        HEADER(SIGNED "\x21\x00\x00\x00"),
        HEADER(SIGNED "\x21\x00\x00\x03\x04\x00\x00"),
    };

    (void)state;
    for (size_t i = 0; i < sizeof own / sizeof *own; i++) {
        struct proxy p = proxy_read(own[i]);

        assert_int_equal(p.says, PROXY_OWN);
        assert_int_equal(p.size, own[i].n);
    }
}

static void
a_path_of_the_own_machine_is_no_address(void **state)
{
    char header[16 + 216] = SIGNED "\x21\x31\x00\xd8/run/one";

    (void)state;
    assert_int_equal(proxy_read((struct str){header, sizeof header}).says,
                     PROXY_OWN);
}

static void
a_right_checksum_is_taken(void **state)
{
    (void)state;
    assert_from(HEADER(WITH_SUM), "192.0.2.7", 50000);
}

static void
no_bit_may_be_wrong_under_a_checksum(void **state)
{
    char header[] = WITH_SUM;

    (void)state;
    for (size_t i = 0; i < 8 * (sizeof header - 1); i++) {
        struct proxy p;

        header[i / 8] = (char)(header[i / 8] ^ 1 << i % 8);
        p = proxy_read((struct str){header, sizeof header - 1});
        header[i / 8] = (char)(header[i / 8] ^ 1 << i % 8);
        /* Byte 37 says that it is a checksum at all. */
        if (p.says == PROXY_FROM && i / 8 != 37)
            fail_msg("bit %zu", i);
    }
}

static void
what_is_missing_is_waited_for_and_no_more(void **state)
{
    const struct str all = HEADER(WITH_SUM);

    (void)state;
    for (size_t n = 0; n < all.n; n++) {
        struct proxy p = proxy_read((struct str){all.p, n});

        assert_int_equal(p.says, PROXY_MORE);
        assert_int_equal(p.size, n < 16 ? 16 : all.n);
    }
    assert_int_equal(proxy_read(HEADER(WITH_SUM "\x16\x03\x01")).size, all.n);
}

static void
what_is_malformed_is_refused_with_its_reason(void **state)
{
    const struct {
        struct str header;
        const char *why;
    } cases[] = {
        {HEADER("PROXY TCP4 192.0.2.7 192.0.2.1 1 2\r\n"), "version 1"},
        {HEADER("P"), "version 1"},
        {HEADER("PROXx"), "no header"},
        {HEADER("\x16\x03\x01"), "no header"},
        {HEADER("\r\n\r\n\0\r\nQUIT\r"), "no header"},
        {HEADER("\r\r"), "no header"},
        {HEADER(SIGNED "\x11"), "another version"},
        {HEADER(SIGNED "\x31"), "another version"},
        {HEADER(SIGNED "\x22"), "unknown command"},
        {HEADER(SIGNED "\x2f"), "unknown command"},
        {HEADER(SIGNED "\x21\x11\x02\x09"), "longer than"},
        {HEADER(SIGNED "\x20\x00\xff\xff"), "longer than"},
        {HEADER(SIGNED "\x21\x12\x00\x0c" FROM_4), "kind of address"},
        {HEADER(SIGNED "\x21\x01\x00\x0c" FROM_4), "kind of address"},
        {HEADER(SIGNED "\x21\x41\x00\x0c" FROM_4), "kind of address"},
        {HEADER(SIGNED "\x21\x11\x00\x00"), "cut short"},
        {HEADER(SIGNED "\x21\x11\x00\x0b\0\0\0\0\0\0\0\0\0\0\0"), "cut short"},
        {HEADER(SIGNED "\x21\x21\x00\x0c" FROM_4), "cut short"},
        {HEADER(SIGNED "\x21\x31\x00\x0c" FROM_4), "cut short"},
        {HEADER(SIGNED "\x21\x11\x00\x0d" FROM_4 "\x04"), "add up"},
        {HEADER(SIGNED "\x21\x11\x00\x0e" FROM_4 "\x04\x00"), "add up"},
        {HEADER(SIGNED "\x21\x11\x00\x0f" FROM_4 "\x04\x00\x01"), "add up"},
        {HEADER(SIGNED "\x21\x11\x00\x10" FROM_4 "\x04\xff\xff\x01"), "add up"},
        {HEADER(SIGNED "\x21\x11\x00\x13" FROM_4 "\x03\x00\x04\0\0\0\0"),
         "add up"},
        {HEADER(SIGNED "\x21\x11\x00\x11" FROM_4 "\x03\x00\x02\0\0"), "add up"},
        {HEADER(SIGNED "\x21\x11\x00\x1a" FROM_4 "\x03\x00\x04\0\0\0\0"
                       "\x03\x00\x04\0\0\0\0"),
         "add up"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct proxy p = proxy_read(cases[i].header);

        if (p.says != PROXY_BAD || strstr(p.why, cases[i].why) == NULL)
            fail_msg("case %zu: %d, %s", i, (int)p.says, p.why);
    }
}

static void
the_longest_that_is_taken_has_536_bytes(void **state)
{
    char header[PROXY_MOST] = SIGNED "\x21\x11\x02\x08" FROM_4 "\x04\x01\xf9";

    (void)state;
    assert_from((struct str){header, sizeof header}, "192.0.2.7", 50000);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_address_behind_the_balancer_is_told),
        cmocka_unit_test(a_balancer_may_speak_for_itself),
        cmocka_unit_test(a_path_of_the_own_machine_is_no_address),
        cmocka_unit_test(a_right_checksum_is_taken),
        cmocka_unit_test(no_bit_may_be_wrong_under_a_checksum),
        cmocka_unit_test(what_is_missing_is_waited_for_and_no_more),
        cmocka_unit_test(what_is_malformed_is_refused_with_its_reason),
        cmocka_unit_test(the_longest_that_is_taken_has_536_bytes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
