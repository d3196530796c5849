/* Too many visitors, for the site or for the system. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <sys/resource.h>

#include "tests/unit/guest.h"

#define ASK "gemini://one.example/x\r\n"
#define SAID "20 text/plain\r\n/x"

static void
assert_visit(const struct echo *echo, const char *line, const char *answer)
{
    struct guest g = guest_visit(echo, (struct wish){.version = 0}, line);

    assert_string_equal(g.got, answer);
    assert_true(g.is_ended);
    guest_close(&g);
}

/* The other side ends without an answer. */
static void
assert_cut(struct guest *g)
{
    char some[512]; /* a ticket may have come before */
    ssize_t n;

    errno = 0;
    while ((n = recv(g->fd, some, sizeof some, 0)) > 0)
        continue;
    assert_true(n == 0 || errno == ECONNRESET);
    guest_close(g);
}

static struct echo *
narrow(int connections)
{
    struct echo *echo = echo_new();

    echo->config.loops = 1;
    echo->config.connections = connections;
    echo->config.times.line = 10000;
    echo_start(echo);
    return echo;
}

static void
over_the_ceiling_the_oldest_idle_visit_makes_room(void **state)
{
    struct echo *echo = narrow(2);
    struct guest first = guest_in(echo, (struct wish){.version = 0}),
                 second = guest_in(echo, (struct wish){.version = 0});
    struct guest third = guest_in(echo, (struct wish){.version = 0});

    (void)state;
    assert_cut(&first);
    guest_ask(&second, ASK);
    guest_ask(&third, ASK);
    guest_finish(&second);
    guest_finish(&third);
    assert_string_equal(second.got, SAID);
    assert_string_equal(third.got, SAID);
    guest_close(&second);
    guest_close(&third);
    echo_stop(echo);
}

static void
over_the_ceiling_visits_at_work_stay_and_new_ones_go(void **state)
{
    struct echo *echo = narrow(1);
    struct guest at_work = guest_in(echo, (struct wish){.version = 0}), late;

    (void)state;
    guest_ask(&at_work, "gemini://one.example/held\r\n");
    echo_await(echo);
    late = guest_plain(echo);
    assert_cut(&late);
    echo_release(echo);
    guest_finish(&at_work);
    assert_string_equal(at_work.got, "20 text/plain\r\nlater");
    guest_close(&at_work);
    echo_stop(echo);
}

static void
out_of_descriptors_the_site_pauses_and_goes_on(void **state)
{
    struct echo *echo = echo_new();
    struct rlimit all, few;
    struct guest g;

    (void)state;
    echo->config.times.pause = 50;
    echo_start(echo);
    assert_visit(echo, ASK, SAID);
    assert_int_equal(getrlimit(RLIMIT_NOFILE, &all), 0);
    few = all;
    few.rlim_cur = 0; /* those that are open stay open */
    g = guest_open(echo, (struct wish){.version = 0});
    guest_close(&g);
    g = (struct guest){.port = net_port(echo->net, 0)};
    g.fd = socket(AF_INET, SOCK_STREAM, 0);
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &few), 0);
    {
        struct sockaddr_in to = {.sin_family = AF_INET,
                                 .sin_port = htons((uint16_t)g.port),
                                 .sin_addr = {htonl(INADDR_LOOPBACK)}};
        struct timeval moment = {0, 200000};
        char c;

        assert_int_equal(connect(g.fd, (struct sockaddr *)&to, sizeof to), 0);
        setsockopt(g.fd, SOL_SOCKET, SO_RCVTIMEO, &moment, sizeof moment);
        /* It waits in the queue, and nobody closes it. */
        assert_int_equal(recv(g.fd, &c, 1, 0), -1);
        assert_int_equal(errno, EAGAIN);
    }
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &all), 0);
    assert_visit(echo, ASK, SAID);
    guest_close(&g);
    echo_stop(echo);
}

static struct echo *
limited(struct limit_rule handshakes, struct limit_rule requests)
{
    struct echo *echo = echo_new();

    echo->config.loops = 1;
    echo->config.limits_loopback = true;
    echo->config.limits = (struct limit_rules){
        {[LIMIT_HANDSHAKE] = handshakes, [LIMIT_REQUEST] = requests}};
    echo_start(echo);
    return echo;
}

static void
too_many_requests_are_told_the_seconds(void **state)
{
    struct echo *echo =
        limited((struct limit_rule){0, 0}, (struct limit_rule){2, 1});
    struct guest g;

    (void)state;
    assert_visit(echo, ASK, SAID);
    assert_visit(echo, ASK, SAID);
    g = guest_visit(echo, (struct wish){.version = 0}, ASK);
    assert_memory_equal(g.got, "44 ", 3);
    assert_true(g.got[3] >= '1' && g.got[3] <= '9');
    assert_true(g.is_ended);
    guest_close(&g);
    echo_stop(echo);
}

static void
too_many_handshakes_are_cut(void **state)
{
    struct echo *echo =
        limited((struct limit_rule){2, 1}, (struct limit_rule){0, 0});
    struct guest g;

    (void)state;
    assert_visit(echo, ASK, SAID);
    assert_visit(echo, ASK, SAID);
    g = guest_plain(echo);
    assert_cut(&g);
    echo_stop(echo);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(over_the_ceiling_the_oldest_idle_visit_makes_room),
        cmocka_unit_test(over_the_ceiling_visits_at_work_stay_and_new_ones_go),
        cmocka_unit_test(out_of_descriptors_the_site_pauses_and_goes_on),
        cmocka_unit_test(too_many_requests_are_told_the_seconds),
        cmocka_unit_test(too_many_handshakes_are_cut),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
