/* Inside forum/: what the changes of drafts share. */
#ifndef FORUM_OWN_DRAFT_H
#define FORUM_OWN_DRAFT_H

#include "forum/apply.h"
#include "forum/draft.h"

/* The change's draft, if it is the member's: else E_NOT_FOUND. One that was
 * published is a repeat, and cj->out leads to what it became. */
enum err own_draft(struct db *db, struct change_job *cj, struct draft *d);

/* Adds a clean text to an open draft; a full one leaves it to a new draft, and
 * cj->out.why is E_TOO_LONG. */
enum err draft_append_or_make(struct db *db, struct change_job *cj,
                              const struct draft *d, struct str text);

/* Publishes an open draft of the member; what can not be is out.why. */
enum err draft_publish(struct db *db, struct change_job *cj,
                       const struct draft *d);

#endif
