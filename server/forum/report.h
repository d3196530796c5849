/* What members reported to the stewards, until one of them has looked. Nobody
 * is told who it was. */
#ifndef FORUM_REPORT_H
#define FORUM_REPORT_H

#include "forum/words.h"
#include "store/db.h"

struct report {
    int64_t post;             /* POST_ID */
    struct str reason, title; /* until the next row; title: of the thread */
};

/* By post, at most a hundred: as they are looked at, others come. */
struct rows report_list(struct db *db, int64_t community);
/* Of one post; titles are empty. */
struct rows report_of_post(struct db *db, int64_t post);
bool report_next(struct rows *r, struct report *out);
/* Did the member report that post, and nobody has looked yet? */
enum err report_is_mine(struct db *db, int64_t post, int64_t member,
                        bool *is_mine);

#endif
