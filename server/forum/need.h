/*
 * Needs and offers: one line each, for a while. Where a need and an offer of
 * one community fit, the helper is told, at most twice in 30 days unless they
 * say otherwise. Who was told, and who passed, is shown to nobody.
 */
#ifndef FORUM_NEED_H
#define FORUM_NEED_H

#include "forum/apply.h"
#include "forum/due.h"
#include "forum/thread.h"

#define NEED_SECONDS (30 * 86400)
#define OFFER_SECONDS (90 * 86400)
#define MATCHES_MOST 100 /* in 30 days, for one who wants many */

struct need {
    int64_t id, author, made_at, expires_at;
    struct str author_name, title;
    struct str head; /* the first bytes of its text; may be empty */
    bool is_tagged;  /* shares a tag with the thread that was given */
};

/* The open ones of a community, newest first, before thread `before`. like: a
 * thread to compare tags with, or 0. Strings are borrowed until the next row.
 */
struct rows need_list(struct db *db, enum thread_kind kind, int64_t community,
                      int64_t before, int64_t like, int64_t most);
/* What a member offers, of what the viewer may read. */
struct rows need_offered(struct db *db, int64_t author, int64_t viewer,
                         int64_t before, int64_t most);
bool need_next(struct rows *r, struct need *out);

/* When a need or an offer ends; 0 for any other thread. */
enum err need_expires(struct db *db, const struct thread *t, int64_t *at);

/* How many matches in 30 days a member wants. */
enum err need_matches_get(struct db *db, int64_t member, int64_t *most);

static inline bool
kind_expires(enum thread_kind kind)
{
    return kind == KIND_NEED || kind == KIND_OFFER;
}

/* Inside forum/, on the writer's thread. From now on it lasts so long. */
enum err need_lasts(struct db *db, int64_t thread, enum thread_kind kind,
                    int64_t now);
/* One was published: tells the helpers whom it fits. */
struct need_new {
    int64_t thread, community, author;
    enum thread_kind kind;
    struct str title, text;
};
enum err need_match(struct db *db, struct arena *mem, const struct need_new *n,
                    int64_t now);

#endif
