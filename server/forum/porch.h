/*
 * The porch of a community: one thread of kind chat, made when somebody speaks
 * first, whose lines fade after 30 days. It is in no list of threads or posts,
 * so that talk pushes nothing out.
 */
#ifndef FORUM_PORCH_H
#define FORUM_PORCH_H

#include "forum/due.h"
#include "forum/place.h"

#define PORCH_SECONDS (30 * 86400)

/* The thread of its porch, or 0: nobody has spoken there yet. */
enum err porch_find(struct db *db, int64_t community, int64_t *thread);

/* Inside forum/, on the writer's thread. A text for a new porch of a community
 * that has one is a line there. */
enum err porch_settle(struct db *db, struct place *p);
/* Such a line was posted: it will fade, and its community stays awake. */
enum err porch_line(struct db *db, int64_t post, int64_t now);

#endif
