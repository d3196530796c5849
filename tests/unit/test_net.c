/* The life of the network side: start, reload, ceilings, limits, stop. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <sys/resource.h>

#include "tests/unit/echo.h"

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

static struct guest
shaken(const struct echo *echo)
{
    struct guest g = guest_open(echo, (struct wish){.version = 0});

    assert_true(guest_shake(&g));
    return g;
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

static int
descriptors(void)
{
    DIR *dir = opendir("/proc/self/fd");
    int n = 0;

    while (readdir(dir) != NULL)
        n++;
    closedir(dir);
    return n;
}

static void
start_fails(const char *listen, const char *words)
{
    struct echo *echo = echo_new();
    const struct service service = {.site = echo,
                                    .begin = echo_begin,
                                    .admit = echo_admit,
                                    .serve = echo_serve,
                                    .end = echo_end};
    char why[NET_WHY] = "";
    struct net *net;
    int before;

    assert_int_equal(context_new(&echo->identity[0], NULL, 0, &echo->tls), OK);
    before = descriptors();
    echo->listen[1] = str_of(listen);
    echo->config.listens = 2;
    echo->config.tls = echo->tls;
    assert_int_equal(net_start(&echo->config, &service, &net, why), E_IO);
    assert_null(net);
    assert_non_null(strstr(why, listen));
    assert_non_null(strstr(why, words));
    assert_int_equal(descriptors(), before);
    echo_stop(echo);
}

static void
a_port_in_use_stops_the_start_and_is_named(void **state)
{
    struct echo *echo = *state;
    char listen[32];

    snprintf(listen, sizeof listen, "127.0.0.1:%d", net_port(echo->net, 0));
    start_fails(listen, "Address already in use");
    assert_visit(echo, ASK, SAID);
}

static void
an_address_that_is_none_stops_the_start_and_is_named(void **state)
{
    static const char *const bad[] = {
        "127.0.0.1",      "127.0.0.1:",  "127.0.0.1:x", "127.0.0.1:65536",
        "::1:1965",       "[::1]",       ":1965",       "[::1:1965",
        "localhost:1965", "300.0.0.1:1", "[]:1965"};

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        start_fails(bad[i], "must be ADDR:PORT");
    start_fails("192.0.2.1:1965", "Cannot assign");
}

static void *
no_begin(void *site, struct mailbox *home)
{
    (void)site, (void)home;
    return NULL;
}

static void
a_site_that_can_not_begin_stops_the_start(void **state)
{
    struct echo *echo = *state;
    struct service service = {.begin = no_begin};
    struct net *net;
    int before = descriptors();
    char why[NET_WHY];

    assert_int_equal(net_start(&echo->config, &service, &net, why), E_IO);
    assert_int_equal(descriptors(), before);
}

static void
both_families_are_served_at_ports_of_their_own(void **state)
{
    struct echo *echo = echo_new();
    struct sockaddr_in6 to = {.sin6_family = AF_INET6,
                              .sin6_addr = IN6ADDR_LOOPBACK_INIT};
    int fd = socket(AF_INET6, SOCK_STREAM, 0);
    struct guest g;

    (void)state;
    if (fd < 0 || bind(fd, (struct sockaddr *)&to, sizeof to) != 0) {
        echo_stop(echo);
        skip(); /* no IPv6 here */
    }
    close(fd);
    echo->config.listens = 2;
    echo_start(echo);
    assert_visit(echo, ASK, SAID);
    g = guest_open(echo, (struct wish){.version = 0});
    close(g.fd);
    g.fd = socket(AF_INET6, SOCK_STREAM, 0);
    to.sin6_port = htons((uint16_t)net_port(echo->net, 1));
    assert_int_equal(connect(g.fd, (struct sockaddr *)&to, sizeof to), 0);
    SSL_set_fd(g.ssl, g.fd);
    g.port = net_port(echo->net, 1);
    assert_true(guest_shake(&g));
    guest_ask(&g, "gemini://one.example:%d/x\r\n");
    guest_finish(&g);
    assert_string_equal(g.got, SAID);
    guest_close(&g);
    echo_stop(echo);
}

static void
nothing_stays_open_after_the_end(void **state)
{
    int before = descriptors();
    struct echo *echo = echo_new();
    struct guest stalled;

    (void)state;
    echo->config.times.stop = 50;
    echo_start(echo);
    assert_visit(echo, ASK, SAID);
    stalled = shaken(echo);
    echo_stop(echo);
    guest_close(&stalled);
    assert_int_equal(descriptors(), before);
}

static X509 *
shown(const struct echo *echo)
{
    struct guest g = shaken(echo);
    X509 *cert = SSL_get1_peer_certificate(g.ssl);

    guest_close(&g);
    return cert;
}

