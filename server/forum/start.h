/* Start here: what participants of a community chose to show a newcomer. */
#ifndef FORUM_START_H
#define FORUM_START_H

#include "forum/words.h"
#include "store/db.h"

/* A thread or a page, and why a newcomer should read it. */
struct start {
    int64_t position;     /* from 1 */
    int64_t thread, page; /* one of them is 0 */
    struct str text, by;  /* by: who chose it */
    struct str title;     /* empty where it was withdrawn */
    int64_t member;
};

/* In order, at most START_HERE_MAX; text is borrowed until the next row. */
struct rows start_list(struct db *db, int64_t community);
bool start_next(struct rows *r, struct start *out);

#endif
