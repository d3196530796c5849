#include "tests/unit/records.h"

#include <openssl/hmac.h>

#define TAG 16
#define EXPLICIT 8 /* bytes of nonce in a record of TLS 1.2 */

/* HKDF-Expand-Label of 32 bytes at most, without a context. */
static void
expand(const unsigned char secret[32], const char *label, unsigned char *out,
       size_t n)
{
    unsigned char info[64], made[32];
    int size = snprintf((char *)info + 3, sizeof info - 5, "tls13 %s", label);

    info[0] = 0;
    info[1] = (unsigned char)n;
    info[2] = (unsigned char)size;
    info[size + 3] = 0;
    info[size + 4] = 1;
    HMAC(EVP_sha256(), secret, 32, info, (size_t)size + 5, made, NULL);
    memcpy(out, made, n);
}

static void
keys_13(struct records *r)
{
    expand(r->secret, "key", r->key, sizeof r->key);
    expand(r->secret, "iv", r->iv, sizeof r->iv);
    r->count = 0;
}

/* The PRF of TLS 1.2: the two keys, and the two fixed parts of the nonces. */
static void
keys_12(struct records *r)
{
    unsigned char seed[13 + 64] = "key expansion", a[32 + sizeof seed];
    unsigned char block[64];

    SSL_get_server_random(r->g.ssl, seed + 13, 32);
    SSL_get_client_random(r->g.ssl, seed + 45, 32);
    HMAC(EVP_sha256(), r->secret, 48, seed, sizeof seed, a, NULL);
    for (int i = 0; i < 2; i++) {
        memcpy(a + 32, seed, sizeof seed);
        HMAC(EVP_sha256(), r->secret, 48, a, sizeof a, block + 32 * i, NULL);
        HMAC(EVP_sha256(), r->secret, 48, a, 32, a, NULL);
    }
    memcpy(r->key, block, 16);
    memcpy(r->iv, block + 32, 4);
    r->count = 1; /* Finished was the first */
}

static void
hex(const char *text, unsigned char *out, size_t n)
{
    unsigned byte;

    /* NOLINTNEXTLINE(cert-err34-c): two digits are never too many */
    for (size_t i = 0; i < n && sscanf(text + 2 * i, "%2x", &byte) == 1; i++)
        out[i] = (unsigned char)byte;
}

/* A line of the key log: what it is, the visitor's number, the secret. */
static void
on_secret(const SSL *ssl, const char *line)
{
    struct records *r = SSL_CTX_get_app_data(SSL_get_SSL_CTX(ssl));
    const char *secret = strrchr(line, ' ') + 1;

    if (strncmp(line, "CLIENT_TRAFFIC_SECRET_0 ", 24) == 0)
        hex(secret, r->secret, 32);
    if (strncmp(line, "CLIENT_RANDOM ", 14) == 0)
        hex(secret, r->secret, 48);
}

