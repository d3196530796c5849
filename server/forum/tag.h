/*
 * Tags: single words by which threads and pages are found. One of the site is
 * made of what is public; a closed community has its own, which nobody else
 * can see. A tag that was renamed, or merged into another, leads there.
 */
#ifndef FORUM_TAG_H
#define FORUM_TAG_H

#include "forum/words.h"
#include "store/db.h"

#define TAG_MIN 2 /* letters */
#define TAG_MAX 30
#define TAGS_MAX 8 /* of a thread or a page */

struct tag {
    int64_t id, community;  /* community 0: of the site */
    struct str fold, name;  /* fold: as in its address */
    struct str slug, place; /* tag_closed only: of its community */
};

/* By any writing of its name; community 0: the site's. *is_old: it was called
 * so before, out is what it became. E_NOT_FOUND. Lives in mem. */
enum err tag_find(struct db *db, int64_t community, struct str name,
                  struct arena *mem, struct tag *out, bool *is_old);
/* The tag that this one is now. E_NOT_FOUND. */
enum err tag_get(struct db *db, int64_t id, struct arena *mem, struct tag *out);
/* The site's tags behind `after` (a fold), by the alphabet. */
struct rows tag_list(struct db *db, struct str after, int64_t most);
/* Those of a member's closed communities. */
struct rows tag_closed(struct db *db, int64_t member, int64_t most);
/* Those of a thread or a page. */
struct rows tags_of(struct db *db, bool is_page, int64_t thing);
bool tag_next(struct rows *r, struct tag *out);

/* What has the tag and the viewer may read: threads for thread_next, those
 * with a number below `before`, newest first; pages likewise, as id, title. */
struct rows tag_threads(struct db *db, int64_t tag, int64_t viewer,
                        int64_t before, int64_t most);
struct rows tag_pages(struct db *db, int64_t tag, int64_t viewer, int64_t most);

/* May this member rename it? One who joined a community that uses it. */
enum err tag_may_tend(struct db *db, const struct tag *t, int64_t member);

/* --- inside the writer's transaction --- */

/* What somebody typed as tags, between blanks or commas: those that can be
 * used, with one blank between them, at most TAGS_MAX; for draft.tags. */
struct str tags_clean(struct arena *mem, struct str typed);
/* Gives them to a thread or a page; what can not be used is left out. */
enum err tags_apply(struct db *db, struct arena *mem, bool is_page,
                    int64_t thing, struct str typed, int *added);
/* Its community was opened or closed, or it went to another: its tags become
 * those of the site, or of that community. */
enum err tags_settle(struct db *db, struct arena *mem, bool is_page,
                     int64_t thing);
/* Moves some of what has a tag that was merged into another. */
enum err tag_work(struct db *db, int most, bool *is_more);

#endif
