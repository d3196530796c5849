/* What came of an answer or a page: sentences of those who tried it. */
#ifndef FORUM_CAME_H
#define FORUM_CAME_H

#include "forum/words.h"
#include "store/db.h"

struct came {
    int64_t id, community;
    int64_t post, page; /* one of them is 0 */
    int64_t member;     /* who tells */
    struct str name;    /* of them */
    enum came_kind kind;
    struct str text;
    int64_t at;
    struct str title; /* of the thread or page; empty where it is withdrawn */
    struct str slug, community_name; /* came_recent only */
};

/* All newest first, before `before`, at most `most`. Strings are borrowed
 * until the next row. Whoever asks has made sure that the reader may read the
 * community; came_recent gives those of public ones. What was told of a post
 * that is withdrawn is left out. */
struct rows came_of_post(struct db *db, int64_t post, int64_t before,
                         int64_t most);
struct rows came_of_page(struct db *db, int64_t page, int64_t before,
                         int64_t most);
struct rows came_list(struct db *db, int64_t community, int64_t before,
                      int64_t most);
struct rows came_recent(struct db *db, int64_t most);
bool came_next(struct rows *r, struct came *out);
/* Has anybody told anything in the community? */
enum err came_has(struct db *db, int64_t community, bool *has);

#endif
