#include "base/bucket.h"

#include <stdatomic.h>
#include <stdlib.h>

#include "base/secret.h"

#define CELLS 32768 /* a power of two; 256 kB, touched as far as needed */
#define LONGEST (INT64_C(3600) * 1000)
#define SLACK 60000 /* milliseconds between what two threads take for now */

struct buckets {
    uint64_t seed; /* so that nobody can aim at a cell */
    _Atomic int64_t full_at[CELLS];
};

struct bucket_rule
bucket_rule(int64_t burst, int64_t count, int64_t ms)
{
    struct bucket_rule rule = {0};

    if (count <= 0)
        return rule;
    burst = burst < 1 ? 1 : burst;
    rule.cost = ms / count;
    if (rule.cost < 1)
        rule.cost = 1;
    if (rule.cost > LONGEST)
        rule.cost = LONGEST;
    rule.depth = burst > LONGEST / rule.cost ? LONGEST : burst * rule.cost;
    return rule;
}

enum err
buckets_new(struct buckets **out)
{
    struct buckets *b = calloc(1, sizeof(*b));
    enum err e;

    *out = NULL;
    if (!b)
        return E_NOMEM;
    if ((e = secret_random(&b->seed, sizeof(b->seed)))) {
        free(b);
        return e;
    }
    *out = b;
    return OK;
}

void
buckets_free(struct buckets *b)
{
    free(b);
}

/* The finishing steps of MurmurHash3. */
uint64_t
bucket_mix(uint64_t h)
{
    h = (h ^ h >> 33) * UINT64_C(0xff51afd7ed558ccd);
    h = (h ^ h >> 33) * UINT64_C(0xc4ceb9fe1a85ec53);
    return h ^ h >> 33;
}

/* When a bucket would be full again after one more. A moment further ahead
 * than the rule leads was seen by a thread that is a little ahead of us; one
 * much further is left from before the clock was set back, and means nothing.
 */
static int64_t
one_more(const struct bucket_rule *rule, int64_t full_at, int64_t ticks)
{
    if (full_at > ticks + rule->depth + SLACK)
        full_at = ticks;
    if (full_at > ticks + rule->depth)
        full_at = ticks + rule->depth;
    return (full_at > ticks ? full_at : ticks) + rule->cost;
}

static int
seconds_until(const struct bucket_rule *rule, int64_t next, int64_t ticks)
{
    int64_t late = next - ticks - rule->depth;

    return late <= 0 ? 0 : (int)((late + 999) / 1000);
}

static int
cell_take(_Atomic int64_t *cell, const struct bucket_rule *rule, int64_t ticks)
{
    int64_t full_at = atomic_load_explicit(cell, memory_order_relaxed), next;
    int seconds;

    do {
        next = one_more(rule, full_at, ticks);
        if ((seconds = seconds_until(rule, next, ticks)) > 0)
            return seconds;
    } while (!atomic_compare_exchange_weak_explicit(
        cell, &full_at, next, memory_order_relaxed, memory_order_relaxed));
    return 0;
}

static int
cell_wait(const _Atomic int64_t *cell, const struct bucket_rule *rule,
          int64_t ticks)
{
    int64_t full_at = atomic_load_explicit(cell, memory_order_relaxed);

    return seconds_until(rule, one_more(rule, full_at, ticks), ticks);
}

int
buckets_wait(const struct buckets *b, const struct bucket_rule *rule,
             uint64_t id, int64_t ticks)
{
    uint64_t h = bucket_mix(id ^ b->seed);
    int first, second;

    if (rule->cost == 0)
        return 0;
    first = cell_wait(&b->full_at[h % CELLS], rule, ticks);
    second = cell_wait(&b->full_at[(h >> 32) % CELLS], rule, ticks);
    return first < second ? first : second;
}

int
buckets_take(struct buckets *b, const struct bucket_rule *rule, uint64_t id,
             int64_t ticks)
{
    uint64_t h = bucket_mix(id ^ b->seed);
    _Atomic int64_t *one = &b->full_at[h % CELLS],
                    *other = &b->full_at[(h >> 32) % CELLS];
    int first, second;

    if (rule->cost == 0)
        return 0;
    first = cell_take(one, rule, ticks);
    if (one == other)
        return first;
    second = cell_take(other, rule, ticks);
    return first < second ? first : second;
}
