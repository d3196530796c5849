/*
 * Circles: 4 to 12 people who meet until a day that they choose, with prompts
 * for each meeting that they may change, and a closing review. A circle is a
 * room; its meetings are threads in it. When it has closed, what was written
 * stays among those in it, unless all of them wish otherwise.
 */
#ifndef FORUM_CIRCLE_H
#define FORUM_CIRCLE_H

#include "forum/words.h"
#include "store/db.h"

struct circle {
    int64_t community;
    struct str slug, name; /* of its room */
    int64_t ends_at;       /* the first second of its last day */
    struct str prompts;    /* one a line */
    int64_t revision;      /* of the prompts */
    int64_t meeting;       /* thread of the last one, or 0 */
    int64_t review;        /* thread of the closing review, or 0 */
    int64_t closed_at;     /* or 0 */
    struct str invitation; /* its secret */
    bool is_shared;        /* it has closed, and all wish to share it */
};

/* Whoever asks has seen its community. E_NOT_FOUND where that is no circle.
 * Lives in mem. */
enum err circle_get(struct db *db, int64_t community, struct arena *mem,
                    struct circle *out);
/* Those that a member is in, at most 100; slug, name, ends_at and closed_at
 * are set, and borrowed until the next row. */
struct rows circle_list(struct db *db, int64_t member);
bool circle_next(struct rows *r, struct circle *out);

/* Who is in: name, wish (WISH_COUNT: none said). */
struct rows circle_people(struct db *db, int64_t community);
/* How many are in. */
enum err circle_size(struct db *db, int64_t community, int *size);
/* E_CROWDED where twelve are in. */
enum err circle_has_room(struct db *db, int64_t community);
/* May what was written there leave it? Only when all of it wish so. */
enum err circle_may_share(struct db *db, int64_t community, bool *may);
/* Inside forum/: a member is in it no more, so the others may agree by now. A
 * circle that has closed and that nobody is in is deleted. E_NOT_FOUND. */
enum err circle_left(struct db *db, int64_t community, int64_t member,
                     struct arena *mem);

#endif
