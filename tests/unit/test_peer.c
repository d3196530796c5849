#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/clock.h"
#include "certs/issue.h"
#include "certs/peer.h"

static struct identity
issue(struct issue want)
{
    struct identity id;

    if (want.not_after == 0) {
        want.not_before = clock_now() - DAY;
        want.not_after = clock_now() + DAY;
    }
    assert_int_equal(issue_make(&want, &id), OK);
    return id;
}

static struct peer
peer_of(struct issue want)
{
    struct identity id = issue(want);
    struct peer peer;

    peer_of_cert(id.cert, &peer);
    identity_release(&id);
    return peer;
}

static void
nobody_is_there_without_a_certificate(void **state)
{
    struct peer peer;

    (void)state;
    memset(&peer, 1, sizeof peer);
    peer_of_cert(NULL, &peer);
    assert_false(peer.is_there);
    assert_int_equal(peer.not_after, 0);
}

static void
every_kind_of_key_makes_a_peer(void **state)
{
    static const enum issue_key kinds[] = {ISSUE_P256, ISSUE_ED25519,
                                           ISSUE_RSA_2048, ISSUE_RSA_1024};

    (void)state;
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        assert_true(peer_of((struct issue){.kind = kinds[i]}).is_there);
    assert_true(peer_of((struct issue){.kind = ISSUE_RSA_2048, .is_old = true})
                    .is_there);
}

static void
a_renewed_certificate_keeps_the_digest_of_its_key(void **state)
{
    struct identity first = issue((struct issue){.name = STR("one")});
    struct identity next =
        issue((struct issue){.name = STR("two"), .key = first.key});
    struct peer a, b;

    (void)state;
    peer_of_cert(first.cert, &a);
    peer_of_cert(next.cert, &b);
    assert_memory_equal(a.key, b.key, sizeof a.key);
    assert_memory_not_equal(a.cert, b.cert, sizeof a.cert);
    identity_release(&first);
    identity_release(&next);
}

static void
two_keys_have_two_digests(void **state)
{
    struct peer a = peer_of((struct issue){.name = STR("one")});
    struct peer b = peer_of((struct issue){.name = STR("one")});

    (void)state;
    assert_memory_not_equal(a.key, b.key, sizeof a.key);
}

static void
dates_of_any_age_are_seconds(void **state)
{
    static const int64_t dates[][2] = {
        {0, INT64_C(3155760000)},                   /* 1970 to 2070 */
        {-INT64_C(631152000), 2},                   /* 1950 */
        {-INT64_C(2208988800), 1},                  /* 1900 */
        {1700000000, INT64_C(253402300799)},        /* the end of 9999 */
        {INT64_C(2524607999), INT64_C(2524608000)}, /* 2049 and 2050 */
    };

    (void)state;
    for (size_t i = 0; i < sizeof dates / sizeof dates[0]; i++) {
        struct peer peer = peer_of((struct issue){.not_before = dates[i][0],
                                                  .not_after = dates[i][1]});

        assert_int_equal(peer.not_before, dates[i][0]);
        assert_int_equal(peer.not_after, dates[i][1]);
    }
}

static void
a_date_that_can_not_be_read_is_never_valid(void **state)
{
    struct identity id = issue((struct issue){.name = STR("odd")});
    struct peer peer;

    (void)state;
    assert_int_equal(ASN1_STRING_set(X509_getm_notBefore(id.cert), "soon", 4),
                     1);
    assert_int_equal(ASN1_STRING_set(X509_getm_notAfter(id.cert), "", 0), 1);
    peer_of_cert(id.cert, &peer);
    assert_true(peer.is_there);
    assert_true(peer.not_before == INT64_MAX);
    assert_true(peer.not_after == INT64_MIN);
    identity_release(&id);
}

/* The certificate's own bytes, each one damaged in turn: whatever still reads
 * as a certificate becomes a peer or nobody, and nothing breaks. */
static void
damaged_certificates_do_no_harm(void **state)
{
    struct identity id = issue((struct issue){.name = STR("Zoë")});
    unsigned char *der = NULL;
    int n = i2d_X509(id.cert, &der), read = 0;

    (void)state;
    assert_true(n > 0);
    for (int i = 0; i < n; i++) {
        for (int bit = 1; bit < 256; bit <<= 1) {
            const unsigned char *p = der;
            struct peer peer;
            X509 *cert;

            der[i] ^= (unsigned char)bit;
            cert = d2i_X509(NULL, &p, n);
            peer_of_cert(cert, &peer);
            read += peer.is_there;
            X509_free(cert);
            der[i] ^= (unsigned char)bit;
        }
    }
    assert_true(read > 0);
    OPENSSL_free(der);
    identity_release(&id);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nobody_is_there_without_a_certificate),
        cmocka_unit_test(every_kind_of_key_makes_a_peer),
        cmocka_unit_test(a_renewed_certificate_keeps_the_digest_of_its_key),
        cmocka_unit_test(two_keys_have_two_digests),
        cmocka_unit_test(dates_of_any_age_are_seconds),
        cmocka_unit_test(a_date_that_can_not_be_read_is_never_valid),
        cmocka_unit_test(damaged_certificates_do_no_harm),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
