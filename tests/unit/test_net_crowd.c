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
        .of = {[LIMIT_HANDSHAKE] = handshakes, [LIMIT_REQUEST] = requests},
        .crowd = 2};
    echo_start(echo);
    return echo;
}

static void
assert_44(struct guest *g)
{
    size_t n = strspn(g->got + 3, "0123456789");

    assert_memory_equal(g->got, "44 ", 3);
    assert_true(n > 0 && g->got[3] != '0');
    assert_string_equal(g->got + 3 + n, "\r\n");
    assert_true(g->is_ended);
    assert_false(g->is_reset);
    guest_close(g);
}

static void
assert_told_to_wait(const struct echo *echo, struct wish wish, const char *line)
{
    struct guest g = guest_visit(echo, wish, line);

    assert_44(&g);
}

static void
too_many_requests_are_told_the_seconds(void **state)
{
    struct echo *echo =
        limited((struct limit_rule){0, 0}, (struct limit_rule){2, 1});

    (void)state;
    assert_visit(echo, ASK, SAID);
    assert_visit(echo, ASK, SAID);
    assert_told_to_wait(echo, (struct wish){.version = 0}, ASK);
    echo_stop(echo);
}

static void
too_many_handshakes_are_told_so_and_then_cut(void **state)
{
    struct echo *echo =
        limited((struct limit_rule){2, 1}, (struct limit_rule){0, 0});
    struct guest g;

    (void)state;
    for (int i = 0; i < 2; i++)
        assert_visit(echo, ASK, SAID);
    for (int i = 0; i < 2; i++)
        assert_told_to_wait(echo, (struct wish){.version = 0}, ASK);
    g = guest_plain(echo);
    assert_cut(&g);
    echo_stop(echo);
}

static struct identity
identity_of(const char *name)
{
    struct issue want = {.name = str_of(name),
                         .not_before = clock_now() - DAY,
                         .not_after = clock_now() + DAY};
    struct identity made;

    assert_int_equal(issue_make(&want, &made), OK);
    return made;
}

static void
a_certificate_behind_a_busy_address_has_its_own_share(void **state)
{
    struct echo *echo =
        limited((struct limit_rule){6, 1}, (struct limit_rule){2, 1});
    struct identity ana = identity_of("ana"), bob = identity_of("bob");
    struct wish as_ana = {.identity = &ana}, as_bob = {.identity = &bob};

    (void)state;
    for (int i = 0; i < 2; i++)
        guest_assert(guest_visit(echo, as_ana, ASK), SAID);
    assert_told_to_wait(echo, as_ana, ASK);
    assert_told_to_wait(echo, as_ana, ASK);
    for (int i = 0; i < 2; i++)
        guest_assert(guest_visit(echo, as_bob, ASK), SAID);
    identity_release(&ana);
    identity_release(&bob);
    echo_stop(echo);
}

static void
an_address_has_no_more_by_more_certificates(void **state)
{
    struct echo *echo =
        limited((struct limit_rule){0, 0}, (struct limit_rule){2, 1});

    (void)state;
    for (int i = 0; i < 6; i++) {
        struct identity fresh = identity_of("fresh");
        struct wish as_fresh = {.identity = &fresh};

        if (i < 4)
            guest_assert(guest_visit(echo, as_fresh, ASK), SAID);
        else
            assert_told_to_wait(echo, as_fresh, ASK);
        identity_release(&fresh);
    }
    echo_stop(echo);
}

/* So many at once, of one visitor; an address has three times that. */
static struct echo *
held(int connections, int uploads)
{
    struct echo *echo = echo_new();

    echo->config.loops = 1;
    echo->config.limits_loopback = true;
    echo->config.times.line = echo->config.times.body = 10000;
    echo->config.limits = (struct limit_rules){
        .most = {[LIMIT_CONNECTION] = connections, [LIMIT_UPLOAD] = uploads},
        .crowd = 3};
    echo_start(echo);
    return echo;
}

static void
too_many_at_once_are_told_the_seconds(void **state)
{
    struct echo *echo = held(1, 0);
    struct identity ana = identity_of("ana"), bob = identity_of("bob");
    struct wish as_ana = {.identity = &ana}, as_bob = {.identity = &bob};
    struct guest first = guest_in(echo, as_ana), g;

    (void)state;
    guest_ask(&first, "gemini://one.example/held\r\n");
    echo_await(echo);
    assert_told_to_wait(echo, as_ana, ASK);
    guest_assert(guest_visit(echo, as_bob, ASK), SAID);
    guest_assert(guest_visit(echo, (struct wish){.version = 0}, ASK), SAID);
    echo_release(echo);
    guest_finish(&first);
    guest_close(&first);
    g = guest_in(echo, as_ana);
    guest_close(&g);
    identity_release(&ana);
    identity_release(&bob);
    echo_stop(echo);
}

#define UPLOAD "titan://one.example/x;size=3\r\n"

/* Its body is to come. There is one loop, so whoever comes next is answered
 * after this line. */
static struct guest
upload_begin(struct echo *echo, struct wish wish)
{
    struct guest g = guest_in(echo, wish);

    guest_ask(&g, UPLOAD);
    return g;
}

static void
too_many_uploads_are_refused_before_they_came(void **state)
{
    struct echo *echo = held(0, 1);
    struct identity ana = identity_of("ana"), bob = identity_of("bob");
    struct wish as_ana = {.identity = &ana}, as_bob = {.identity = &bob};
    struct guest first, second;

    (void)state;
    first = upload_begin(echo, as_ana);
    second = upload_begin(echo, as_ana);
    guest_finish(&second);
    assert_44(&second);
    guest_assert(guest_visit(echo, as_bob, UPLOAD "abc"),
                 "20 text/plain\r\nabc");
    guest_send(&first, "abc", 3);
    guest_finish(&first);
    guest_assert(first, "20 text/plain\r\nabc");
    guest_assert(guest_visit(echo, as_ana, UPLOAD "abc"),
                 "20 text/plain\r\nabc");
    identity_release(&ana);
    identity_release(&bob);
    echo_stop(echo);
}

static void
an_upload_that_ends_in_any_way_makes_room(void **state)
{
    struct echo *echo = held(0, 1);
    struct wish wish = {.version = 0};
    struct guest g;

    (void)state;
    g = upload_begin(echo, wish);
    guest_send(&g, "ab", 2);
    shutdown(g.fd, SHUT_WR);
    guest_finish(&g);
    guest_assert(g, "59 timeout\r\n");
    guest_assert(guest_visit(echo, wish, "titan://one.example/x;size=0\r\n"),
                 "20 text/plain\r\n");
    guest_assert(
        guest_visit(echo, wish, "titan://one.example/x;size=999999\r\n"),
        "59 upload-size\r\n");
    guest_assert(guest_visit(echo, wish, UPLOAD "abc"), "20 text/plain\r\nabc");
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
        cmocka_unit_test(too_many_handshakes_are_told_so_and_then_cut),
        cmocka_unit_test(a_certificate_behind_a_busy_address_has_its_own_share),
        cmocka_unit_test(an_address_has_no_more_by_more_certificates),
        cmocka_unit_test(too_many_at_once_are_told_the_seconds),
        cmocka_unit_test(too_many_uploads_are_refused_before_they_came),
        cmocka_unit_test(an_upload_that_ends_in_any_way_makes_room),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
