/*
 * A small Gemini and Titan client for tests: blocking, over OpenSSL, and strict
 * where real clients are lenient. It knows nothing of the server's code but the
 * maker of certificates.
 */
#ifndef TESTS_TALK_CLIENT_H
#define TESTS_TALK_CLIENT_H

#include <openssl/ssl.h>
#include <stdbool.h>
#include <stddef.h>

#include "certs/issue.h"

#define CLIENT_BODY_MAX (20 << 20)

/* Somebody with a certificate (or none), as a person's client keeps it. */
struct person {
    char name[32];
    bool has_identity;
    struct identity identity;
    SSL_SESSION *session; /* offered next time where does_resume */
    bool does_resume;
    int tls; /* 0: any; else TLS1_2_VERSION, ... */
};

struct answer {
    int status;
    char meta[1100];
    char *body; /* NUL-ended; owned */
    size_t n;
    bool was_resumed;
};

/* What is to be asked, of whom. */
struct call {
    int port;
    const char *sni;   /* NULL: none is sent */
    const void *bytes; /* the whole request, CR LF and upload included */
    size_t n;
    bool half_closes; /* close_notify right after the request */
};

/* A connection that is open; zeroed: none. */
struct line {
    int fd;
    SSL *ssl;
    SSL_CTX *ctx;
};

/* Connects and shakes hands. NULL, or what was wrong; client_close ends
 * it either way. */
const char *client_open(struct person *p, const struct call *call,
                        struct line *l);
void client_close(struct line *l);

/* Sends the call and reads to the end. NULL, or what was wrong with the answer:
 * no connection, no TLS, a header against the grammar, no close_notify. The
 * answer is released by answer_release either way. */
const char *client_call(struct person *p, const struct call *call,
                        struct answer *out);
void answer_release(struct answer *a);
void person_release(struct person *p);

/* A certificate of that kind: "p256", "ed25519", "rsa", "rsa1024", "old" (v1,
 * SHA-1), "expired", "future". With renew, a new certificate for the same key.
 * False where it could not be made. */
bool person_identity(struct person *p, const char *kind, bool renew);

#endif
