/* Posts: read in slices by keyset, each numbered in its thread. */
#ifndef FORUM_POST_H
#define FORUM_POST_H

#include "forum/words.h"
#include "store/db.h"

struct post {
    int64_t thread, number, seq, author, community;
    struct str author_name, text; /* text is empty unless POST_HERE */
    int64_t answers;              /* 0: the thread as a whole */
    int64_t at, edited_at;        /* edited_at 0: never */
    enum post_status status;
    bool has_versions;
    enum post_claim claim;
    struct str claim_where; /* where and when it worked; may be empty */
    enum post_mark mark;
    bool has_value; /* what came of it, shown thanks, or a page that uses it */
    struct str thread_title; /* post_since only */
};

/* Whoever may read the thread may read it. E_NOT_FOUND. Lives in mem. */
enum err post_get(struct db *db, int64_t thread, int64_t number,
                  struct arena *mem, struct post *out);
/* From number on, upwards / from number down. Strings are borrowed until the
 * next row; the reader stops when it has enough. */
struct rows post_slice(struct db *db, int64_t thread, int64_t from);
struct rows post_slice_back(struct db *db, int64_t thread, int64_t from);
/* From number on, upwards: those that tell one part of a review or of a piece
 * of work. */
struct rows post_told(struct db *db, enum post_claim claim, int64_t thread,
                      int64_t from);
/* Those of a thread that the asker marked, upwards. */
struct rows post_marked(struct db *db, int64_t thread);
/* All posts of a community after arrival number seq, oldest first. */
struct rows post_since(struct db *db, int64_t community, int64_t seq);
/* The lines of its porch, likewise. */
struct rows post_talk(struct db *db, int64_t community, int64_t seq);
bool post_next(struct rows *r, struct post *out);

/* Earlier texts, newest first: number, text, at. */
struct version {
    int64_t number, at;
    struct str text;
};
struct rows version_list(struct db *db, int64_t thread, int64_t number);
bool version_next(struct rows *r, struct version *out);

#endif
