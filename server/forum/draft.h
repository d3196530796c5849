/* Drafts: text not yet published, its author's alone. */
#ifndef FORUM_DRAFT_H
#define FORUM_DRAFT_H

#include "forum/words.h"
#include "store/db.h"

struct draft {
    int64_t id, member, revision, changed_at;
    enum draft_aim aim;
    enum thread_kind kind;
    int64_t community, thread, answers; /* 0: none */
    struct str slug, community_name;    /* of community, if any */
    struct str title;                   /* of the thread to be */
    struct str thread_title;            /* of the thread replied to, if any */
    enum thread_kind thread_kind;       /* of the thread replied to */
    enum post_claim claim;              /* of a reply: how sure it is */
    struct str claim_where;
    int64_t needed_by;      /* of a question: until when, or 0 */
    struct str tried, tags; /* of a thread to be; may be empty */
    bool is_quiet;   /* it is or will be under a quiet name; member is that */
    int64_t went_to; /* POST_ID it became; -1: a text of its community; below
                      * that: WENT_TO_PAGE; 0: still a draft */
    /* AIM_PAGE, by draft_get: the page that gets new words (0: a new one is
     * made), the version they were made from, the page that a new one began
     * with, and the doubt that they answer; or 0. */
    int64_t page, version, origin, doubt;
};

#define WENT_TO_PAGE(page) (-1 - (page)) /* its own inverse */

/* May it still be put into any community? A thread to be; and a page to be that
 * neither began in a thread or another page nor is new words of one. */
bool draft_may_move(const struct draft *d);

/* Its author's alone, who is found by their tag where it is quiet: anybody else
 * gets E_NOT_FOUND. */
enum err draft_get(struct db *db, int64_t id, int64_t member, struct str tag,
                   struct arena *mem, struct draft *out);
/* Newest first, at most 100, without those that became posts. */
struct rows draft_list(struct db *db, int64_t member);
bool draft_next(struct rows *r, struct draft *out);
/* The same, and behind them those of one's quiet names, in no order of time. */
bool draft_next_all(struct rows *r, struct str tag, struct draft *out);
/* Columns: position, text, blank lines before it. */
struct rows draft_parts(struct db *db, int64_t draft);
/* One of them, at a position; p NULL where there is none. */
enum err draft_part(struct db *db, int64_t draft, int64_t position,
                    struct arena *mem, struct str *text);
/* The parts with the blank lines between them: what would be posted. */
enum err draft_text(struct db *db, int64_t draft, struct arena *mem,
                    struct str *out);

/* A post that was chosen for a page, in the order of the thread. */
struct draft_source {
    int64_t post;                        /* POST_ID */
    bool is_in;                          /* its text was put into the draft */
    struct str author_name, title, text; /* title: of its thread */
    enum post_status status;
    int64_t author;
};
struct rows draft_sources(struct db *db, int64_t draft);
bool draft_source_next(struct rows *r, struct draft_source *out);

#endif