/* Mail takes a moment; each loop has read its own once all have shown it. */
static void
reload_until_shown(struct echo *echo, struct context *tls, const X509 *want)
{
    const struct names names = {.host = &echo_host[1], .hosts = 1};

    assert_int_equal(net_reload(echo->net, &names, tls), OK);
    for (int same = 0; same < 16; same++) {
        X509 *cert = shown(echo);

        if (X509_cmp(cert, want) != 0)
            same = -1;
        X509_free(cert);
    }
}

static void
a_reload_is_for_those_who_come_after_it(void **state)
{
    struct echo *echo = *state;
    struct guest before = shaken(echo);
    struct context *tls;
    struct guest g;

    assert_int_equal(context_new(&echo->identity[1], NULL, 0, &tls), OK);
    guest_ask(&before, "gemini://one.example/he");
    reload_until_shown(echo, tls, echo->identity[1].cert);
    context_free(tls);

    guest_ask(&before, "re\r\n");
    guest_finish(&before);
    assert_string_equal(before.got, "20 text/plain\r\n/here");
    guest_close(&before);
    g = guest_visit(echo, (struct wish){.name = "two.example"},
                    "gemini://two.example:%d/x\r\n");
    assert_string_equal(g.got, SAID);
    guest_close(&g);
    g = guest_visit(echo, (struct wish){.name = "one.example"}, ASK);
    assert_string_equal(g.got, "53 foreign\r\n");
    guest_close(&g);
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
    struct guest first = shaken(echo), second = shaken(echo);
    struct guest third = shaken(echo);

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
    struct guest at_work = shaken(echo), late;

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
    assert_in_range(atoi(g.got + 3), 1, 60);
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

static void
stop_now(void *arg)
{
    net_stop(arg);
}

static void
a_stop_lets_the_visits_under_way_end(void **state)
{
    struct echo *echo = *state;
    struct guest waits = shaken(echo), asks = shaken(echo);
    struct thread_handle *stop;

    guest_ask(&waits, "gemini://one.example/held\r\n");
    echo_await(echo);
    guest_ask(&asks, "gemini://one.ex");
    stop = thread_start("stop", stop_now, echo->net);
    guest_ask(&asks, "ample/x\r\n");
    guest_finish(&asks);
    assert_string_equal(asks.got, SAID);
    echo_release(echo);
    guest_finish(&waits);
    assert_string_equal(waits.got, "20 text/plain\r\nlater");
    thread_join(stop);
    guest_close(&waits);
    guest_close(&asks);
}

static void
a_stop_does_not_wait_long_for_the_silent(void **state)
{
    struct echo *echo = echo_new();
    struct guest silent, asleep;
    int64_t before;

    (void)state;
    echo->config.times.line = echo->config.times.handshake = 60000;
    echo->config.times.stop = 100;
    echo_start(echo);
    silent = shaken(echo);
    asleep = guest_plain(echo);
    before = clock_ticks();
    net_stop(echo->net);
    assert_in_range(clock_ticks() - before, 90, 5000);
    assert_cut(&silent);
    assert_cut(&asleep);
    echo_stop(echo);
}

static void
a_job_that_comes_home_after_the_stop_does_no_harm(void **state)
{
    struct echo *echo = echo_new();
    struct guest g;

    (void)state;
    echo->config.times.stop = 20;
    echo_start(echo);
    g = shaken(echo);
    guest_ask(&g, "gemini://one.example/held\r\n");
    echo_await(echo);
    net_stop(echo->net);
    echo_release(echo);
    echo_stop(echo);
    guest_close(&g);
}

#define ON_SITE(test)                                                          \
    cmocka_unit_test_setup_teardown(test, echo_setup, echo_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        ON_SITE(a_port_in_use_stops_the_start_and_is_named),
        cmocka_unit_test(an_address_that_is_none_stops_the_start_and_is_named),
        ON_SITE(a_site_that_can_not_begin_stops_the_start),
        cmocka_unit_test(both_families_are_served_at_ports_of_their_own),
        cmocka_unit_test(nothing_stays_open_after_the_end),
        ON_SITE(a_reload_is_for_those_who_come_after_it),
        cmocka_unit_test(over_the_ceiling_the_oldest_idle_visit_makes_room),
        cmocka_unit_test(over_the_ceiling_visits_at_work_stay_and_new_ones_go),
        cmocka_unit_test(out_of_descriptors_the_site_pauses_and_goes_on),
        cmocka_unit_test(too_many_requests_are_told_the_seconds),
        cmocka_unit_test(too_many_handshakes_are_cut),
        ON_SITE(a_stop_lets_the_visits_under_way_end),
        cmocka_unit_test(a_stop_does_not_wait_long_for_the_silent),
        cmocka_unit_test(a_job_that_comes_home_after_the_stop_does_no_harm),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
