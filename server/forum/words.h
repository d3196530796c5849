/* The numbers behind the community's words (product.md section 3), as they
 * stand in the database. Never renumber. */
#ifndef FORUM_WORDS_H
#define FORUM_WORDS_H

#include <stdint.h>

enum openness { OPEN, JOIN_TO_WRITE, CLOSED };

enum thread_kind {
    KIND_NOTE,
    KIND_QUESTION,
    KIND_REVIEW,
    KIND_NEED,
    KIND_OFFER,
    KIND_WORKING_ON,
    KIND_CHAT,
    KIND_COUNT
};

enum thread_state {
    STATE_NONE, /* kinds without a state */
    STATE_OPEN,
    STATE_PARTLY,
    STATE_ANSWERED,
    STATE_NOT_NEEDED,
    STATE_COUNT
};

enum post_status {
    POST_HERE,
    POST_TAKEN_BACK, /* by its author, within 15 minutes */
    POST_REMOVED     /* by its author, later */
};

enum draft_aim {
    AIM_THREAD,    /* opens a thread */
    AIM_REPLY,     /* a reply; answers: to which post, 0 for none */
    AIM_EDIT,      /* new text of post `answers` of `thread` */
    AIM_COMMUNITY, /* its text is the purpose of a community to be */
    AIM_RULES,     /* of a community, by a steward */
    AIM_ELSEWHERE  /* the same */
};

enum act_kind {
    ACT_STARTED,
    ACT_NAME,
    ACT_PURPOSE,
    ACT_RULES,
    ACT_ELSEWHERE,
    ACT_OPENNESS,
    ACT_STEWARD_ADDED,
    ACT_STEWARD_LEFT
};

#define NAME_MIN 2 /* letters of a name */
#define NAME_MAX 24
#define LINE_MAX_BYTES 400   /* titles, purposes, about lines */
#define POST_MAX (64 * 1024) /* bytes of a post */
#define POSTS_PER_THREAD ((1 << 20) - 1)
#define TAKE_BACK_SECONDS (15 * 60)
#define LINK_CODE_SECONDS (15 * 60)
#define RECOVERY_TRIES 5           /* a day */
#define RESTING_AFTER (90 * 86400) /* seconds without a post */

#define POST_ID(thread, number) ((int64_t)(thread) << 20 | (number))
#define POST_THREAD(id) ((id) >> 20)
#define POST_NUMBER(id) ((id)&0xfffff)

#endif
