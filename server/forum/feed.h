/*
 * Feeds: the newest of a place, for those who read elsewhere. Opening posts and
 * kept pages stand for the site, a community and a tag; posts for a thread,
 * versions for a page, and for a person the pages that they chose. Nothing
 * records who fetched one. What is closed, taken away or talk on a porch is in
 * no feed; that of a closed community is for those who may read it.
 */
#ifndef FORUM_FEED_H
#define FORUM_FEED_H

#include "forum/words.h"
#include "store/db.h"

enum feed_kind {
    FEED_SITE,
    FEED_COMMUNITY, /* thing: community */
    FEED_THREAD,    /* thing: thread */
    FEED_TAG,       /* thing: tag */
    FEED_PAGE,      /* thing: page */
    FEED_MEMBER     /* thing: member */
};

#define FEED_ENTRIES 30

struct entry {
    bool is_page;
    int64_t thing;  /* thread or page */
    int64_t number; /* of the post or of the version; 0: the page as it is */
    struct str title, author, community, text;
    int64_t at, updated; /* when it was written, when its text changed last */
};

/* The newest FEED_ENTRIES, posts and pages together. */
struct feed {
    struct rows rows[2];
    struct entry entry[2]; /* what comes next from each */
    bool has[2];
    int sources, last, left;
};

void feed_open(struct feed *f, struct db *db, enum feed_kind kind,
               int64_t thing);
/* Strings are borrowed until the next call. */
bool feed_next(struct feed *f, struct entry *out);
/* Always called, once. */
enum err feed_end(struct feed *f);

#endif
