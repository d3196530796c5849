/*
 * A question to one person first. It lies in a room of the two, so nobody else
 * finds it; its asker may move it, with all that was replied, into the
 * community for which it was written, where it arrives as if it were new. The
 * asked may pass by clearing the line in their inbox; nobody learns of that,
 * nor of a mute.
 */
#ifndef FORUM_PAIR_H
#define FORUM_PAIR_H

#include "forum/place.h"

#define UNANSWERED_AFTER (3 * 86400) /* seconds; then the asker is told */

/* Whom a draft will ask first, and whether it may. */
struct pair_draft {
    int64_t asked; /* or 0 */
    struct str name;
    bool may_ask;
};
enum err pair_draft_get(struct db *db, int64_t draft, struct arena *mem,
                        struct pair_draft *out);

/* Of a thread; wider is 0 where everybody there was asked. */
struct pair {
    int64_t wider, asked;
    struct str wider_name, asked_name;
};
enum err pair_get(struct db *db, int64_t thread, struct arena *mem,
                  struct pair *out);

/* --- inside the writer's transaction --- */

/* Where p goes because it asks one person: p->community becomes their room, and
 * p->wider where it may go. cj->out.why: E_WRONG, they do not take part there;
 * E_UNUSABLE, it can not be asked of one. */
enum err pair_place(struct db *db, struct change_job *cj, struct place *p);
/* It was put there, as the opening post `post`. */
enum err pair_tell(struct db *db, struct change_job *cj, const struct place *p,
                   int64_t post);

#endif
