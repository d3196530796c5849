/* Bodies: pages of any size, and uploads. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/guest.h"

static void
an_empty_body_is_a_header_alone(void **state)
{
    guest_assert(guest_visit(*state, (struct wish){.version = 0},
                             "gemini://one.example/empty\r\n"),
                 "20 text/plain\r\n");
}

static void
an_answer_may_come_later(void **state)
{
    guest_assert(guest_visit(*state, (struct wish){.version = 0},
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
    guest_assert(guest_visit(echo, (struct wish){.version = 0}, ""),
                 "59 timeout\r\n");
    guest_finish(&g);
    assert_true(g.n < ECHO_BIG);
    assert_false(g.is_ended);
    guest_close(&g);
    echo_stop(echo);
}

static void
an_upload_arrives_with_its_line_or_behind_it(void **state)
{
    struct guest g = guest_visit(*state, (struct wish){.version = 0},
                                 "titan://one.example/x;size=3\r\nabc");

    guest_assert(g, "20 text/plain\r\nabc");
    g = guest_in(*state, (struct wish){.version = 0});
    guest_ask(&g, "titan://one.example/x;size=3\r\n");
    for (int i = 0; i < 3; i++)
        guest_send(&g, &"abc"[i], 1);
    guest_finish(&g);
    guest_assert(g, "20 text/plain\r\nabc");
}

static void
an_upload_is_as_long_as_it_said(void **state)
{
    guest_assert(guest_visit(*state, (struct wish){.version = 0},
                             "titan://one.example/x;size=3\r\nabcde"),
                 "20 text/plain\r\nabc");
    guest_assert(guest_visit(*state, (struct wish){.version = 0},
                             "titan://one.example/x;size=0\r\n"),
                 "20 text/plain\r\n");
}

static void
an_upload_that_stops_is_refused_in_words(void **state)
{
    struct guest g = guest_visit(*state, (struct wish){.version = 0},
                                 "titan://one.example/x;size=5\r\nabc");

    guest_assert(g, "59 timeout\r\n");
    g = guest_in(*state, (struct wish){.version = 0});
    guest_ask(&g, "titan://one.example/x;size=5\r\nabc");
    shutdown(g.fd, SHUT_WR);
    guest_finish(&g);
    guest_assert(g, "59 timeout\r\n");
}

static void
a_large_upload_is_whole(void **state)
{
    struct guest g = guest_in(*state, (struct wish){.version = 0});
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
    guest_assert(guest_visit(*state, (struct wish){.version = 0},
                             "titan://one.example/x;size=100001\r\n"),
                 "59 upload-size\r\n");
    guest_assert(guest_visit(*state, (struct wish){.version = 0},
                             "titan://one.example/x;size=9999999999\r\n"),
                 "59 upload-size\r\n");
}

static void
the_refusal_of_an_upload_survives_what_still_arrives(void **state)
{
    struct guest g = guest_in(*state, (struct wish){.version = 0});
    char *text = calloc(1, 500000);

    guest_ask(&g, "titan://one.example/x;size=500000\r\n");
    guest_send(&g, text, 500000);
    assert_false(g.is_reset);
    guest_finish(&g);
    free(text);
    guest_assert(g, "59 upload-size\r\n");
}

#define ON_SITE(test)                                                          \
    cmocka_unit_test_setup_teardown(test, echo_setup, echo_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
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
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
