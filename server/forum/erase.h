/*
 * Inside forum/: rows that go for good, with all that hangs on them. Nothing
 * else in the site deletes what somebody published.
 */
#ifndef FORUM_ERASE_H
#define FORUM_ERASE_H

#include "store/db.h"

/* Posts by their ids, both ends included: their earlier versions, thanks, what
 * came of them, and what an inbox tells of them. Pages keep their words. */
enum err posts_erase(struct db *db, int64_t first, int64_t last);

/* A room, and every word in it. What its people have not published stays
 * theirs: drafts without a place, and their notebooks. Of the room there stays
 * a row without words, since its number must not be given again, nor those of
 * its threads. */
enum err room_erase(struct db *db, int64_t community);

#endif
