#include "forum/pace.h"

#include <stdlib.h>

enum { A_MINUTE, AN_HOUR, SPANS };

struct pace {
    struct bucket_rule rule[SPANS];
    struct buckets *buckets[SPANS];
};

enum err
pace_new(struct pace_rules rules, struct pace **out)
{
    struct pace *p = calloc(1, sizeof(*p));
    enum err e;

    *out = NULL;
    if (!p)
        return E_NOMEM;
    p->rule[A_MINUTE] = bucket_rule(rules.per_minute, rules.per_minute, 60000);
    p->rule[AN_HOUR] = bucket_rule(rules.per_hour, rules.per_hour, 3600000);
    if ((e = buckets_new(&p->buckets[A_MINUTE])) ||
        (e = buckets_new(&p->buckets[AN_HOUR]))) {
        pace_free(p);
        return e;
    }
    *out = p;
    return OK;
}

void
pace_free(struct pace *p)
{
    for (int i = 0; p && i < SPANS; i++)
        buckets_free(p->buckets[i]);
    free(p);
}

int
pace_take(struct pace *p, int64_t member, int64_t at)
{
    uint64_t id = (uint64_t)member;
    int64_t ticks = at * 1000;
    int wait = 0;

    if (!p)
        return 0;
    /* Nothing is taken from one span where the other one is used up. */
    for (int i = 0; i < SPANS; i++) {
        int seconds = buckets_wait(p->buckets[i], &p->rule[i], id, ticks);

        wait = seconds > wait ? seconds : wait;
    }
    for (int i = 0; i < SPANS && wait == 0; i++)
        wait = buckets_take(p->buckets[i], &p->rule[i], id, ticks);
    return wait;
}
