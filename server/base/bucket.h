/*
 * How fast each of many may go: leaky buckets in a table of fixed size, which
 * threads share without a lock.
 *
 * No name stands in the table. A secret of this process leads from an id to
 * two cells, and who finds room in either may pass, so a stranger who happens
 * to share one of them slows nobody down. A cell holds the moment at which its
 * bucket will be full again, an hour ahead at most: a moment that has passed
 * is as good as none, so nothing has to be swept.
 */
#ifndef BASE_BUCKET_H
#define BASE_BUCKET_H

#include <stdint.h>

#include "base/err.h"

/* Made by bucket_rule. Zeroed: no limit. */
struct bucket_rule {
    int64_t cost;  /* milliseconds that make up for one */
    int64_t depth; /* a bucket is empty so long before it is full */
};

/* burst at once, and in the long run count in ms milliseconds. count 0: no
 * limit. */
struct bucket_rule bucket_rule(int64_t burst, int64_t count, int64_t ms);

/* For rules of about the same depth: a deeper one's moments would be taken for
 * those of a clock that was set back. */
struct buckets;

/* E_NOMEM, E_IO. */
enum err buckets_new(struct buckets **out);
void buckets_free(struct buckets *); /* NULL is fine */

/* In how many seconds one more may pass at ticks (milliseconds of any clock);
 * 0: now. Takes nothing. */
int buckets_wait(const struct buckets *, const struct bucket_rule *,
                 uint64_t id, int64_t ticks);
/* The same, and takes where it may pass; a refusal does not count. */
int buckets_take(struct buckets *, const struct bucket_rule *, uint64_t id,
                 int64_t ticks);

/* Every bit of h reaches every other. */
uint64_t bucket_mix(uint64_t h);

#endif
