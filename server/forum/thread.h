/* Threads and their order: by the arrival of their newest post. */
#ifndef FORUM_THREAD_H
#define FORUM_THREAD_H

#include "forum/words.h"
#include "store/db.h"

struct thread {
    int64_t id, community, author;
    struct str slug, community_name; /* of its community */
    struct str author_name, title;
    enum openness openness; /* of its community */
    enum thread_kind kind;
    enum thread_state state;
    int64_t made_at, last_number, last_seq, last_at;
    bool is_participant, is_steward; /* the viewer, in its community */
    int64_t me; /* as whom the viewer acts in it: themselves, or their quiet
                 * name where the page found one (forum/quiet.h) */
    bool is_withdrawn; /* its opening post was taken back or removed */
    int64_t needed_by; /* the first second of that day, or 0 */
    struct str tried;  /* what was tried; may be empty */
    int64_t author_at; /* when its author last wrote or acted in it */
};

/* E_NOT_FOUND also where the viewer may not read its community. */
enum err thread_get(struct db *db, int64_t id, int64_t viewer,
                    struct arena *mem, struct thread *out);
/* Newest activity first, before arrival number `before`; withdrawn threads
 * without a reply are left out. Strings are borrowed until the next row. */
struct rows thread_list(struct db *db, int64_t community, int64_t before,
                        int64_t limit);
/* The same for all that the viewer may read / has joined. */
struct rows thread_recent(struct db *db, int64_t viewer, int64_t before,
                          int64_t limit);
struct rows thread_mine(struct db *db, int64_t member, int64_t before,
                        int64_t limit);
/* Questions that are still open, oldest first, after thread `after`: all that
 * the viewer may read / of one community. */
struct rows thread_open_list(struct db *db, int64_t viewer, int64_t after,
                             int64_t limit);
struct rows thread_open_in(struct db *db, int64_t community, int64_t after,
                           int64_t limit);
/* Of one kind (reviews, work), newest first, before thread `before`: of one
 * community / what the member works on, wherever they can read it. */
struct rows thread_of_kind(struct db *db, int64_t community,
                           enum thread_kind kind, int64_t before,
                           int64_t limit);
struct rows thread_work(struct db *db, int64_t member, int64_t before,
                        int64_t limit);
bool thread_next(struct rows *r, struct thread *out);

#endif
