/*
 * A member's private feed: the newest of what they follow, for clients that
 * have no certificate to show. Whoever knows its secret reads it, so nothing
 * that is closed is in it. Nothing records who fetched it.
 */
#ifndef FORUM_OWN_FEED_H
#define FORUM_OWN_FEED_H

#include "forum/feed.h"

#define FEED_SECRET_LENGTH 32 /* letters of five bits */
#define FEED_TEXT_MAX 4096    /* bytes of an entry's text; of more, its head */

/* Whose feed it is. E_NOT_FOUND. */
enum err feed_owner(struct db *db, struct str secret, int64_t *member);
/* Stands for a secret where it must not be told; 0: there is none. A new one
 * is made in place of the one that its owner saw, so that a repeat changes
 * nothing. */
enum err feed_mark(struct str secret, int64_t *mark);

/* The newest posts and pages of what the member follows and did not mute, in
 * public and by others, newest first. Lives in mem. */
enum err own_feed(struct db *db, int64_t member, struct arena *mem,
                  struct entry out[FEED_ENTRIES], int *n);

#endif
