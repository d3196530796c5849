/*
 * Keeps the index of search (found) as posts and pages are. Triggers note what
 * changed (found_todo); whoever writes works off the notes when nobody waits.
 * Notes and index lie in the same database, so nothing is lost on the way.
 */
#ifndef FORUM_INDEX_H
#define FORUM_INDEX_H

#include "store/db.h"

/* Works off at most so many notes, inside the writer's transaction. *is_more:
 * some are left. */
enum err index_work(struct db *db, int most, bool *is_more);

#endif
