/*
 * Kept pages: a community's lasting text, with versions, the posts that it was
 * made from, whom it credits, when it was last found true, and the doubts that
 * nobody has answered yet. Whoever may read the community may read its pages.
 */
#ifndef FORUM_PAGE_H
#define FORUM_PAGE_H

#include "forum/words.h"
#include "store/db.h"

struct page {
    int64_t id, community, version;
    struct str slug, community_name; /* of its community */
    enum openness openness;
    bool is_participant; /* the viewer */
    struct str title, text;
    struct str maker; /* who made the newest version */
    int64_t made_at, changed_at;
    int64_t true_at; /* when it was last found true */
    struct str true_where, true_by;
    int64_t origin; /* the page whose text it began with, or 0 */
};

/* viewer: a member, or 0 for a guest. E_NOT_FOUND. Lives in mem. */
enum err page_get(struct db *db, int64_t id, int64_t viewer, struct arena *mem,
                  struct page *out);
/* The page of a community whose title has this fold; 0: none. */
enum err page_of_title(struct db *db, int64_t community, struct str fold,
                       int64_t *id);

/* Lists have id, title, changed_at, slug and community_name; text is borrowed
 * until the next row. By title, behind page `after` (0: from the beginning), at
 * most 1000; */
struct rows page_list(struct db *db, int64_t community, int64_t after,
                      struct arena *mem);
/* changed last first, before (changed_at, id); */
struct rows page_newest(struct db *db, int64_t community, int64_t changed_at,
                        int64_t id, int64_t most);
/* the same of all communities that the viewer may read; */
struct rows page_recent(struct db *db, int64_t viewer, int64_t most);
/* of those that use a post. */
struct rows page_of_post(struct db *db, int64_t thread, int64_t number,
                         int64_t viewer);
bool page_next(struct rows *r, struct page *out);
/* The same by title with text, true_at, true_where and maker, one more. */
struct rows page_book_list(struct db *db, int64_t community, int64_t after,
                           struct arena *mem);
bool page_book_next(struct rows *r, struct page *out);

/* Those that a member chose to show on their own page. */
struct rows page_chosen(struct db *db, int64_t member, int64_t viewer);
enum err page_is_chosen(struct db *db, int64_t page, int64_t member,
                        bool *is_chosen);
/* Columns: id, and the arrival number of its newest version, of those that
 * came after arrival `seq`, in that order, at most 1000. */
struct rows page_since(struct db *db, int64_t community, int64_t seq);

struct page_version {
    int64_t number, at;
    struct str title, text, author;
};

enum err page_version_get(struct db *db, int64_t page, int64_t number,
                          struct arena *mem, struct page_version *out);
/* Newest first, those before number `before`, without their text. */
struct rows page_version_list(struct db *db, int64_t page, int64_t before);
bool page_version_next(struct rows *r, struct page_version *out);

/* A post from which a page was made. */
struct page_source {
    int64_t thread, number;
    struct str author, title; /* title: of the thread */
    bool is_left_out;         /* its author is not to be named */
    bool is_withdrawn;        /* its author took it away */
    bool is_readable;         /* the viewer may read the thread */
};

struct rows page_source_list(struct db *db, int64_t page, int64_t viewer);
bool page_source_next(struct rows *r, struct page_source *out);

/* Who wrote the posts of a page. */
struct page_credit {
    int64_t member;
    struct str name;
    bool is_left_out;
    bool is_withdrawn; /* took away every post that the page used */
};

struct rows page_credits(struct db *db, int64_t page);
bool page_credit_next(struct rows *r, struct page_credit *out);
/* What the member is for the page: is_theirs says whether they are credited. */
enum err page_credit_of(struct db *db, int64_t page, int64_t member,
                        bool *is_theirs, bool *is_left_out);

/* Columns: thread, name, is_left_out, of each quiet name of theirs that the
 * page credits. */
struct rows page_credit_quiet(struct db *db, int64_t page, struct str tag);

struct page_doubt {
    int64_t id, member, at;
    struct str name, text;
    int64_t answered_at; /* 0: still open */
    struct str answer, answer_by;
    int64_t version; /* that answers it, or 0 */
};

/* Those that nobody has answered, oldest first, from id `from` on. */
struct rows page_doubts_open(struct db *db, int64_t page, int64_t from);
/* All, newest first, before id `before`. */
struct rows page_doubts(struct db *db, int64_t page, int64_t before);
bool page_doubt_next(struct rows *r, struct page_doubt *out);

#endif
