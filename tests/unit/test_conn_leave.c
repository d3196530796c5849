/* Visitors who come back with a session, and visitors who leave. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/guest.h"

#define ASK "gemini://one.example:%d/x\r\n"
#define SAID "20 text/plain\r\n/x"

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
    guest_assert(g, want);
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
    guest_assert(guest_visit(*state, (struct wish){.version = 0}, line),
                 "20 text/plain\r\n/who");
    identity_release(&id);
}

static void
leaving_after_any_byte_of_the_request_does_no_harm(void **state)
{
    const char *line = "titan://one.example/x;size=3\r\nabc";

    for (size_t n = 0; n <= strlen(line); n++) {
        struct guest g = guest_in(*state, (struct wish){.version = 0});

        guest_send(&g, line, n);
        if (n % 2)
            guest_vanish(&g);
        else
            guest_close(&g);
    }
    guest_assert(guest_visit(*state, (struct wish){.version = 0}, ASK), SAID);
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
    guest_assert(guest_visit(*state, (struct wish){.version = 0}, ASK), SAID);
}

static void
leaving_in_the_middle_of_a_page_does_no_harm(void **state)
{
    for (int i = 0; i < 8; i++) {
        struct guest g = guest_in(*state, (struct wish){.version = 0});
        char some[100];
        size_t n;

        guest_ask(&g, "gemini://one.example/big\r\n");
        assert_int_equal(SSL_read_ex(g.ssl, some, sizeof some, &n), 1);
        if (i % 2)
            guest_vanish(&g);
        else
            guest_close(&g);
    }
    guest_assert(guest_visit(*state, (struct wish){.version = 0}, ASK), SAID);
}

static void
an_answer_whose_visitor_left_is_dropped_when_it_comes_home(void **state)
{
    for (int i = 0; i < 4; i++) {
        struct guest g = guest_in(*state, (struct wish){.version = 0});

        guest_ask(&g, "gemini://one.example/held\r\n");
        if (i % 2)
            guest_vanish(&g);
        else
            guest_close(&g);
    }
    for (int i = 0; i < 4; i++)
        echo_release(*state);
    guest_assert(guest_visit(*state, (struct wish){.version = 0}, ASK), SAID);
}

#define ON_SITE(test)                                                          \
    cmocka_unit_test_setup_teardown(test, echo_setup, echo_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        ON_SITE(a_resumed_visitor_is_the_same_one),
        ON_SITE(who_brings_no_session_and_no_certificate_is_nobody),
        ON_SITE(leaving_after_any_byte_of_the_request_does_no_harm),
        ON_SITE(leaving_after_any_byte_of_the_handshake_does_no_harm),
        ON_SITE(leaving_in_the_middle_of_a_page_does_no_harm),
        ON_SITE(an_answer_whose_visitor_left_is_dropped_when_it_comes_home),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
