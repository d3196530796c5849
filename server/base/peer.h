/* A visitor's certificate in plain words: what certs/ found in it, without
 * any of OpenSSL's types. */
#ifndef BASE_PEER_H
#define BASE_PEER_H

#include <stdbool.h>
#include <stdint.h>

struct peer {
    bool is_there;          /* a certificate came */
    unsigned char cert[32]; /* SHA-256 of its DER */
    unsigned char key[32];  /* SHA-256 of its DER SubjectPublicKeyInfo */
    int64_t not_before;     /* seconds since 1970 */
    int64_t not_after;      /* the same; far future is INT64_MAX at most */
};

#endif
