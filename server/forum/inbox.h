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
/* It came with a row that has gone: it is taken out again, wherever it is. */
enum err inbox_take(struct db *db, const struct notice *n);

/* With whom lies what concerns a quiet name; the member itself for others. */
enum err inbox_keeper(struct db *db, int64_t member, int64_t *keeper);

/* A notice as its member sees it. What they may not read any more, and what
 * was withdrawn, is there without its words. */
struct inbox_line {
    int64_t id, at;
    struct notice notice;  /* text: empty where it may not be shown */
    struct str other_name; /* empty where nobody is named */
    struct str title;      /* of the thread, the page or the circle */
    struct str slug;       /* of the circle */
    struct str post_text;  /* of REPLY, MENTION */
    bool is_readable;      /* the post or the page, to this member */
};

/* Newest first, before notice `before`, at most `most`; what concerns the quiet
 * names that the tag stands for among it. Strings are borrowed until the next
 * row. */
struct rows inbox_list(struct db *db, int64_t member, struct str tag,
                       int64_t before, int64_t most);
bool inbox_next(struct rows *r, struct inbox_line *out);
/* News of a device stay for a week, or whoever added one with a code that was
 * not meant for them could take the news away. */
#define DEVICE_NEWS_SECONDS INT64_C(604800)
bool inbox_may_clear(const struct inbox_line *l, int64_t now);
enum err inbox_has(struct db *db, int64_t member, struct str tag, bool *has);

#endif
