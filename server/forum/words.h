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
    POST_REMOVED,    /* by its author, later */
    POST_REMOVED_BY_STEWARD
};

/* What a post says of itself: how sure an answer is, which part of a review or
 * of a piece of work it tells. */
enum post_claim {
    CLAIM_NONE,
    CLAIM_WORKED, /* this worked for me (where, when) */
    CLAIM_IDEA,   /* an idea, not tried */
    CLAIM_INTENDED,
    CLAIM_HAPPENED,
    CLAIM_DIFFERENCE,
    CLAIM_NEXT, /* what will we do next time */
    CLAIM_TRYING,
    CLAIM_STUCK,
    CLAIM_LEARNED,
    CLAIM_CHAT, /* a line on a porch, which fades; in no list of posts */
    CLAIM_COUNT
};

/* What the asker said of an answer. */
enum post_mark {
    MARK_NONE,
    MARK_ANSWERED,
    MARK_PARTLY,
    MARK_NOT_NEEDED /* in mark_wish alone, of an opening post */
};

/* What came of an answer or a page. */
enum came_kind {
    CAME_WILL_TRY,
    CAME_TRIED,
    CAME_WORKED,
    CAME_DID_NOT,
    CAME_DIFFERENTLY, /* we do it differently now */
    CAME_USED_AT,     /* we used this page at */
    CAME_COUNT
};

enum room_kind {
    ROOM_NONE,   /* a community like any other */
    ROOM_CIRCLE, /* 4 to 12 people until a date */
    ROOM_PAIR,   /* a question to one person */
    ROOM_SELF    /* one member alone */
};

/* What is to become of a circle when it has closed: what all of it wish. */
enum circle_wish { WISH_KEEP, WISH_SHARE, WISH_DELETE, WISH_COUNT };

enum follow_kind {
    FOLLOW_COMMUNITY,
    FOLLOW_THREAD,
    FOLLOW_TAG,
    FOLLOW_MEMBER /* to mute only */
};

enum inbox_kind {
    INBOX_REPLY,      /* post, other */
    INBOX_MENTION,    /* post, other */
    INBOX_MARKED,     /* post: your answer answered */
    INBOX_THANKS,     /* post, other, thing: row of thanks, text */
    INBOX_CAME,       /* post or page, other, thing: row of came, text */
    INBOX_ASKED,      /* post, other: a question to you alone */
    INBOX_UNANSWERED, /* post: three days without an answer */
    INBOX_WHAT_CAME,  /* post: what came of this answer? */
    INBOX_STILL,      /* post: needed by has passed; is it still needed? */
    INBOX_MATCH,      /* post: a need that you may help with */
    INBOX_KEPT,       /* page, other: your words were kept in a page */
    INBOX_DOUBT,      /* page, other, text: doubted */
    INBOX_NOTE,       /* a steward's note: other, text */
    INBOX_DEVICE,     /* thing: certificate that was added */
    INBOX_CIRCLE,     /* thing: community, a circle on its last day */
    INBOX_KINDS
};

enum due_kind {
    DUE_WHAT_CAME,  /* thread, number: 21 days after an answer was marked */
    DUE_STILL,      /* thread: needed by has passed */
    DUE_UNANSWERED, /* thread: asked of one person three days ago */
    DUE_EXPIRES,    /* thread: a need or an offer ends */
    DUE_FADES,      /* thread: chat of 30 days ago goes */
    DUE_CIRCLE,     /* thing: community; its last day has come */
    DUE_KINDS
};

enum draft_aim {
    AIM_THREAD,    /* opens a thread */
    AIM_REPLY,     /* a reply; answers: to which post, 0 for none */
    AIM_EDIT,      /* new text of post `answers` of `thread` */
    AIM_COMMUNITY, /* its text is the purpose of a community to be */
    AIM_RULES,     /* of a community, by a steward */
    AIM_ELSEWHERE, /* the same */
    AIM_PAGE       /* new words of `page`, or a new page of `community` */
};

enum act_kind {
    ACT_STARTED,
    ACT_NAME,
    ACT_PURPOSE,
    ACT_RULES,
    ACT_ELSEWHERE,
    ACT_OPENNESS,
    ACT_STEWARD_ADDED,
    ACT_STEWARD_LEFT,
    ACT_POST_REMOVED /* post; text: why */
};

#define NAME_MIN 2 /* letters of a name */
#define NAME_MAX 24
#define LINE_MAX_BYTES 400   /* titles, purposes, about lines */
#define POST_MAX (64 * 1024) /* bytes of a post */
#define START_HERE_MAX 5     /* things shown to a newcomer */
#define POSTS_PER_THREAD ((1 << 20) - 1)
#define TAKE_BACK_SECONDS (15 * 60)
#define CIRCLE_LEAST 4 /* people, before it can meet */
#define CIRCLE_MOST 12
#define CIRCLE_SECONDS (8 * 7 * 86400) /* unless they choose another day */
#define LINK_CODE_SECONDS (15 * 60)
#define RECOVERY_TRIES 5           /* a day */
#define AUTHOR_AWAY (30 * 86400)   /* seconds until two others may mark */
#define RESTING_AFTER (90 * 86400) /* seconds without a post */

#define POST_ID(thread, number) ((int64_t)(thread) << 20 | (number))
#define POST_THREAD(id) ((id) >> 20)
#define POST_NUMBER(id) ((id)&0xfffff)

#endif
