/* The edge rows of the protocol that are the connection's own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/echo.h"

#define ASK "gemini://one.example:%d/x\r\n"
#define SAID "20 text/plain\r\n/x"

static void
assert_said(struct guest g, const char *answer)
{
    assert_string_equal(g.got, answer);
    assert_true(g.is_ended);
    assert_false(g.is_reset);
    guest_close(&g);
}

static struct guest
shaken(const struct echo *echo, struct wish wish)
{
    struct guest g = guest_open(echo, wish);

    assert_true(guest_shake(&g));
    return g;
}

static void
both_versions_get_an_answer_and_a_goodbye(void **state)
{
    assert_said(
        guest_visit(*state, (struct wish){.version = TLS1_2_VERSION}, ASK),
        SAID);
    assert_said(
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
    struct guest g = shaken(echo, (struct wish){.version = 0});
    char line[1027];
    int64_t before = clock_ticks();

    memset(line, 'a', sizeof line);
    guest_send(&g, line, sizeof line);
    guest_finish(&g);
    assert_true(clock_ticks() - before < echo->config.times.line);
    assert_said(g, "59 url-too-long\r\n");
}

static struct guest
visit_of_length(const struct echo *echo, size_t url)
{
    struct guest g = shaken(echo, (struct wish){.version = 0});
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
    assert_said(visit_of_length(*state, 1025), "59 url-too-long\r\n");
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
        assert_said(g, "59 timeout\r\n");
    }
}

static void
silence_after_the_handshake_ends_in_a_timeout(void **state)
{
    assert_said(guest_visit(*state, (struct wish){.version = 0}, ""),
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
    struct guest g = shaken(echo, (struct wish){.version = 0});
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
    struct guest g = shaken(*state, (struct wish){.version = 0});
    char line[64];
    int n = snprintf(line, sizeof line, ASK, g.port);

    for (int i = 0; i < n; i++)
        guest_send(&g, line + i, 1);
    guest_finish(&g);
    assert_said(g, SAID);
}

static void
what_follows_a_line_is_ignored(void **state)
{
    assert_said(guest_visit(*state, (struct wish){.version = 0}, ASK "extra"),
                SAID);
    assert_said(guest_visit(*state, (struct wish){.version = 0},
                            ASK "gemini://one.example/y\r\n"),
                SAID);
}

static void
much_that_follows_a_line_does_not_destroy_the_answer(void **state)
{
    struct guest g = shaken(*state, (struct wish){.version = 0});
    char extra[16000];

    memset(extra, 'a', sizeof extra);
    guest_ask(&g, ASK);
    for (int i = 0; i < 20; i++)
        guest_send(&g, extra, sizeof extra);
    guest_finish(&g);
    assert_said(g, SAID);
}

static void
a_nul_is_for_the_parser_to_judge(void **state)
{
    struct guest g = shaken(*state, (struct wish){.version = 0});

    guest_send(&g, "gemini://one.example/\0x\r\n", 25);
    guest_finish(&g);
    assert_said(g, "59 malformed\r\n");
}

static void
another_host_is_foreign(void **state)
{
    assert_said(guest_visit(*state, (struct wish){.version = 0},
                            "gemini://elsewhere.example/\r\n"),
                "53 foreign\r\n");
}

static void
the_name_of_the_handshake_and_of_the_url_have_to_agree(void **state)
{
    assert_said(guest_visit(*state, (struct wish){.name = "two.example"}, ASK),
                "53 foreign\r\n");
    assert_said(guest_visit(*state, (struct wish){.name = ""}, ASK), SAID);
}

static void
the_port_has_to_be_ours(void **state)
{
    assert_said(guest_visit(*state, (struct wish){.version = 0},
                            "gemini://one.example:1/\r\n"),
                "53 foreign\r\n");
}

static void
a_stalled_visitor_holds_up_nobody(void **state)
{
    struct guest stalled[8];

    for (int i = 0; i < 8; i++) {
        stalled[i] = shaken(*state, (struct wish){.version = 0});
        guest_ask(&stalled[i], "gemini://one");
    }
    assert_said(guest_visit(*state, (struct wish){.version = 0}, ASK), SAID);
    for (int i = 0; i < 8; i++)
        guest_close(&stalled[i]);
}

static void
a_half_closed_visitor_still_gets_it_all(void **state)
{
    static const int versions[] = {TLS1_2_VERSION, TLS1_3_VERSION};

    for (int i = 0; i < 4; i++) {
        struct guest g =
            shaken(*state, (struct wish){.version = versions[i % 2]});

        guest_ask(&g, ASK);
        if (i < 2)
            SSL_shutdown(g.ssl);
        shutdown(g.fd, SHUT_WR);
        guest_finish(&g);
        assert_said(g, SAID);
    }
}

static void
half_a_line_and_an_end_is_refused_in_words(void **state)
{
    struct guest g = shaken(*state, (struct wish){.version = 0});

    guest_ask(&g, "gemini://one.exam");
    shutdown(g.fd, SHUT_WR);
    guest_finish(&g);
    assert_said(g, "59 timeout\r\n");
}

static void
an_empty_body_is_a_header_alone(void **state)
{
    assert_said(guest_visit(*state, (struct wish){.version = 0},
                            "gemini://one.example/empty\r\n"),
                "20 text/plain\r\n");
}

static void
an_answer_may_come_later(void **state)
{
    assert_said(guest_visit(*state, (struct wish){.version = 0},
                            "gemini://one.example/later\r\n"),
                "20 text/plain\r\nlater");
}

/* Small buffers, so that the site has to wait for its reader often. */
static void
a_big_page_arrives_whole_at_a_slow_reader(void **state)
{
    static const int versions[] = {TLS1_2_VERSION, TLS1_3_VERSION};
    const size_t head = strlen("20 text/plain\r\n");

    for (int i = 0; i < 2; i++) {
        struct guest g =
            guest_open(*state, (struct wish){.version = versions[i]});
        int small = 32768;

        setsockopt(g.fd, SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
        assert_true(guest_shake(&g));
        guest_ask(&g, "gemini://one.example/big\r\n");
        guest_finish(&g);
        assert_int_equal(g.n, head + ECHO_BIG);
        for (int n = 0; n < ECHO_BIG / ECHO_BLOCK; n++) {
            char block[ECHO_BLOCK + 1];

            snprintf(block, sizeof block, "%0*d", ECHO_BLOCK, n);
            assert_memory_equal(g.got + head + n * ECHO_BLOCK, block,
                                ECHO_BLOCK);
        }
        assert_true(g.is_ended);
        guest_close(&g);
    }
}

static void
a_page_that_is_cut_off_has_no_goodbye(void **state)
{
    struct echo *echo = echo_new();
    struct guest g;
    int small = 32768;
    char c;

    (void)state;
    echo->config.times.send = echo->config.times.send_most = 100;
    echo_start(echo);
    g = guest_open(echo, (struct wish){.version = 0});
    setsockopt(g.fd, SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
    assert_true(guest_shake(&g));
    guest_ask(&g, "gemini://one.example/big\r\n");
    assert_int_equal(SSL_peek(g.ssl, &c, 1), 1); /* it has begun */
    /* Another visit that ends by its deadline: time enough for ours to pass. */
    assert_said(guest_visit(echo, (struct wish){.version = 0}, ""),
                "59 timeout\r\n");
    guest_finish(&g);
    assert_true(g.n < ECHO_BIG);
    assert_false(g.is_ended);
    guest_close(&g);
    echo_stop(echo);
}

/* ---- uploads ---- */

static void
an_upload_arrives_with_its_line_or_behind_it(void **state)
{
    struct guest g = guest_visit(*state, (struct wish){.version = 0},
                                 "titan://one.example/x;size=3\r\nabc");

    assert_said(g, "20 text/plain\r\nabc");
    g = shaken(*state, (struct wish){.version = 0});
    guest_ask(&g, "titan://one.example/x;size=3\r\n");
    for (int i = 0; i < 3; i++)
        guest_send(&g, &"abc"[i], 1);
    guest_finish(&g);
    assert_said(g, "20 text/plain\r\nabc");
}

static void
an_upload_is_as_long_as_it_said(void **state)
{
    assert_said(guest_visit(*state, (struct wish){.version = 0},
                            "titan://one.example/x;size=3\r\nabcde"),
                "20 text/plain\r\nabc");
    assert_said(guest_visit(*state, (struct wish){.version = 0},
                            "titan://one.example/x;size=0\r\n"),
                "20 text/plain\r\n");
}

static void
an_upload_that_stops_is_refused_in_words(void **state)
{
    struct guest g = guest_visit(*state, (struct wish){.version = 0},
                                 "titan://one.example/x;size=5\r\nabc");

    assert_said(g, "59 timeout\r\n");
    g = shaken(*state, (struct wish){.version = 0});
    guest_ask(&g, "titan://one.example/x;size=5\r\nabc");
    shutdown(g.fd, SHUT_WR);
    guest_finish(&g);
    assert_said(g, "59 timeout\r\n");
}

static void
a_large_upload_is_whole(void **state)
{
    struct guest g = shaken(*state, (struct wish){.version = 0});
    char *text = malloc(ECHO_UPLOAD_MAX);

    for (int i = 0; i < ECHO_UPLOAD_MAX; i++)
        text[i] = (char)('a' + i % 23);
    guest_ask(&g, "titan://one.example/x;size=100000\r\n");
    guest_send(&g, text, ECHO_UPLOAD_MAX);
    guest_finish(&g);
    assert_int_equal(g.n, strlen("20 text/plain\r\n") + ECHO_UPLOAD_MAX);
    assert_memory_equal(g.got + strlen("20 text/plain\r\n"), text,
                        ECHO_UPLOAD_MAX);
    free(text);
    guest_close(&g);
}

static void
too_large_an_upload_is_refused_before_it_came(void **state)
{
    assert_said(guest_visit(*state, (struct wish){.version = 0},
                            "titan://one.example/x;size=100001\r\n"),
                "59 upload-size\r\n");
    assert_said(guest_visit(*state, (struct wish){.version = 0},
                            "titan://one.example/x;size=9999999999\r\n"),
                "59 upload-size\r\n");
}

static void
the_refusal_of_an_upload_survives_what_still_arrives(void **state)
{
    struct guest g = shaken(*state, (struct wish){.version = 0});
    char *text = calloc(1, 500000);

    guest_ask(&g, "titan://one.example/x;size=500000\r\n");
    guest_send(&g, text, 500000);
    assert_false(g.is_reset);
    guest_finish(&g);
    free(text);
    assert_said(g, "59 upload-size\r\n");
}

/* ---- sessions ---- */

static struct identity
client_identity(void)
{
    struct identity id;
    struct issue want = {.name = STR("me"), .not_after = clock_now() + DAY};

    assert_int_equal(issue_make(&want, &id), OK);
    return id;
}

static void
assert_who(struct guest g, const struct identity *id)
{
    struct peer peer;
    char want[128] = "20 text/plain\r\n";

    peer_of_cert(id->cert, &peer);
    for (int i = 0; i < 32; i++)
        snprintf(want + strlen(want), 3, "%02x", peer.key[i]);
    assert_said(g, want);
}

static void
a_resumed_visitor_is_the_same_one(void **state)
{
    static const int versions[] = {TLS1_2_VERSION, TLS1_3_VERSION};
    const char *line = "gemini://one.example/who\r\n";

    for (int i = 0; i < 2; i++) {
        struct identity id = client_identity();
        struct wish wish = {.version = versions[i], .identity = &id};
        struct guest g = guest_visit(*state, wish, line);

        wish.session = SSL_get1_session(g.ssl);
        wish.identity = NULL; /* the session alone says who it is */
        assert_who(g, &id);
        for (int again = 0; again < 2; again++) {
            g = guest_visit(*state, wish, line);
            assert_int_equal(SSL_session_reused(g.ssl), 1);
            assert_who(g, &id);
        }
        SSL_SESSION_free(wish.session);
        identity_release(&id);
    }
}

static void
who_brings_no_session_and_no_certificate_is_nobody(void **state)
{
    struct identity id = client_identity();
    const char *line = "gemini://one.example/who\r\n";

    assert_who(guest_visit(*state, (struct wish){.identity = &id}, line), &id);
    assert_said(guest_visit(*state, (struct wish){.version = 0}, line),
                "20 text/plain\r\n/who");
    identity_release(&id);
}

/* ---- those who leave ---- */

static void
leaving_after_any_byte_of_the_request_does_no_harm(void **state)
{
    const char *line = "titan://one.example/x;size=3\r\nabc";

    for (size_t n = 0; n <= strlen(line); n++) {
        struct guest g = shaken(*state, (struct wish){.version = 0});

        guest_send(&g, line, n);
        if (n % 2)
            guest_vanish(&g);
        else
            guest_close(&g);
    }
    assert_said(guest_visit(*state, (struct wish){.version = 0}, ASK), SAID);
}

static void
leaving_after_any_byte_of_the_handshake_does_no_harm(void **state)
{
    SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());
    SSL *ssl = SSL_new(ctx);
    BIO *in = BIO_new(BIO_s_mem()), *out = BIO_new(BIO_s_mem());
    char *hello;
    long size;

    SSL_set_bio(ssl, in, out);
    SSL_connect(ssl);
    size = BIO_get_mem_data(out, &hello);
    assert_true(size > 100);
    for (long n = 0; n <= size; n += n < 12 ? 1 : 13) {
        struct guest g = guest_plain(*state);

        assert_int_equal(send(g.fd, hello, (size_t)n, MSG_NOSIGNAL), n);
        if (n % 2)
            guest_vanish(&g);
        else
            guest_close(&g);
    }
    SSL_free(ssl);
    SSL_CTX_free(ctx);
    assert_said(guest_visit(*state, (struct wish){.version = 0}, ASK), SAID);
}

static void
leaving_in_the_middle_of_a_page_does_no_harm(void **state)
{
    for (int i = 0; i < 8; i++) {
        struct guest g = shaken(*state, (struct wish){.version = 0});
        char some[100];
        size_t n;

        guest_ask(&g, "gemini://one.example/big\r\n");
        assert_int_equal(SSL_read_ex(g.ssl, some, sizeof some, &n), 1);
        if (i % 2)
            guest_vanish(&g);
        else
            guest_close(&g);
    }
    assert_said(guest_visit(*state, (struct wish){.version = 0}, ASK), SAID);
}

static void
an_answer_whose_visitor_left_is_dropped_when_it_comes_home(void **state)
{
    for (int i = 0; i < 4; i++) {
        struct guest g = shaken(*state, (struct wish){.version = 0});

        guest_ask(&g, "gemini://one.example/held\r\n");
        if (i % 2)
            guest_vanish(&g);
        else
            guest_close(&g);
    }
    for (int i = 0; i < 4; i++)
        echo_release(*state);
    assert_said(guest_visit(*state, (struct wish){.version = 0}, ASK), SAID);
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
        ON_SITE(an_empty_body_is_a_header_alone),
        ON_SITE(an_answer_may_come_later),
        ON_SITE(a_big_page_arrives_whole_at_a_slow_reader),
        cmocka_unit_test(a_page_that_is_cut_off_has_no_goodbye),
        ON_SITE(an_upload_arrives_with_its_line_or_behind_it),
        ON_SITE(an_upload_is_as_long_as_it_said),
        ON_SITE(an_upload_that_stops_is_refused_in_words),
        ON_SITE(a_large_upload_is_whole),
        ON_SITE(too_large_an_upload_is_refused_before_it_came),
        ON_SITE(the_refusal_of_an_upload_survives_what_still_arrives),
        ON_SITE(a_resumed_visitor_is_the_same_one),
        ON_SITE(who_brings_no_session_and_no_certificate_is_nobody),
        ON_SITE(leaving_after_any_byte_of_the_request_does_no_harm),
        ON_SITE(leaving_after_any_byte_of_the_handshake_does_no_harm),
        ON_SITE(leaving_in_the_middle_of_a_page_does_no_harm),
        ON_SITE(an_answer_whose_visitor_left_is_dropped_when_it_comes_home),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
