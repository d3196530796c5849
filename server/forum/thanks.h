/* Thanks with a reason: for the helper's eyes, unless both agree to show it. */
#ifndef FORUM_THANKS_H
#define FORUM_THANKS_H

#include "forum/words.h"
#include "store/db.h"

struct thanks {
    int64_t id, post, member, helper;
    struct str text; /* what it helped to do; may be empty */
    int64_t at;
    bool may_show;    /* who thanks agrees to show it */
    bool is_shown;    /* the helper too */
    struct str name;  /* who thanks */
    struct str title; /* of the thread; empty where it is withdrawn, or closed
                       * to the helper by now */
};

/* What member wrote for a post. E_NOT_FOUND. */
enum err thanks_get(struct db *db, int64_t post, int64_t member,
                    struct arena *mem, struct thanks *out);
/* All that a helper got, newest first, before `before`: theirs alone. */
struct rows thanks_list(struct db *db, int64_t helper, int64_t before,
                        int64_t most);
/* Those of a post that both agreed to show, oldest first. */
struct rows thanks_shown(struct db *db, int64_t post);
bool thanks_next(struct rows *r, struct thanks *out);

#endif
