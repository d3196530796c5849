/* The edges of a handshake and of a request line. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/guest.h"

#define ASK "gemini://one.example:%d/x\r\n"
#define SAID "20 text/plain\r\n/x"

static void
both_versions_get_an_answer_and_a_goodbye(void **state)
{
    guest_assert(
        guest_visit(*state, (struct wish){.version = TLS1_2_VERSION}, ASK),
        SAID);
    guest_assert(
        guest_visit(*state, (struct wish){.version = TLS1_3_VERSION}, ASK),
        SAID);
}

static void
an_older_version_gets_no_handshake(void **state)
{
    struct guest g = guest_open(*state, (struct wish){.version = 0});

    SSL_set_min_proto_version(g.ssl, TLS1_VERSION);
    SSL_set_max_proto_version(g.ssl, TLS1_1_VERSION);
    assert_false(guest_shake(&g));
    assert_int_equal(ERR_GET_REASON(ERR_peek_error()),
                     SSL_R_TLSV1_ALERT_PROTOCOL_VERSION);
    guest_close(&g);
}

static void
plain_text_gets_no_plain_answer(void **state)
{
    static const char *const lines[] = {"gemini://one.example/\r\n",
                                        "GET / HTTP/1.0\r\n\r\n", "\r\n",
                                        "\x16\x03\x01\x00\x05hello"};

    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        struct guest g = guest_plain(*state);
        char text[64];
        ssize_t n;

        assert_true(send(g.fd, lines[i], strlen(lines[i]), 0) > 0);
        n = recv(g.fd, text, sizeof text, 0);
        assert_true(n == 0 || (n > 0 && text[0] == 0x15)); /* an alert */
        guest_close(&g);
    }
}

static void
more_than_a_line_can_hold_is_refused_at_once(void **state)
{
    struct echo *echo = *state;
    struct guest g = guest_in(echo, (struct wish){.version = 0});
    char line[1027];
    int64_t before = clock_ticks();

    memset(line, 'a', sizeof line);
    guest_send(&g, line, sizeof line);
    guest_finish(&g);
    assert_true(clock_ticks() - before < echo->config.times.line);
    guest_assert(g, "59 url-too-long\r\n");
}

static struct guest
visit_of_length(const struct echo *echo, size_t url)
{
    struct guest g = guest_in(echo, (struct wish){.version = 0});
    char line[1100];
    int n = snprintf(line, sizeof line, "gemini://one.example:%d/", g.port);

    memset(line + n, 'a', sizeof line - (size_t)n);
    memcpy(line + url, "\r\n", 2);
    guest_send(&g, line, url + 2);
    guest_finish(&g);
    return g;
}

static void
a_url_may_have_1024_bytes_and_no_more(void **state)
{
    struct guest g = visit_of_length(*state, 1024);

    assert_memory_equal(g.got, "20 ", 3);
    guest_close(&g);
    guest_assert(visit_of_length(*state, 1025), "59 url-too-long\r\n");
}

static void
a_line_that_never_ends_is_answered_when_its_time_is_over(void **state)
{
    static const char *const lines[] = {
        "gemini://one.example/\n", "gemini://one.example/\r",
        "gemini://one.example/", "gemini://one.example/\n\n\n"};
    struct echo *echo = *state;

    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        int64_t before = clock_ticks();
        struct guest g =
            guest_visit(echo, (struct wish){.version = 0}, lines[i]);

        assert_true(clock_ticks() - before >= echo->config.times.line - 10);
        guest_assert(g, "59 timeout\r\n");
    }
}

static void
silence_after_the_handshake_ends_in_a_timeout(void **state)
{
    guest_assert(guest_visit(*state, (struct wish){.version = 0}, ""),
                 "59 timeout\r\n");
}

static void
silence_before_the_handshake_ends_the_visit(void **state)
{
    struct guest g = guest_plain(*state);
    char c;

    assert_int_equal(recv(g.fd, &c, 1, 0), 0);
    guest_close(&g);
}

static void
drops_do_not_stretch_the_time_for_a_line(void **state)
{
    struct echo *echo = *state;
    struct guest g = guest_in(echo, (struct wish){.version = 0});
    struct timeval drop = {0, 20000};
    int64_t before = clock_ticks();
    char c;

    /* A byte whenever nothing has come for a moment, until something does. */
    setsockopt(g.fd, SOL_SOCKET, SO_RCVTIMEO, &drop, sizeof drop);
    while (recv(g.fd, &c, 1, MSG_PEEK) < 0 && clock_ticks() - before < 5000)
        guest_send(&g, "a", 1);
    assert_true(clock_ticks() - before < 3 * echo->config.times.line);
    guest_close(&g);
}

