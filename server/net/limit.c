#include "net/limit.h"

#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>

#include "base/secret.h"

#define WAYS 8
#define SETS 1024 /* so 8,192 rows, some 320 kB */
#define LONGEST (INT64_C(3600) * 1000)

/* A bucket is kept as the moment when it will be full again: no timer fills
 * it, and a moment that has passed holds nothing worth keeping. */
struct row {
    struct limit_who who;
    int64_t full_at[LIMIT_KINDS];
};

struct limit {
    int64_t cost[LIMIT_KINDS];  /* milliseconds to make up for one visit */
    int64_t depth[LIMIT_KINDS]; /* a bucket is empty this long before full */
    uint64_t seed;              /* so that nobody can aim at a set */
    struct row row[SETS * WAYS];
};

static void
rule_set(struct limit *l, enum limit_kind kind, struct limit_rule rule,
         int share)
{
    int64_t burst = rule.burst > share ? rule.burst / share : 1;

    if (rule.per_minute <= 0)
        return;
    l->cost[kind] = INT64_C(60000) * share / rule.per_minute;
    if (l->cost[kind] < 1)
        l->cost[kind] = 1;
    if (l->cost[kind] > LONGEST)
        l->cost[kind] = LONGEST;
    l->depth[kind] = burst * l->cost[kind];
    if (l->depth[kind] > LONGEST)
        l->depth[kind] = LONGEST;
}

enum err
limit_new(const struct limit_rules *rules, int share, struct limit **out)
{
    struct limit *l = calloc(1, sizeof *l);
    enum err e;

    *out = NULL;
    if (l == NULL)
        return E_NOMEM;
    if ((e = secret_random(&l->seed, sizeof l->seed))) {
        free(l);
        return e;
    }
    for (int i = 0; i < LIMIT_KINDS; i++)
        rule_set(l, (enum limit_kind)i, rules->of[i], share);
    *out = l;
    return OK;
}

void
limit_free(struct limit *l)
{
    free(l);
}

static struct limit_who
who_of_4(uint32_t address, bool is_loopback_limited)
{
    if (!is_loopback_limited && address >> 24 == 127)
        return (struct limit_who){0};
    return (struct limit_who){.net = address, .family = 4};
}

static struct limit_who
who_of_6(const struct in6_addr *address, bool is_loopback_limited)
{
    struct limit_who who = {.family = 6};

    if (IN6_IS_ADDR_V4MAPPED(address)) {
        uint32_t last;

        memcpy(&last, address->s6_addr + 12, sizeof last);
        return who_of_4(ntohl(last), is_loopback_limited);
    }
    if (!is_loopback_limited && IN6_IS_ADDR_LOOPBACK(address))
        return (struct limit_who){0};
    memcpy(&who.net, address->s6_addr, sizeof who.net);
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
    return (struct limit_who){0};
}

static struct row *
set_of(struct limit *l, struct limit_who who)
{
    uint64_t h = (who.net ^ l->seed) + who.family;

    /* The finishing steps of MurmurHash3: every bit reaches every other. */
    h = (h ^ h >> 33) * UINT64_C(0xff51afd7ed558ccd);
    h = (h ^ h >> 33) * UINT64_C(0xc4ceb9fe1a85ec53);
    return &l->row[(h ^ h >> 33) % SETS * WAYS];
}

static int64_t
row_end(const struct row *r)
{
    int64_t end = 0;

    for (int i = 0; i < LIMIT_KINDS; i++)
        end = r->full_at[i] > end ? r->full_at[i] : end;
    return end;
}

/* The row of who, or in its place the one of its set that is least missed. */
static struct row *
row_find(struct limit *l, struct limit_who who)
{
    struct row *set = set_of(l, who), *least = set;

    for (struct row *r = set; r < set + WAYS; r++) {
        if (r->who.family == who.family && r->who.net == who.net)
            return r;
        if (row_end(r) < row_end(least))
            least = r;
    }
    *least = (struct row){.who = who};
    return least;
}

int
limit_take(struct limit *l, enum limit_kind kind, struct limit_who who,
           int64_t ticks)
{
    int64_t *full_at, next;

    if (who.family == 0 || l->cost[kind] == 0)
        return 0;
    full_at = &row_find(l, who)->full_at[kind];
    next = (*full_at > ticks ? *full_at : ticks) + l->cost[kind];
    if (next - ticks > l->depth[kind])
        return (int)((next - ticks - l->depth[kind] + 999) / 1000);
    *full_at = next;
    return 0;
}

void
limit_sweep(struct limit *l, int64_t ticks)
{
    for (struct row *r = l->row; r < l->row + SETS * WAYS; r++)
        if (r->who.family != 0 && row_end(r) <= ticks)
            *r = (struct row){.who = {0}};
}

int
limit_rows(const struct limit *l)
{
    int n = 0;

    for (const struct row *r = l->row; r < l->row + SETS * WAYS; r++)
        n += r->who.family != 0;
    return n;
}
