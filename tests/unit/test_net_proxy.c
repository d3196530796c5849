/* Visitors who come through a balancer, and those who say they do. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <netinet/tcp.h>

#include "tests/unit/guest.h"

#define ASK "gemini://one.example/x\r\n"
#define SAID "20 text/plain\r\n/x"

#define SIGNED "\r\n\r\n\0\r\nQUIT\n"
#define HEADER(bytes) ((struct str){bytes, sizeof(bytes) - 1})
/* From 192.0.2.7 and 192.0.2.8, and for itself. */
#define SEVEN HEADER(SIGNED "\x21\x11\0\x0c\xc0\0\2\7\x7f\0\0\1\xc3\x50\7\xad")
#define EIGHT HEADER(SIGNED "\x21\x11\0\x0c\xc0\0\2\x8\x7f\0\0\1\xc3\x50\7\xad")
#define ITSELF HEADER(SIGNED "\x20\0\0\0")

static struct echo *
behind(const char *balancer)
{
    struct echo *echo = echo_new();

    echo->config.loops = 1;
    assert_true(network_parse(str_of(balancer), &echo->config.balancer[0]));
    echo->config.balancers = 1;
    return echo;
}

/* flags: MSG_MORE has it leave together with what comes next. */
static struct guest
guest_behind(const struct echo *echo, struct str header, int flags)
{
    struct guest g = guest_open(echo, (struct wish){.version = 0});

    assert_int_equal(send(g.fd, header.p, header.n, flags | MSG_NOSIGNAL),
                     header.n);
    return g;
}

static struct guest
visit_behind(const struct echo *echo, struct str header, int flags)
{
    struct guest g = guest_behind(echo, header, flags);

    assert_true(guest_shake(&g));
    guest_ask(&g, ASK);
    guest_finish(&g);
    return g;
}

/* It ends, and not one byte has come. */
static void
assert_cut_without_a_byte(struct guest *g)
{
    char c;

    errno = 0;
    assert_true(recv(g->fd, &c, 1, 0) == 0 || errno == ECONNRESET);
    guest_close(g);
}

static void
a_visitor_behind_a_balancer_is_served(void **state)
{
    struct echo *echo = behind("127.0.0.0/8");

    (void)state;
    echo_start(echo);
    guest_assert(visit_behind(echo, SEVEN, 0), SAID);
    guest_assert(visit_behind(echo, SEVEN, MSG_MORE), SAID);
    guest_assert(visit_behind(echo, ITSELF, 0), SAID);
    echo_stop(echo);
}

static void
a_header_may_come_byte_by_byte(void **state)
{
    struct echo *echo = behind("127.0.0.1");
    struct guest g;
    int one = 1;

    (void)state;
    echo->config.times.handshake = 10000;
    echo_start(echo);
    g = guest_open(echo, (struct wish){.version = 0});
    setsockopt(g.fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    for (size_t i = 0; i < SEVEN.n; i++)
        assert_int_equal(send(g.fd, SEVEN.p + i, 1, MSG_NOSIGNAL), 1);
    assert_true(guest_shake(&g));
    guest_ask(&g, ASK);
    guest_finish(&g);
    guest_assert(g, SAID);
    echo_stop(echo);
}

static void
limits_count_for_the_visitor_and_not_for_the_balancer(void **state)
{
    struct echo *echo = behind("127.0.0.1");
    struct guest g;

    (void)state;
    echo->config.limits.of[LIMIT_REQUEST] = (struct limit_rule){2, 1};
    echo->config.limits.crowd = 1;
    echo_start(echo);
    for (int i = 0; i < 2; i++)
        guest_assert(visit_behind(echo, SEVEN, 0), SAID);
    g = visit_behind(echo, SEVEN, 0);
    assert_memory_equal(g.got, "44 ", 3);
    guest_close(&g);
    guest_assert(visit_behind(echo, EIGHT, 0), SAID);
    echo_stop(echo);
}

static void
who_is_too_fast_behind_a_balancer_is_cut_alone(void **state)
{
    struct echo *echo = behind("127.0.0.1");
    struct guest g;

    (void)state;
    echo->config.limits.of[LIMIT_HANDSHAKE] = (struct limit_rule){2, 1};
    echo->config.limits.crowd = 1;
    echo_start(echo);
    for (int i = 0; i < 2; i++)
        guest_assert(visit_behind(echo, SEVEN, 0), SAID);
    g = guest_behind(echo, SEVEN, 0);
    assert_cut_without_a_byte(&g);
    guest_assert(visit_behind(echo, EIGHT, 0), SAID);
    echo_stop(echo);
}

/* One who carries a certificate from one network to the next. */
static void
a_certificate_has_one_share_from_all_addresses(void **state)
{
    struct echo *echo = behind("127.0.0.1");
    struct issue want = {.name = STR("ana"),
                         .not_before = clock_now() - DAY,
                         .not_after = clock_now() + DAY};
    const struct str from[] = {SEVEN, EIGHT, SEVEN};
    struct identity ana;

    (void)state;
    assert_int_equal(issue_make(&want, &ana), OK);
    echo->config.limits.of[LIMIT_REQUEST] = (struct limit_rule){2, 1};
    echo->config.limits.crowd = 5;
    echo_start(echo);
    for (int i = 0; i < 3; i++) {
        struct guest g = guest_open(echo, (struct wish){.identity = &ana});

        assert_int_equal(send(g.fd, from[i].p, from[i].n, MSG_NOSIGNAL),
                         from[i].n);
        assert_true(guest_shake(&g));
        guest_ask(&g, ASK);
        guest_finish(&g);
        assert_memory_equal(g.got, i < 2 ? "20 " : "44 ", 3);
        guest_close(&g);
    }
    guest_assert(visit_behind(echo, EIGHT, 0), SAID);
    identity_release(&ana);
    echo_stop(echo);
}

/* What a balancer does not say for anybody counts for itself. */
static void
a_balancer_that_speaks_for_itself_has_its_own_limits(void **state)
{
    struct echo *echo = behind("127.0.0.1");
    struct guest g;

    (void)state;
    echo->config.limits_loopback = true;
    echo->config.limits.of[LIMIT_HANDSHAKE] = (struct limit_rule){2, 1};
    echo->config.limits.crowd = 1;
    echo_start(echo);
    for (int i = 0; i < 2; i++)
        guest_assert(visit_behind(echo, ITSELF, 0), SAID);
    g = guest_behind(echo, ITSELF, 0);
    assert_cut_without_a_byte(&g);
    guest_assert(visit_behind(echo, SEVEN, 0), SAID);
    echo_stop(echo);
}

static void
a_balancer_without_a_header_is_cut_without_a_byte(void **state)
{
    const struct str said[] = {
        HEADER("PROXY TCP4 192.0.2.7 127.0.0.1 50000 1965\r\n"),
        HEADER("\x16\x03\x01\x00\x05"),
        HEADER("\x15\x03\x03\x00\x02\x02\x28"),
        HEADER("gemini://one.example/x\r\n"),
        HEADER(SIGNED "\x31\x11\0\x0c"),
        HEADER(SIGNED "\x22\x11\0\x0c"),
        HEADER(SIGNED "\x21\x11\xff\xff"),
        HEADER(SIGNED "\x21\x12\0\x0c\xc0\0\2\7\x7f\0\0\1\xc3\x50\7\xad"),
        HEADER(SIGNED "\x21\x11\0\4\xc0\0\2\7"),
        HEADER(SIGNED "\x21\x11\0\x13\xc0\0\2\7\x7f\0\0\1\xc3\x50\7\xad"
                      "\3\0\4\0\0\0\0"),
    };
    struct echo *echo = behind("127.0.0.1");

    (void)state;
    echo->config.times.handshake = 10000;
    echo_start(echo);
    for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
        struct guest g = guest_behind(echo, said[i], 0);

        assert_cut_without_a_byte(&g);
    }
    guest_assert(visit_behind(echo, SEVEN, 0), SAID);
    echo_stop(echo);
}

