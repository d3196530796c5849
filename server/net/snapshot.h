/*
 * The names and certificates of one moment. Never changed, shared by loops
 * and visits, freed by its last owner; a reload makes a new one.
 */
#ifndef NET_SNAPSHOT_H
#define NET_SNAPSHOT_H

#include <stdatomic.h>

#include "certs/context.h"
#include "wire/request.h"

struct snapshot {
    atomic_int owners;
    struct arena mem;
    struct names names; /* in mem, with the ports we listen on */
    struct context *tls;
};

/* names is copied; tls gets one more owner. */
enum err snapshot_new(const struct names *names, const int *ports, int count,
                      struct context *tls, struct snapshot **out);
struct snapshot *snapshot_keep(struct snapshot *);
void snapshot_free(struct snapshot *); /* NULL is fine */

#endif
