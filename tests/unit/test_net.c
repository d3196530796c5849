/* The life of the network side: start, reload, stop. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>

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
        return;
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
    stalled = guest_in(echo, (struct wish){.version = 0});
    echo_stop(echo);
    guest_close(&stalled);
    assert_int_equal(descriptors(), before);
}

static X509 *
shown(const struct echo *echo)
{
    struct guest g = guest_in(echo, (struct wish){.version = 0});
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
    struct guest before = guest_in(echo, (struct wish){.version = 0});
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

static void
stop_now(void *arg)
{
    net_stop(arg);
}

static void
a_stop_lets_the_visits_under_way_end(void **state)
{
    struct echo *echo = *state;
    struct guest waits = guest_in(echo, (struct wish){.version = 0}),
                 asks = guest_in(echo, (struct wish){.version = 0});
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
    silent = guest_in(echo, (struct wish){.version = 0});
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
    g = guest_in(echo, (struct wish){.version = 0});
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
        ON_SITE(a_stop_lets_the_visits_under_way_end),
        cmocka_unit_test(a_stop_does_not_wait_long_for_the_silent),
        cmocka_unit_test(a_job_that_comes_home_after_the_stop_does_no_harm),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
