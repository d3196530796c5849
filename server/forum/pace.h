/*
 * How fast one member may write: posts, new words of posts and of a
 * community, and new communities, by whatever way they are written. Drafts
 * are free, so what came too fast waits in one.
 *
 * In memory only and over within an hour (base/bucket.h): nothing here can
 * tell how much anybody has written.
 */
#ifndef FORUM_PACE_H
#define FORUM_PACE_H

#include "base/bucket.h"

/* 0: no limit. */
struct pace_rules {
    int64_t per_minute, per_hour;
};

struct pace;

enum err pace_new(struct pace_rules, struct pace **out); /* E_NOMEM, E_IO */
void pace_free(struct pace *);                           /* NULL is fine */

/* One more by member, at that second: 0 where it may be, else in how many
 * seconds. On one thread only. NULL as the pace: no limit. */
int pace_take(struct pace *, int64_t member, int64_t at);

#endif
