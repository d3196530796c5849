/* Inside forum/: what the changes of circles share. */
#ifndef FORUM_OWN_CIRCLE_H
#define FORUM_OWN_CIRCLE_H

#include "forum/circle.h"
#include "forum/place.h"

/* The circle of the change, if its member is in it: else E_NOT_FOUND. */
enum err own_circle(struct db *db, struct change_job *cj, struct circle *out);
/* Nothing was changed, since it is so already. OK. */
enum err circle_repeat(struct change_job *cj);
/* Opens a thread there in the member's name; cj->out.why as in place_put. */
enum err circle_thread(struct db *db, struct change_job *cj,
                       enum thread_kind kind, struct str text);
/* A text of this title that has no place yet. */
struct place circle_text(enum draft_aim aim, struct str title);

#endif