static void
a_line_may_come_a_byte_a_record(void **state)
{
    struct guest g = guest_in(*state, (struct wish){.version = 0});
    char line[64];
    int n = snprintf(line, sizeof line, ASK, g.port);

    for (int i = 0; i < n; i++)
        guest_send(&g, line + i, 1);
    guest_finish(&g);
    guest_assert(g, SAID);
}

static void
what_follows_a_line_is_ignored(void **state)
{
    guest_assert(guest_visit(*state, (struct wish){.version = 0}, ASK "extra"),
                 SAID);
    guest_assert(guest_visit(*state, (struct wish){.version = 0},
                             ASK "gemini://one.example/y\r\n"),
                 SAID);
}

static void
much_that_follows_a_line_does_not_destroy_the_answer(void **state)
{
    struct guest g = guest_in(*state, (struct wish){.version = 0});
    char extra[16000];

    memset(extra, 'a', sizeof extra);
    guest_ask(&g, ASK);
    for (int i = 0; i < 20; i++)
        guest_send(&g, extra, sizeof extra);
    guest_finish(&g);
    guest_assert(g, SAID);
}

static void
a_nul_is_for_the_parser_to_judge(void **state)
{
    struct guest g = guest_in(*state, (struct wish){.version = 0});

    guest_send(&g, "gemini://one.example/\0x\r\n", 25);
    guest_finish(&g);
    guest_assert(g, "59 malformed\r\n");
}

static void
another_host_is_foreign(void **state)
{
    guest_assert(guest_visit(*state, (struct wish){.version = 0},
                             "gemini://elsewhere.example/\r\n"),
                 "53 foreign\r\n");
}

static void
the_name_of_the_handshake_and_of_the_url_have_to_agree(void **state)
{
    guest_assert(guest_visit(*state, (struct wish){.name = "two.example"}, ASK),
                 "53 foreign\r\n");
    guest_assert(guest_visit(*state, (struct wish){.name = ""}, ASK), SAID);
}

static void
the_port_has_to_be_ours(void **state)
{
    guest_assert(guest_visit(*state, (struct wish){.version = 0},
                             "gemini://one.example:1/\r\n"),
                 "53 foreign\r\n");
}

static void
a_stalled_visitor_holds_up_nobody(void **state)
{
    struct guest stalled[8];

    for (int i = 0; i < 8; i++) {
        stalled[i] = guest_in(*state, (struct wish){.version = 0});
        guest_ask(&stalled[i], "gemini://one");
    }
    guest_assert(guest_visit(*state, (struct wish){.version = 0}, ASK), SAID);
    for (int i = 0; i < 8; i++)
        guest_close(&stalled[i]);
}

static void
a_half_closed_visitor_still_gets_it_all(void **state)
{
    static const int versions[] = {TLS1_2_VERSION, TLS1_3_VERSION};

    for (int i = 0; i < 4; i++) {
        struct guest g =
            guest_in(*state, (struct wish){.version = versions[i % 2]});

        guest_ask(&g, ASK);
        if (i < 2)
            SSL_shutdown(g.ssl);
        shutdown(g.fd, SHUT_WR);
        guest_finish(&g);
        guest_assert(g, SAID);
    }
}

static void
half_a_line_and_an_end_is_refused_in_words(void **state)
{
    struct guest g = guest_in(*state, (struct wish){.version = 0});

    guest_ask(&g, "gemini://one.exam");
    shutdown(g.fd, SHUT_WR);
    guest_finish(&g);
    guest_assert(g, "59 timeout\r\n");
}

#define ON_SITE(test)                                                          \
    cmocka_unit_test_setup_teardown(test, echo_setup, echo_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        ON_SITE(both_versions_get_an_answer_and_a_goodbye),
        ON_SITE(an_older_version_gets_no_handshake),
        ON_SITE(plain_text_gets_no_plain_answer),
        ON_SITE(more_than_a_line_can_hold_is_refused_at_once),
        ON_SITE(a_url_may_have_1024_bytes_and_no_more),
        ON_SITE(a_line_that_never_ends_is_answered_when_its_time_is_over),
        ON_SITE(silence_after_the_handshake_ends_in_a_timeout),
        ON_SITE(silence_before_the_handshake_ends_the_visit),
        ON_SITE(drops_do_not_stretch_the_time_for_a_line),
        ON_SITE(a_line_may_come_a_byte_a_record),
        ON_SITE(what_follows_a_line_is_ignored),
        ON_SITE(much_that_follows_a_line_does_not_destroy_the_answer),
        ON_SITE(a_nul_is_for_the_parser_to_judge),
        ON_SITE(another_host_is_foreign),
        ON_SITE(the_name_of_the_handshake_and_of_the_url_have_to_agree),
        ON_SITE(the_port_has_to_be_ours),
        ON_SITE(a_stalled_visitor_holds_up_nobody),
        ON_SITE(a_half_closed_visitor_still_gets_it_all),
        ON_SITE(half_a_line_and_an_end_is_refused_in_words),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
