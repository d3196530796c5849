/* Questions: what answered them, and whether they are still open. The state
 * follows from the marks: one answer marked, and it is answered. */
#ifndef FORUM_QUESTION_H
#define FORUM_QUESTION_H

#include "forum/thread.h"

#define WHAT_CAME_AFTER (21 * 86400) /* seconds after an answer was marked */

/* The member says so of a post and waits for another participant who does:
 * MARK_NONE where they do not, or where the author came back since. */
enum err question_wished(struct db *db, const struct thread *t, int64_t number,
                         int64_t member, enum post_mark *mark);

/* Inside forum/, on the writer's thread: a question that is needed by a day was
 * published; a post that may have been marked was taken away. */
enum err question_begun(struct db *db, int64_t thread, int64_t member,
                        int64_t needed_by);
enum err question_post_gone(struct db *db, int64_t thread, int64_t number);

#endif
