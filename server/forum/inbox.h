/* The inbox: what concerns a member, until they clear it. */
#ifndef FORUM_INBOX_H
#define FORUM_INBOX_H

#include "forum/words.h"
#include "store/db.h"

/* One thing to tell. Which fields count beside member and kind stands at enum
 * inbox_kind; the others are 0 and absent. */
struct notice {
    enum inbox_kind kind;
    int64_t member; /* whom; 0, or the same as other: nobody is told */
    int64_t other;  /* who did it, where that is told */
    int64_t post;   /* POST_ID */
    int64_t page, thing;
    struct str text; /* borrowed */
};

/* Puts it into the member's inbox, inside the writer's transaction. The same
 * notice that still lies there is not put in twice. */
enum err inbox_add(struct db *db, const struct notice *n, int64_t at);

#endif
