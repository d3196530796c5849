/*
 * Inside forum/: where a text belongs, and whether its author may put it
 * there. Drafts and posts at once meet here.
 */
#ifndef FORUM_PLACE_H
#define FORUM_PLACE_H

#include "forum/apply.h"
#include "forum/draft.h"

struct place {
    enum draft_aim aim;
    enum thread_kind kind; /* AIM_THREAD only; else 0 */
    int64_t community, thread, answers;
    struct str title;       /* AIM_THREAD, AIM_PAGE; never p NULL */
    enum post_claim claim;  /* AIM_REPLY only; else none */
    struct str claim_where; /* never p NULL */
    bool is_quiet;          /* AIM_THREAD: under a quiet name */
    int64_t needed_by;      /* AIM_THREAD only; else 0 */
    struct str tried;       /* the same; never p NULL */
    int64_t page, version, origin, doubt; /* AIM_PAGE, as in struct draft */
    int64_t asked;                        /* AIM_THREAD: of whom first, or 0 */
    int64_t wider; /* where that may go; pair_place fills it */
    /* What place_check found there: */
    struct str slug;
    struct str present;       /* the text that stands there now; may be empty */
    int64_t present_at;       /* AIM_EDIT: since when */
    int64_t last_number;      /* AIM_REPLY: of the thread's newest post */
    bool is_porch;            /* a line there fades, and is in no list */
    struct str present_title; /* AIM_PAGE */
    int64_t present_version;  /* AIM_PAGE; 0: it is still to be made */
};

struct place place_of_draft(const struct draft *d);
/* From aim, community, thread, number, claim, where; not yet kind and title. */
struct place place_of_change(const struct change *c);

/* Looks at the place and fills cj->out's community, thread and slug. *why: may
 * the member's text go there now? OK, E_NOT_FOUND, E_FORBIDDEN, E_NOT_JOINED,
 * E_GONE, or E_UNUSABLE where no place is chosen yet. */
enum err place_check(struct db *db, struct change_job *cj, struct place *p,
                     enum err *why);

/* slug may be absent. */
void place_tell_slug(struct outcome *out, struct str slug);

/* Nothing is kept for those who may not even see the place. */
bool place_is_hidden(enum err why);

#endif
