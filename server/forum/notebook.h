/* The notebook: what a member saved, with a note, for their own eyes. */
#ifndef FORUM_NOTEBOOK_H
#define FORUM_NOTEBOOK_H

#include "forum/words.h"
#include "store/db.h"

struct saved {
    int64_t id, at;
    int64_t thread;        /* 0: not a thread or one of its posts */
    int64_t number;        /* of a post; 0: the thread as a whole */
    int64_t page;          /* or 0 */
    struct str title;      /* of thread or page; empty where withdrawn */
    struct str collection; /* its owner's word; may be empty */
    struct str note;       /* may be empty */
    bool is_readable;      /* to its owner, still */
};

/* Newest first, before entry `before`, at most `most`. Strings are borrowed
 * until the next row. */
struct rows notebook_list(struct db *db, int64_t member, int64_t before,
                          int64_t most);
/* The same of one collection. */
struct rows notebook_of(struct db *db, int64_t member, struct str collection,
                        int64_t before, int64_t most);
bool notebook_next(struct rows *r, struct saved *out);

/* One entry. Its owner's alone: anybody else gets E_NOT_FOUND. Lives in mem. */
enum err notebook_get(struct db *db, int64_t id, int64_t member,
                      struct arena *mem, struct saved *out);

/* Its owner's words to collect under, by the alphabet; at most 100. Column:
 * the word. */
struct rows notebook_collections(struct db *db, int64_t member);

#endif
