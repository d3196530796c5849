/*
 * Search: pages, threads and posts that the viewer may read. A search looks at
 * the newest that have all the words, at most SEARCH_NEWEST posts; within those
 * pages come first, then answered questions, then the rest, newest first in
 * each. Where each of the words is in more than 200,000 posts, or all of them
 * together are in more than a million and none in less than 2,000, it looks at
 * the last 262,144 posts or a few more alone. Chat is not in it.
 */
#ifndef FORUM_SEARCH_H
#define FORUM_SEARCH_H

#include "forum/terms.h"
#include "forum/words.h"
#include "store/db.h"

#define SEARCH_NEWEST 1000
#define SEARCH_PAGES 100
#define NEAR_MOST 5

struct find {
    int64_t page;           /* 0: a post */
    int64_t thread, number; /* of the post */
    enum thread_kind kind;  /* of the thread */
    enum thread_state state;
    int64_t at; /* when it was written; of a page: when it changed */
    struct str slug, community_name, title;
    struct str line; /* that matches; empty where only the title does */
};

struct finds {
    struct find *find;
    int n;
    bool has_more;   /* on the next page */
    bool is_bounded; /* older ones may match too */
};

/* The finds from number `from` (0 is the first) on, at most `most`. A viewer of
 * 0 is a guest. All lives in mem. */
enum err search(struct db *db, const struct terms *terms, int64_t viewer,
                int from, int most, struct arena *mem, struct finds *out);

/* Up to five that are near a question's title: any of its words, rare ones
 * count more; pages and answered questions first, each thread once. Lives in
 * mem. *n: how many. */
enum err search_near(struct db *db, struct str title, int64_t viewer,
                     struct arena *mem, struct find near[NEAR_MOST], int *n);

/* Inside forum/: one post (id > 0: by arrival number) or page (minus its
 * number) as the viewer may read it, without its line; *text: all of it.
 * E_NOT_FOUND. */
enum err find_get(struct db *db, int64_t id, int64_t viewer, struct arena *mem,
                  struct find *out, struct str *text);
/* Inside forum/: the closed communities of a member, newest first; column 0. */
#define SCOPES_MAX 200
enum err scopes_get(struct db *db, int64_t viewer, int64_t scope[SCOPES_MAX],
                    int *n);

#endif
