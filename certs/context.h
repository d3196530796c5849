/*
 * How we speak TLS, in one place: versions, groups, sessions, and that every
 * client certificate is asked for, accepted, and judged later. A context is
 * never changed once made; a renewed certificate makes a new one.
 */
#ifndef CERTS_CONTEXT_H
#define CERTS_CONTEXT_H

#include <openssl/ssl.h>

#include "certs/issue.h"

#define CONTEXT_SESSION_SECONDS                                                \
    600 /* as long as the one client that resumes                              \
         * remembers */
#define CONTEXT_SESSIONS 4096

/* One certificate and the host names that get it. */
struct context_row {
    struct str host;              /* lower case; borrowed for the call */
    const struct identity *shown; /* borrowed for the call */
};

struct context;

/* shown is what a visitor without a host name, or with one that is not in the
 * rows, gets to see. Rows may be none: then all names get it. */
enum err context_new(const struct identity *shown,
                     const struct context_row *row, int rows,
                     struct context **out);
/* One more owner; from any thread. */
struct context *context_keep(struct context *);
/* One owner less; the last one frees. NULL is fine. */
void context_free(struct context *);

/* A server-side connection under this context, which must outlive it. */
SSL *context_connect(struct context *);

#endif
