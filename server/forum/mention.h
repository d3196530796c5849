/* Who is meant by @name in a text, and who is told of a new post. */
#ifndef FORUM_MENTION_H
#define FORUM_MENTION_H

#include "forum/change.h"
#include "store/db.h"

#define MENTIONS_MAX 20 /* people of one post; further names tell nobody */

/* The members whom text mentions by a present or former name, each once, in
 * the order of the text. Preformatted blocks and the addresses of links
 * mention nobody. The longest name that fits is meant. */
enum err mention_find(struct db *db, struct str text, struct arena *mem,
                      int64_t member[MENTIONS_MAX], int *n);

/* Tells whom a new post answers and whom it mentions, inside the writer's
 * transaction; only who may read it. */
struct told {
    int64_t community, thread, number, author;
    int64_t answers; /* number of the post replied to, or 0 */
    struct str text;
    int64_t at;
};
/* The same of one whom it mentions. */
enum err mention_tell(struct db *db, const struct told *t, int64_t member);
enum err post_tell(struct db *db, struct arena *mem, const struct told *t);

#endif
