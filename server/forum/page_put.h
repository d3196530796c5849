/* Inside forum/: a clean text becomes a page, or a new version of one. */
#ifndef FORUM_PAGE_PUT_H
#define FORUM_PAGE_PUT_H

#include "forum/place.h"

/* As place_check and place_put, for AIM_PAGE. What can not be published is
 * cj->out.why: E_CONFLICT (another version came between), E_TAKEN (another
 * page has that title), E_GONE (an author took away a post that was chosen). */
enum err page_check(struct db *db, struct change_job *cj, struct place *p,
                    enum err *why);
enum err page_put(struct db *db, struct change_job *cj, const struct place *p,
                  struct str text, bool is_draft);

#endif
