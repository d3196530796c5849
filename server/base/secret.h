/*
 * Randomness, digests and slow hashes, over libcrypto: the one file of base/
 * that uses it. Nothing here logs or keeps what it is given.
 */
#ifndef BASE_SECRET_H
#define BASE_SECRET_H

#include "base/err.h"
#include "base/str.h"

#define DIGEST_SIZE 32

/* Fills p with n random bytes from the system. E_IO where it can not. */
enum err secret_random(void *p, size_t n);
/* A number from 0 to below, without bias; below is 1 to 2^31. */
enum err secret_below(uint32_t below, uint32_t *out);

enum err secret_sha256(struct str s, unsigned char out[DIGEST_SIZE]);
/* The same in pieces, for what does not fit into memory. NULL: no memory.
 * End it once; free is fine with NULL. */
struct secret_sum;
struct secret_sum *secret_sum_new(void);
enum err secret_sum_add(struct secret_sum *sum, struct str s);
enum err secret_sum_end(struct secret_sum *sum, unsigned char out[DIGEST_SIZE]);
void secret_sum_free(struct secret_sum *sum);
enum err secret_hmac(struct str key, struct str s,
                     unsigned char out[DIGEST_SIZE]);
/* scrypt with N=2^15, r=8, p=1: some 50 ms and 32 MiB. Never on a loop. */
enum err secret_scrypt(struct str words, const unsigned char salt[16],
                       unsigned char out[DIGEST_SIZE]);
/* Equal, in a time that does not tell where they differ. */
bool secret_eq(const void *a, const void *b, size_t n);

/* The first n characters of digest in an alphabet of 32 lower-case letters and
 * digits without look-alikes (no i, l, o, u); n is at most 51. No NUL. */
void secret_letters(const unsigned char digest[DIGEST_SIZE], char *out,
                    size_t n);

#endif