struct records *
records_open(const struct echo *echo, int version)
{
    struct records *r = calloc(1, sizeof *r);
    struct timeval patience = {20, 0};

    r->version = version;
    r->g = guest_open(echo, (struct wish){.version = version});
    setsockopt(r->g.fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    SSL_CTX_set_app_data(r->g.ctx, r);
    SSL_CTX_set_keylog_callback(r->g.ctx, on_secret);
    if (SSL_set_ciphersuites(r->g.ssl, "TLS_AES_128_GCM_SHA256") != 1 ||
        SSL_set_cipher_list(r->g.ssl, "ECDHE-ECDSA-AES128-GCM-SHA256") != 1 ||
        !guest_shake(&r->g))
        echo_fail("no handshake");
    if (version == TLS1_3_VERSION)
        keys_13(r);
    else
        keys_12(r);
    return r;
}

void
records_close(struct records *r)
{
    guest_close(&r->g);
    free(r);
}

static bool
send_all(struct records *r, const unsigned char *p, size_t n)
{
    return send(r->g.fd, p, n, MSG_NOSIGNAL) == (ssize_t)n;
}

static void
head(unsigned char out[5], enum record_type type, size_t n)
{
    out[0] = (unsigned char)type;
    out[1] = out[2] = 3;
    out[3] = (unsigned char)(n >> 8);
    out[4] = (unsigned char)n;
}

static void
seal(const struct records *r, const unsigned char nonce[12],
     const unsigned char *aad, size_t aad_n, unsigned char *p, size_t n)
{
    EVP_CIPHER_CTX *c = EVP_CIPHER_CTX_new();
    int got;

    if (EVP_EncryptInit_ex(c, EVP_aes_128_gcm(), NULL, r->key, nonce) != 1 ||
        EVP_EncryptUpdate(c, NULL, &got, aad, (int)aad_n) != 1 ||
        EVP_EncryptUpdate(c, p, &got, p, (int)n) != 1 ||
        EVP_EncryptFinal_ex(c, p + n, &got) != 1 ||
        EVP_CIPHER_CTX_ctrl(c, EVP_CTRL_GCM_GET_TAG, TAG, p + n) != 1)
        echo_fail("not sealed");
    EVP_CIPHER_CTX_free(c);
}

static void
number(unsigned char out[8], uint64_t n)
{
    for (int i = 7; i >= 0; i--, n >>= 8)
        out[i] = (unsigned char)n;
}

static bool
send_13(struct records *r, enum record_type type, struct str s, size_t padding)
{
    unsigned char out[5 + RECORDS_MOST + 1 + TAG] = {0}, nonce[12], count[8];
    size_t n = s.n + 1 + padding;

    head(out, RECORD_TEXT, n + TAG);
    if (s.n > 0)
        memcpy(out + 5, s.p, s.n);
    out[5 + s.n] = (unsigned char)type;
    memcpy(nonce, r->iv, sizeof nonce);
    number(count, r->count++);
    for (int i = 0; i < 8; i++)
        nonce[4 + i] ^= count[i];
    seal(r, nonce, out, 5, out + 5, n);
    return send_all(r, out, 5 + n + TAG);
}

static bool
send_12(struct records *r, enum record_type type, struct str s)
{
    unsigned char out[5 + EXPLICIT + RECORDS_MOST + TAG], nonce[12], aad[13];

    number(aad, r->count++);
    head(aad + 8, type, s.n);
    memcpy(nonce, r->iv, 4);
    memcpy(nonce + 4, aad, EXPLICIT);
    head(out, type, EXPLICIT + s.n + TAG);
    memcpy(out + 5, aad, EXPLICIT);
    if (s.n > 0)
        memcpy(out + 5 + EXPLICIT, s.p, s.n);
    seal(r, nonce, aad, sizeof aad, out + 5 + EXPLICIT, s.n);
    return send_all(r, out, 5 + EXPLICIT + s.n + TAG);
}

bool
record_send(struct records *r, enum record_type type, struct str s,
            size_t padding)
{
    if (s.n + padding > RECORDS_MOST)
        echo_fail("too much for a record");
    return r->version == TLS1_3_VERSION ? send_13(r, type, s, padding)
                                        : send_12(r, type, s);
}

bool
record_send_bare(struct records *r, enum record_type type, struct str s)
{
    unsigned char out[5 + RECORDS_MOST];

    head(out, type, s.n);
    memcpy(out + 5, s.p, s.n);
    return send_all(r, out, 5 + s.n);
}

bool
record_send_message(struct records *r, int type, struct str s)
{
    char out[4 + 1000] = {(char)type, 0, (char)(s.n >> 8), (char)s.n};

    memcpy(out + 4, s.p, s.n);
    return record_send(r, RECORD_HANDSHAKE, (struct str){out, 4 + s.n}, 0);
}

bool
record_send_key_update(struct records *r, bool is_answer_wanted)
{
    char wanted = is_answer_wanted;
    bool is_sent = record_send_message(r, 24, (struct str){&wanted, 1});

    expand(r->secret, "traffic upd", r->secret, 32);
    keys_13(r);
    return is_sent;
}
