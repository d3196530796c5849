#include "net/limit.h"

#include <netinet/in.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/bucket.h"
#include "base/secret.h"

#define CELLS 32768 /* a power of two; 128 kB */
#define GUESS 5     /* seconds until some of what is held may have ended */

enum { EXEMPT = 0, IPV4 = 4, IPV6 = 6, CERTIFICATE = 7, CROWD = 8 };

/* What is held is counted in two cells for everybody, like the buckets; the
 * lower count is never too low. */
struct limit {
    struct bucket_rule rule[LIMIT_RATES][2]; /* of one, of a crowd */
    int most[LIMIT_HOLDS][2];
    struct buckets *buckets;
    uint64_t seed;
    atomic_int held[CELLS];
};

static bool
is_crowd(struct limit_who who)
{
    return (who.family & CROWD) != 0;
}

enum err
limit_new(const struct limit_rules *rules, struct limit **out)
{
    struct limit *l = calloc(1, sizeof *l);
    int crowd = rules->crowd > 1 ? rules->crowd : 1;
    enum err e;

    *out = NULL;
    if (l == NULL)
        return E_NOMEM;
    if ((e = buckets_new(&l->buckets)) ||
        (e = secret_random(&l->seed, sizeof l->seed))) {
        limit_free(l);
        return e;
    }
    for (int i = 0; i < LIMIT_RATES; i++) {
        struct limit_rule r = rules->of[i];

        l->rule[i][0] = bucket_rule(r.burst, r.per_minute, 60000);
        l->rule[i][1] = bucket_rule((int64_t)r.burst * crowd,
                                    (int64_t)r.per_minute * crowd, 60000);
    }
    for (int i = 0; i < LIMIT_HOLDS; i++) {
        l->most[i][0] = rules->most[i];
        l->most[i][1] = rules->most[i] * crowd;
    }
    *out = l;
    return OK;
}

void
limit_free(struct limit *l)
{
    if (l != NULL)
        buckets_free(l->buckets);
    free(l);
}

static struct limit_who
who_of_4(uint32_t address, bool is_loopback_limited)
{
    if (!is_loopback_limited && address >> 24 == 127)
        return (struct limit_who){.family = EXEMPT};
    return (struct limit_who){.id = address, .family = IPV4};
}

static struct limit_who
who_of_6(const struct in6_addr *address, bool is_loopback_limited)
{
    struct limit_who who = {.family = IPV6};

    if (IN6_IS_ADDR_V4MAPPED(address)) {
        uint32_t last;

        memcpy(&last, address->s6_addr + 12, sizeof last);
        return who_of_4(ntohl(last), is_loopback_limited);
    }
    if (!is_loopback_limited && IN6_IS_ADDR_LOOPBACK(address))
        return (struct limit_who){.family = EXEMPT};
    memcpy(&who.id, address->s6_addr, sizeof who.id);
    return who;
}

struct limit_who
limit_who(const struct sockaddr *from, bool is_loopback_limited)
{
    struct sockaddr_in in;
    struct sockaddr_in6 in6;

    if (from->sa_family == AF_INET) {
        memcpy(&in, from, sizeof in);
        return who_of_4(ntohl(in.sin_addr.s_addr), is_loopback_limited);
    }
    if (from->sa_family == AF_INET6) {
        memcpy(&in6, from, sizeof in6);
        return who_of_6(&in6.sin6_addr, is_loopback_limited);
    }
    return (struct limit_who){.family = EXEMPT};
}

struct limit_who
limit_crowd(struct limit_who from)
{
    if (from.family != EXEMPT)
        from.family |= CROWD;
    return from;
}

struct limit_who
limit_visitor(struct limit_who from, const struct peer *peer)
{
    struct limit_who who = {.family = CERTIFICATE};

    if (from.family == EXEMPT || !peer->is_there)
        return from;
    memcpy(&who.id, peer->key, sizeof who.id);
    return who;
}

static uint64_t
id_of(struct limit_who who, int kind)
{
    return bucket_mix(who.id) + ((uint64_t)who.family << 8 | (unsigned)kind);
}

int
limit_take(struct limit *l, enum limit_kind kind, struct limit_who who,
           int64_t ticks)
{
    if (who.family == EXEMPT)
        return 0;
    return buckets_take(l->buckets, &l->rule[kind][is_crowd(who)],
                        id_of(who, kind), ticks);
}

/* The two cells; they may be one. */
static void
cells_of(struct limit *l, enum limit_hold kind, struct limit_who who,
         atomic_int *cell[2])
{
    uint64_t h = bucket_mix(id_of(who, kind) ^ l->seed);

    cell[0] = &l->held[h % CELLS];
    cell[1] = &l->held[(h >> 32) % CELLS];
}

int
limit_keep(struct limit *l, enum limit_hold kind, struct limit_who who)
{
    int most = l->most[kind][is_crowd(who)], n[2];
    atomic_int *cell[2];

    if (who.family == EXEMPT || most <= 0)
        return 0;
    cells_of(l, kind, who, cell);
    for (int i = 0; i < 2; i++)
        n[i] = atomic_fetch_add_explicit(cell[i], 1, memory_order_relaxed);
    if (n[0] < most || n[1] < most)
        return 0;
    for (int i = 0; i < 2; i++)
        atomic_fetch_sub_explicit(cell[i], 1, memory_order_relaxed);
    return GUESS;
}

void
limit_let(struct limit *l, enum limit_hold kind, struct limit_who who)
{
    atomic_int *cell[2];

    if (who.family == EXEMPT || l->most[kind][is_crowd(who)] <= 0)
        return;
    cells_of(l, kind, who, cell);
    for (int i = 0; i < 2; i++)
        atomic_fetch_sub_explicit(cell[i], 1, memory_order_relaxed);
}
