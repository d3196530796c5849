/* Inside forum/: a clean text becomes a post, or new words of one, or of a
 * community. */
#ifndef FORUM_PUBLISH_H
#define FORUM_PUBLISH_H

#include "forum/place.h"

/* p has passed place_check with why OK. Fills cj->out's thread and number, and
 * is_repeat where the same was there already. What can not be posted is
 * cj->out.why: E_EMPTY (no text; or no title, for a thread), E_TOO_LONG,
 * E_RATE. */
enum err place_put(struct db *db, struct change_job *cj, const struct place *p,
                   struct str text, bool is_draft);

/* The arrival number of what is put there next: a post, or a version of a
 * page. */
enum err seq_next(struct db *db, int64_t *seq);

#endif
