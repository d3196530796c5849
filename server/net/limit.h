/*
 * How fast one address may come. A table of fixed size, of one loop, with a
 * row per IPv4 address or IPv6 /64; a row goes as soon as it no longer slows
 * anybody down, and after an hour at the latest.
 */
#ifndef NET_LIMIT_H
#define NET_LIMIT_H

#include <sys/socket.h>

#include "base/err.h"

#include <stdbool.h>
#include <stdint.h>

enum limit_kind { LIMIT_HANDSHAKE, LIMIT_REQUEST, LIMIT_KINDS };

/* So many at once, and so many a minute in the long run. 0 a minute: no
 * limit. */
struct limit_rule {
    int burst, per_minute;
};

struct limit_rules {
    struct limit_rule of[LIMIT_KINDS];
};

/* A visitor's network: what a limit counts by. Zeroed: never limited. */
struct limit_who {
    uint64_t net;
    unsigned char family; /* 4 or 6; 0: exempt */
};

struct limit;

/* share: among how many tables an address spreads its visits. */
enum err limit_new(const struct limit_rules *, int share, struct limit **out);
void limit_free(struct limit *);

struct limit_who limit_who(const struct sockaddr *, bool is_loopback_limited);

/* Counts one visit at ticks (milliseconds): 0 where it may pass, else in how
 * many seconds it may; a refused visit does not count. */
int limit_take(struct limit *, enum limit_kind, struct limit_who,
               int64_t ticks);
/* Forgets the rows that no longer slow anybody down. */
void limit_sweep(struct limit *, int64_t ticks);
/* How many rows are in use. */
int limit_rows(const struct limit *);

#endif
