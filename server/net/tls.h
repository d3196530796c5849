/*
 * TLS over a socket that never blocks. What OpenSSL reads is fed to it and
 * what it writes is gathered here, so that a flight leaves in one send, no
 * visitor can keep a loop busy inside OpenSSL, and nothing raises SIGPIPE.
 */
#ifndef NET_TLS_H
#define NET_TLS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/peer.h"
#include "base/str.h"
#include "certs/context.h"

enum tls_says {
    TLS_DONE,
    TLS_MORE,  /* wait until the socket can be read */
    TLS_FULL,  /* wait until the socket can be written */
    TLS_END,   /* the other side will send nothing more */
    TLS_BROKEN /* nothing more can be said over this connection */
};

struct tls {
    SSL *ssl;
    BIO *in, *out; /* owned by ssl */
    int fd;        /* borrowed */
    int reads;     /* of the socket that are left before the loop's turn */
    size_t idle;   /* bytes from the socket that no text has made up for */
    size_t sent;   /* bytes of out that the socket has taken */
    bool is_ended, is_broken;
};

enum err tls_init(struct tls *, struct context *, int fd);
void tls_release(struct tls *);

/* The socket has something to read. */
void tls_ready(struct tls *);
enum tls_says tls_accept(struct tls *);
/* Some of what came, 1 to n bytes. */
enum tls_says tls_read(struct tls *, void *p, size_t n, size_t *got);
/* Gathers s for the next flush: DONE or BROKEN. */
enum tls_says tls_write(struct tls *, struct str s);
/* Gathers close_notify, where the connection still allows it. */
void tls_bye(struct tls *);
/* Sends what was gathered: DONE, FULL or BROKEN. */
enum tls_says tls_flush(struct tls *);
/* Reads the bare socket and drops it: END, MORE or BROKEN. */
enum tls_says tls_drain(struct tls *, size_t *budget);

/* The host name that the visitor asked for; borrowed until release. */
struct str tls_name(const struct tls *);

#endif
