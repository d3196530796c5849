#include "base/secret.h"

#include <limits.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#define SCRYPT_MEMORY ((uint64_t)64 << 20)

enum err
secret_random(void *p, size_t n)
{
    if (n > INT_MAX)
        return E_BUG;
    return RAND_bytes(p, (int)n) == 1 ? OK : E_IO;
}

enum err
secret_below(uint32_t below, uint32_t *out)
{
    /* The numbers from here up would come once too often. */
    uint64_t fair;
    uint32_t n;
    enum err e;

    if (below == 0)
        return E_BUG;
    fair = (UINT64_C(1) << 32) / below * below;
    do {
        if ((e = secret_random(&n, sizeof(n))))
            return e;
    } while (n >= fair);
    *out = n % below;
    return OK;
}

enum err
secret_sha256(struct str s, unsigned char out[DIGEST_SIZE])
{
    return EVP_Digest(s.n ? s.p : "", s.n, out, NULL, EVP_sha256(), NULL) == 1
               ? OK
               : E_NOMEM;
}

/* OpenSSL's own context under a name of ours, so that its header stays here. */
static EVP_MD_CTX *
sum_ctx(struct secret_sum *sum)
{
    return (EVP_MD_CTX *)sum;
}

struct secret_sum *
secret_sum_new(void)
{
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();

    if (ctx && EVP_DigestInit_ex(ctx, EVP_sha256(), NULL) != 1) {
        EVP_MD_CTX_free(ctx);
        ctx = NULL;
    }
    return (struct secret_sum *)ctx;
}

enum err
secret_sum_add(struct secret_sum *sum, struct str s)
{
    return EVP_DigestUpdate(sum_ctx(sum), s.p, s.n) == 1 ? OK : E_NOMEM;
}

enum err
secret_sum_end(struct secret_sum *sum, unsigned char out[DIGEST_SIZE])
{
    return EVP_DigestFinal_ex(sum_ctx(sum), out, NULL) == 1 ? OK : E_NOMEM;
}

void
secret_sum_free(struct secret_sum *sum)
{
    EVP_MD_CTX_free(sum_ctx(sum));
}

enum err
secret_hmac(struct str key, struct str s, unsigned char out[DIGEST_SIZE])
{
    const unsigned char *text = (const unsigned char *)(s.n ? s.p : "");

    if (key.n > INT_MAX)
        return E_BUG;
    return HMAC(EVP_sha256(), key.n ? key.p : "", (int)key.n, text, s.n, out,
                NULL)
               ? OK
               : E_NOMEM;
}

enum err
secret_scrypt(struct str words, const unsigned char salt[16],
              unsigned char out[DIGEST_SIZE])
{
    return EVP_PBE_scrypt(words.n ? words.p : "", words.n, salt, 16, 1 << 15, 8,
                          1, SCRYPT_MEMORY, out, DIGEST_SIZE) == 1
               ? OK
               : E_NOMEM;
}

bool
secret_eq(const void *a, const void *b, size_t n)
{
    return CRYPTO_memcmp(a, b, n) == 0;
}

void
secret_letters(const unsigned char digest[DIGEST_SIZE], char *out, size_t n)
{
    static const char letters[] = "0123456789abcdefghjkmnpqrstvwxyz";
    unsigned held = 0;
    int bits = 0;
    size_t used = 0;

    for (size_t i = 0; i < n; i++) {
        if (bits < 5) {
            /* Past the end (n over 51, which is not allowed) come zeros. */
            held = held << 8 | (used < DIGEST_SIZE ? digest[used++] : 0);
            bits += 8;
        }
        bits -= 5;
        out[i] = letters[held >> bits & 31];
    }
}
