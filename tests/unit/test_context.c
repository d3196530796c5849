/* The TLS policy, as a client meets it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/guest.h"

static const int versions[] = {TLS1_2_VERSION, TLS1_3_VERSION};

#define ASK "gemini://one.example/who\r\n"

/* Which of the site's certificates a name gets to see. */
static int
shown_for(const struct echo *echo, const char *name)
{
    struct guest g = guest_open(echo, (struct wish){.name = name});
    X509 *cert;
    int shown = -1;

    assert_true(guest_shake(&g));
    cert = SSL_get1_peer_certificate(g.ssl);
    for (int i = 0; i < ECHO_HOSTS; i++)
        if (X509_cmp(cert, echo->identity[i].cert) == 0)
            shown = i;
    X509_free(cert);
    guest_close(&g);
    return shown;
}

static void
each_name_gets_its_certificate(void **state)
{
    assert_int_equal(shown_for(*state, "one.example"), 0);
    assert_int_equal(shown_for(*state, "two.example"), 1);
    assert_int_equal(shown_for(*state, "TWO.example"), 1);
}

static void
an_unknown_name_or_none_gets_the_default(void **state)
{
    assert_int_equal(shown_for(*state, "elsewhere.example"), 0);
    assert_int_equal(shown_for(*state, ""), 0);
}

static void
every_client_certificate_gets_in(void **state)
{
    const struct issue kinds[] = {
        {.kind = ISSUE_P256, .not_after = clock_now() + DAY},
        {.kind = ISSUE_ED25519, .not_after = clock_now() + DAY},
        {.kind = ISSUE_RSA_2048, .not_after = clock_now() + DAY},
        {.kind = ISSUE_RSA_2048, .is_old = true, .not_after = 1},
        {.kind = ISSUE_RSA_1024, .not_after = INT64_C(253402300799)},
        {.kind = ISSUE_P256, .not_before = 0, .not_after = 1},
        {.kind = ISSUE_P256,
         .not_before = clock_now() + DAY,
         .not_after = clock_now() + 2 * DAY},
    };

    for (size_t i = 0; i < 2 * sizeof kinds / sizeof kinds[0]; i++) {
        struct identity id;
        struct wish wish = {.version = versions[i % 2], .identity = &id};
        struct guest g;

        assert_int_equal(issue_make(&kinds[i / 2], &id), OK);
        g = guest_visit(*state, wish, ASK);
        assert_int_equal(g.n, strlen("20 text/plain\r\n") + 64);
        guest_close(&g);
        identity_release(&id);
    }
}

static void
count_ticket(int is_sent, int version, int type, const void *p, size_t n,
             SSL *ssl, void *count)
{
    (void)version, (void)ssl;
    if (!is_sent && type == SSL3_RT_HANDSHAKE && n > 0 &&
        *(const unsigned char *)p == SSL3_MT_NEWSESSION_TICKET)
        ++*(int *)count;
}

static int
tickets_of(const struct echo *echo, SSL_SESSION *before, SSL_SESSION **after)
{
    struct guest g = guest_open(
        echo, (struct wish){.version = TLS1_3_VERSION, .session = before});
    int n = 0;

    SSL_set_msg_callback(g.ssl, count_ticket);
    SSL_set_msg_callback_arg(g.ssl, &n);
    assert_true(guest_shake(&g));
    guest_ask(&g, ASK);
    guest_finish(&g);
    assert_int_equal(SSL_session_reused(g.ssl), before != NULL);
    if (after != NULL)
        *after = SSL_get1_session(g.ssl);
    guest_close(&g);
    return n;
}

static void
a_new_visitor_gets_one_small_ticket_and_a_resumed_one_none(void **state)
{
    SSL_SESSION *session;
    const unsigned char *ticket;
    size_t n;

    assert_int_equal(tickets_of(*state, NULL, &session), 1);
    SSL_SESSION_get0_ticket(session, &ticket, &n);
    assert_true(n <= 32);
    assert_int_equal(SSL_SESSION_get_max_early_data(session), 0);
    assert_int_equal(tickets_of(*state, session, NULL), 0);
    SSL_SESSION_free(session);
}

static void
a_session_resumes_on_every_loop(void **state)
{
    SSL_SESSION *session;

    assert_int_equal(tickets_of(*state, NULL, &session), 1);
    for (int i = 0; i < 16; i++)
        assert_int_equal(tickets_of(*state, session, NULL), 0);
    SSL_SESSION_free(session);
}

static void
no_authorities_are_named(void **state)
{
    for (int i = 0; i < 2; i++) {
        struct guest g =
            guest_open(*state, (struct wish){.version = versions[i]});

        assert_true(guest_shake(&g));
        assert_true(sk_X509_NAME_num(SSL_get0_peer_CA_list(g.ssl)) <= 0);
        guest_close(&g);
    }
}

static void
x25519_is_preferred(void **state)
{
    struct guest g = guest_open(*state, (struct wish){.version = 0});

    assert_true(guest_shake(&g));
    assert_int_equal(SSL_get_negotiated_group(g.ssl), NID_X25519);
    guest_close(&g);
}

static void
a_client_of_p256_alone_gets_in(void **state)
{
    for (int i = 0; i < 2; i++) {
        struct guest g =
            guest_open(*state, (struct wish){.version = versions[i]});
        int group = NID_X9_62_prime256v1;

        assert_int_equal(SSL_set1_groups(g.ssl, &group, 1), 1);
        assert_true(guest_shake(&g));
        guest_close(&g);
    }
}

#define ON_SITE(test)                                                          \
    cmocka_unit_test_setup_teardown(test, echo_setup, echo_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        ON_SITE(each_name_gets_its_certificate),
        ON_SITE(an_unknown_name_or_none_gets_the_default),
        ON_SITE(every_client_certificate_gets_in),
        ON_SITE(a_new_visitor_gets_one_small_ticket_and_a_resumed_one_none),
        ON_SITE(a_session_resumes_on_every_loop),
        ON_SITE(no_authorities_are_named),
        ON_SITE(x25519_is_preferred),
        ON_SITE(a_client_of_p256_alone_gets_in),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