static void
a_header_that_stays_half_is_cut_at_its_deadline(void **state)
{
    struct echo *echo = behind("127.0.0.1");
    struct guest g;

    (void)state;
    echo_start(echo);
    for (size_t n = 0; n < SEVEN.n; n += 9) {
        g = guest_behind(echo, (struct str){SEVEN.p, n}, 0);
        assert_cut_without_a_byte(&g);
    }
    echo_stop(echo);
}

static void
a_balancer_that_leaves_in_the_middle_is_forgotten(void **state)
{
    struct echo *echo = behind("127.0.0.1");
    struct guest g;

    (void)state;
    echo->config.times.handshake = 60000;
    echo_start(echo);
    for (size_t n = 0; n < SEVEN.n; n++) {
        g = guest_behind(echo, (struct str){SEVEN.p, n}, 0);
        if (n % 2 == 0) {
            shutdown(g.fd, SHUT_WR);
            assert_cut_without_a_byte(&g);
        }
        guest_vanish(&g);
    }
    guest_assert(visit_behind(echo, SEVEN, 0), SAID);
    echo_stop(echo);
}

/* Who is not named as a balancer does not get to choose an address. */
static void
a_header_from_elsewhere_is_not_believed(void **state)
{
    struct echo *echo = behind("192.0.2.0/24");
    struct guest g;

    (void)state;
    echo_start(echo);
    g = guest_behind(echo, SEVEN, 0);
    assert_false(guest_shake(&g));
    guest_close(&g);
    guest_assert(guest_visit(echo, (struct wish){.version = 0}, ASK), SAID);
    echo_stop(echo);
}

static void
without_a_balancer_no_header_is_believed(void **state)
{
    struct guest g = guest_behind(*state, SEVEN, 0);

    assert_false(guest_shake(&g));
    guest_close(&g);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_visitor_behind_a_balancer_is_served),
        cmocka_unit_test(a_header_may_come_byte_by_byte),
        cmocka_unit_test(limits_count_for_the_visitor_and_not_for_the_balancer),
        cmocka_unit_test(who_is_too_fast_behind_a_balancer_is_cut_alone),
        cmocka_unit_test(a_certificate_has_one_share_from_all_addresses),
        cmocka_unit_test(a_balancer_that_speaks_for_itself_has_its_own_limits),
        cmocka_unit_test(a_balancer_without_a_header_is_cut_without_a_byte),
        cmocka_unit_test(a_header_that_stays_half_is_cut_at_its_deadline),
        cmocka_unit_test(a_balancer_that_leaves_in_the_middle_is_forgotten),
        cmocka_unit_test(a_header_from_elsewhere_is_not_believed),
        cmocka_unit_test_setup_teardown(
            without_a_balancer_no_header_is_believed, echo_setup,
            echo_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
