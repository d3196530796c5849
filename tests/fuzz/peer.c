/*
 * Certificates of every odd kind. What OpenSSL takes becomes a struct peer; a
 * reader of plain DER, which knows nothing else of X.509, looks for the same
 * digests and dates.
 */
#include <openssl/err.h>
#include <openssl/sha.h>
#include <time.h>

#include "certs/issue.h"
#include "certs/peer.h"
#include "tests/fuzz/oracle.h"

struct der {
    const unsigned char *p;
    size_t n;
};

/* The next value of *in, with its tag and length; strict DER only. */
static bool
der_next(struct der *in, unsigned char *tag, struct der *whole,
         struct der *inside)
{
    size_t head = 2, n;

    if (in->n < 2 || (in->p[0] & 0x1F) == 0x1F)
        return false;
    n = in->p[1];
    if (n >= 0x80) {
        size_t bytes = n & 0x7F;

        if (bytes == 0 || bytes > 3 || in->n < 2 + bytes || in->p[2] == 0)
            return false;
        for (n = 0; head < 2 + bytes; head++)
            n = n << 8 | in->p[head];
        if (n < 0x80)
            return false;
    }
    if (n > in->n - head)
        return false;
    *tag = in->p[0];
    *whole = (struct der){in->p, head + n};
    *inside = (struct der){in->p + head, n};
    in->p += head + n;
    in->n -= head + n;
    return true;
}

static bool
der_take(struct der *in, unsigned char tag, struct der *whole,
         struct der *inside)
{
    unsigned char got;

    return der_next(in, &got, whole, inside) && got == tag;
}

struct parts {
    struct der begin, end, key; /* whole values */
};

/* Certificate: tbs: version? serial algorithm issuer validity subject key. */
static bool
parts_find(struct der in, struct parts *out)
{
    struct der cert, tbs, whole, inside, dates;
    unsigned char tag;

    if (!der_take(&in, 0x30, &whole, &cert) ||
        !der_take(&cert, 0x30, &whole, &tbs))
        return false;
    if (tbs.n > 0 && tbs.p[0] == 0xA0 && !der_next(&tbs, &tag, &whole, &inside))
        return false;
    return der_take(&tbs, 0x02, &whole, &inside) &&
           der_take(&tbs, 0x30, &whole, &inside) &&
           der_take(&tbs, 0x30, &whole, &inside) &&
           der_take(&tbs, 0x30, &whole, &dates) &&
           der_next(&dates, &tag, &out->begin, &inside) &&
           der_next(&dates, &tag, &out->end, &inside) &&
           der_take(&tbs, 0x30, &whole, &inside) &&
           der_take(&tbs, 0x30, &out->key, &inside);
}

/* Of one of the shapes that clients make: an algorithm with an OID, NULL or
 * no parameter, and a string of bits without a rest. Others OpenSSL may write
 * otherwise than it read them. */
static bool
is_plain_key(struct der key)
{
    struct der whole, inside, algorithm, bits;
    unsigned char tag;

    if (!der_take(&key, 0x30, &whole, &inside))
        return false;
    key = inside;
    if (!der_take(&key, 0x30, &whole, &algorithm) ||
        !der_take(&key, 0x03, &whole, &bits) || key.n > 0 || bits.n < 2 ||
        bits.p[0] != 0 || !der_take(&algorithm, 0x06, &whole, &inside))
        return false;
    return algorithm.n == 0 ||
           (der_next(&algorithm, &tag, &whole, &inside) && algorithm.n == 0 &&
            (tag == 0x06 || (tag == 0x05 && inside.n == 0)));
}

static int
two(const unsigned char *p)
{
    return (p[0] - '0') * 10 + p[1] - '0';
}

/* "YYMMDDHHMMSSZ" or "YYYYMMDDHHMMSSZ", real dates only. */
static bool
date_read(struct der whole, int64_t *out)
{
    size_t digits = whole.p[0] == 0x17 ? 12 : whole.p[0] == 0x18 ? 14 : 99;
    const unsigned char *p = whole.p + 2;
    struct tm tm = {0}, was;

    if (whole.n != digits + 3 || p[digits] != 'Z')
        return false;
    for (size_t i = 0; i < digits; i++)
        if (p[i] < '0' || p[i] > '9')
            return false;
    if (digits == 14) {
        tm.tm_year = two(p) * 100 + two(p + 2) - 1900;
        p += 4;
    } else {
        tm.tm_year = two(p) < 50 ? two(p) + 100 : two(p);
        p += 2;
    }
    tm.tm_mon = two(p) - 1;
    tm.tm_mday = two(p + 2);
    tm.tm_hour = two(p + 4);
    tm.tm_min = two(p + 6);
    tm.tm_sec = two(p + 8);
    was = tm;
    *out = (int64_t)timegm(&tm);
    return was.tm_mon == tm.tm_mon && was.tm_mday == tm.tm_mday &&
           was.tm_hour == tm.tm_hour && was.tm_min == tm.tm_min &&
           was.tm_sec == tm.tm_sec;
}

static void
date_check(struct der whole, int64_t got, int64_t never)
{
    int64_t at;

    if (date_read(whole, &at))
        DEMAND(got == at);
    else
        DEMAND(got == never ||
               (got > INT64_C(-100000000000) && got < INT64_C(300000000000)));
}

static void
compare(X509 *cert, const struct peer *peer)
{
    unsigned char *der = NULL, digest[SHA256_DIGEST_LENGTH];
    int n = i2d_X509(cert, &der);
    struct parts parts;

    DEMAND(n > 0);
    SHA256(der, (size_t)n, digest);
    DEMAND(memcmp(digest, peer->cert, sizeof(digest)) == 0);
    if (parts_find((struct der){der, (size_t)n}, &parts)) {
        date_check(parts.begin, peer->not_before, INT64_MAX);
        date_check(parts.end, peer->not_after, INT64_MIN);
        SHA256(parts.key.p, parts.key.n, digest);
        if (is_plain_key(parts.key))
            DEMAND(memcmp(digest, peer->key, sizeof(digest)) == 0);
    }
    OPENSSL_free(der);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct peer nobody;
    const unsigned char *p = data;
    X509 *cert = d2i_X509(NULL, &p, (long)size);
    char hex[ISSUE_HEX];
    struct peer peer;

    memset(&peer, 0x5A, sizeof(peer));
    peer_of_cert(cert, &peer);
    if (!peer.is_there)
        /* NOLINTNEXTLINE(bugprone-suspicious-memory-comparison): all of it */
        DEMAND(memcmp(&peer, &nobody, sizeof(peer)) == 0);
    if (cert && peer.is_there) {
        compare(cert, &peer);
        issue_fingerprint(cert, hex);
        DEMAND(strspn(hex, "0123456789abcdef") == ISSUE_HEX - 1);
        (void)issue_covers(cert, STR("h.example")); /* either answer is fine */
        (void)issue_covers(cert, STR("::1"));
    }
    X509_free(cert);
    ERR_clear_error();
    return 0;
}
