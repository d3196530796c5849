#include "certs/peer.h"

#include <string.h>
#include <time.h>

#include <openssl/evp.h>
#include <openssl/x509.h>

static bool
seconds_of(const ASN1_TIME *t, int64_t *out)
{
    struct tm tm;

    /* Without t OpenSSL would answer with the present. */
    if (t == NULL || ASN1_TIME_to_tm(t, &tm) != 1)
        return false;
    /* Years 0 to 9999 at most, so a 64-bit time_t holds every date. */
    _Static_assert(sizeof(time_t) == 8, "dates after 2038");
    *out = (int64_t)timegm(&tm);
    return true;
}

/* Accounts hang on the key, so it is digested with its algorithm and
 * parameters, as it stands in the certificate (X509_pubkey_digest would take
 * the bare bits). */
static bool
key_digest(const X509 *cert, unsigned char out[32])
{
    unsigned char *der = NULL;
    int n = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(cert), &der);
    bool is_done =
        n > 0 && EVP_Digest(der, (size_t)n, out, NULL, EVP_sha256(), NULL) == 1;

    OPENSSL_free(der);
    return is_done;
}

enum err
peer_of_cert(const X509 *cert, struct peer *out)
{
    memset(out, 0, sizeof *out);
    if (cert == NULL)
        return OK;
    if (X509_digest(cert, EVP_sha256(), out->cert, NULL) != 1 ||
        !key_digest(cert, out->key)) {
        memset(out, 0, sizeof *out);
        return E_NOMEM;
    }
    out->is_there = true;
    if (!seconds_of(X509_get0_notBefore(cert), &out->not_before))
        out->not_before = INT64_MAX;
    if (!seconds_of(X509_get0_notAfter(cert), &out->not_after))
        out->not_after = INT64_MIN;
    return OK;
}

enum err
peer_of_ssl(const SSL *ssl, struct peer *out)
{
    return peer_of_cert(SSL_get0_peer_certificate(ssl), out);
}
