/*
 * A change is a value. Everything that alters the community is one struct
 * change, applied in one function, on the writer's thread. Gemini, Titan, the
 * commands and the demo town all make changes; nobody else writes SQL.
 */
#ifndef FORUM_CHANGE_H
#define FORUM_CHANGE_H

#include "base/peer.h"
#include "forum/pace.h"
#include "forum/words.h"
#include "store/writer.h"

/* Each row: the kind, the function that applies it, and which fields count
 * beside `member` and `at`. */
#define CHANGE_TABLE(X)                                                        \
    X(TICK, due_tick) /* what is due; goes_on: there may be more. Nobody's. */ \
    X(JOIN, member_join)           /* peer, text: name. Slow. */               \
    X(LINK_CODE, member_link_code) /* makes or renews the code */              \
    X(LINK, member_link)           /* peer, text: the code */                  \
    X(RECOVER, member_recover)     /* peer, other: whom, text: words. Slow */  \
    X(NEW_WORDS, member_new_words) /* new recovery words. Slow. */             \
    X(RENAME, member_rename)       /* text */                                  \
    X(ABOUT, member_about)         /* text; empty clears it */                 \
    X(CERT_LABEL, member_cert_label)   /* thing: certificate, text */          \
    X(CERT_RETIRE, member_cert_retire) /* thing: certificate */                \
    X(START, community_start)          /* text: purpose -> a draft */          \
    X(FOUND, community_found)          /* draft, text: name -> a community */  \
    X(COME, community_come)            /* community */                         \
    X(COME_INVITED, community_come_invited) /* community, text: secret */      \
    X(LEAVE, community_leave)               /* community */                    \
    X(SET_NAME, community_set_name)       /* community, text; by a steward */  \
    X(SET_PURPOSE, community_set_purpose) /* the same */                       \
    X(SET_OPENNESS, community_set_openness) /* community, value */             \
    X(STEWARD_ADD, community_steward_add)   /* community, text: name */        \
    X(STEWARD_DOWN, community_steward_down) /* community */                    \
    X(INVITATION, community_invitation)     /* community: a new secret */      \
    X(DRAFT_OPEN, draft_open)       /* aim, community, thread, number, kind,   \
                                       title, text: find or make one */        \
    X(DRAFT_ADD, draft_add)         /* draft, text */                          \
    X(DRAFT_REPLACE, draft_replace) /* draft, number: part, text */            \
    X(DRAFT_UP, draft_up)           /* draft, number: part */                  \
    X(DRAFT_DROP, draft_drop)       /* draft, number: part */                  \
    X(DRAFT_SET, draft_set)         /* draft, text: all of it (Titan) */       \
    X(DRAFT_TITLE, draft_set_title) /* draft, text */                          \
    X(DRAFT_WHERE, draft_set_where) /* draft, community */                     \
    X(DRAFT_KIND, draft_set_kind)   /* draft, value */                         \
    X(DRAFT_QUIET, draft_set_quiet) /* draft, value: 1 quietly, 0 by name */   \
    X(SIGN, quiet_sign) /* thread: what they wrote quietly becomes theirs */   \
    X(DRAFT_DELETE, draft_delete) /* draft */                                  \
    X(DRAFT_SAY, draft_say)       /* draft, text: add it; publish unless it    \
                                     ends in + */                              \
    X(DRAFT_GO, draft_go)         /* draft: publish; community: there */       \
    X(THREAD, thread_open)        /* community, kind, title, text: posts at    \
                                     once, or ends in + */                     \
    X(REPLY, post_reply) /* thread, number (0: none), text: posts at once, or  \
                            ends in + (unless is_whole) */                     \
    X(EDIT, post_edit)   /* thread, number, text: all of it */                 \
    X(TAKE_BACK, post_take_back)  /* thread, number; text -> a draft */        \
    X(REMOVE, post_remove)        /* thread, number; text -> a draft */        \
    X(THANKS, thanks_put)         /* thread, number, text; "." says nothing */ \
    X(THANKS_DROP, thanks_drop)   /* thread, number */                         \
    X(THANKS_AGREE, thanks_agree) /* thread, number, value: may it be shown?   \
                                     By who thanks. */                         \
    X(THANKS_SHOW, thanks_show)   /* thing, value; by the helper */            \
    X(CAME, came_tell)            /* thread, number, value: came_kind, text */ \
    X(USED, came_used)            /* thing: page, text: where */               \
    X(CAME_DROP, came_drop)       /* thing: one's own line */                  \
    X(ASKED, came_asked)          /* value: ask what came of it, or never */   \
    X(INBOX_DROP, inbox_drop)     /* thing: notice */                          \
    X(INBOX_CLEAR, inbox_clear)   /* thing: the newest notice that goes */     \
    X(REPORT, care_report)        /* thread, number, text: why */              \
    X(CARE_NOTE, care_note)       /* thread, number, text; by a steward */     \
    X(CARE_REMOVE, care_remove)   /* the same; text: why */                    \
    X(CARE_LEAVE, care_leave)     /* thread, number: as it is; by a steward */ \
    X(VERSION_DROP, post_version_drop) /* thread, number, value: version */    \
    X(RENEW, need_renew)               /* thread: a need or offer goes on */   \
    X(MATCHES, need_matches)           /* value: so many in 30 days */         \
    X(CLOSE, review_close)    /* thread, text: what came out, as a reply */    \
    X(WORK_ALONE, work_alone) /* title, text, where: name of the room */       \
    X(TAG, tag_add)           /* thread, or thing: page; text: tags */         \
    X(UNTAG, tag_drop)        /* thread, or thing: page; text: a tag */        \
    X(TAG_NAME, tag_rename)   /* thing: tag, text: its new name, maybe of      \
                                 another one that takes it in */               \
    X(SAVE, notebook_save)    /* page, or thread, number (0: all of it); text: \
                                 note */                                       \
    X(SAVED_NOTE, notebook_note)  /* thing: entry, text; "." clears it */      \
    X(SAVED_PUT, notebook_put)    /* thing, text: collection; "." for none */  \
    X(SAVED_DROP, notebook_drop)  /* thing */                                  \
    X(CIRCLE_START, circle_start) /* text: purpose, title: first prompts */    \
    X(CIRCLE_MEET, circle_meet)   /* community, title -> a thread */           \
    X(CIRCLE_PROMPT, circle_prompt)           /* community, text: one more */  \
    X(CIRCLE_PROMPT_DROP, circle_prompt_drop) /* community, number from 1,     \
                                                 based_on: revision */         \
    X(CIRCLE_UNTIL, circle_until)      /* community, text: its last day */     \
    X(CIRCLE_INVITE, circle_invite)    /* community: a new secret */           \
    X(CIRCLE_CLOSE, circle_close)      /* community, title -> a review */      \
    X(CIRCLE_WISH, circle_wish)        /* community, value: circle_wish */     \
    X(CIRCLE_SHARE, circle_share)      /* community, title -> a draft */       \
    X(MARK, question_mark)             /* thread, number, value: post_mark */  \
    X(NOT_NEEDED, question_not_needed) /* thread */                            \
    X(REOPEN, question_reopen)         /* thread, text: why, as a reply */     \
    X(NEEDED_BY, question_needed_by)   /* thread, text: a day, or . */         \
    X(DRAFT_NEEDED_BY, draft_set_needed_by) /* draft, text: a day, or . */     \
    X(DRAFT_TRIED, draft_set_tried)         /* draft, text, or . */            \
    X(DRAFT_TAGS, draft_set_tags)           /* draft, text, or . */            \
    X(DRAFT_ASK, draft_set_asked)           /* draft, text: a name, or . */    \
    X(WIDEN, pair_widen)            /* thread: the whole community is asked */ \
    X(DRAFT_CLAIM, draft_set_claim) /* draft, claim, where: typed, or . */     \
    X(PAGE_KEEP, page_draft_keep) /* thread; number: a post to begin with, or  \
                               0; is_whole: all of them -> a draft */          \
    X(PAGE_EDIT,                                                               \
      page_draft_edit) /* page, thing: doubt to answer, or 0 -> a draft        \
                        */                                                     \
    X(PAGE_COPY, page_draft_copy)   /* page -> a draft of another one */       \
    X(PAGE_BEGIN, page_draft_begin) /* community, title, text -> a draft */    \
    X(PAGE_SET, page_set) /* page, value: version it was made from, text:      \
                             all of it */                                      \
    X(SOURCE_TAKE, source_take)   /* draft, thread, number */                  \
    X(SOURCE_LEAVE, source_leave) /* the same */                               \
    X(SOURCE_FILL, source_fill)   /* draft: puts in the texts of its posts */  \
    X(DRAFT_OVER, draft_over)     /* draft, value: version that it goes over;  \
                                     publishes */                              \
    X(PAGE_TRUE, page_found_true) /* page, text: where; or "." */              \
    X(PAGE_DOUBT, page_doubt)     /* page, text */                             \
    X(PAGE_ANSWER, page_answer)   /* page, thing: doubt, text */               \
    X(PAGE_NAME, page_name_me)    /* page, value: 1 named, 0 left out; thread: \
                                 by one's quiet name there, or 0 */            \
    X(PAGE_CHOOSE, page_choose) /* page, value: 1 on one's own page, 0 off */  \
    X(START_SHOW, start_show)   /* thread or page, text; number: in place of   \
                                   that one, or 0 */                           \
    X(START_PUT, start_put) /* community, thread or page, number: where to;    \
                               0: away */                                      \
    X(FOLLOW, follow_begin) /* value: follow_kind, thing */                    \
    X(UNFOLLOW, follow_end) /* the same; the mark goes with it */              \
    X(UNFOLLOW_ALL, follow_end_all) /* all marks go */                         \
    X(MUTE, mute_begin)             /* value: follow_kind, thing */            \
    X(UNMUTE, mute_end)             /* the same */                             \
    X(MOVE_MARK, follow_mark)       /* thing: arrival number, text: where it   \
                                  stops elsewhere; may be empty */             \
    X(HEAR_CHAT, follow_hear_chat)  /* value: 1 or 0 */                        \
    X(FEED_NEW, feed_new)   /* thing: feed_mark of the address before */       \
    X(FEED_DROP, feed_drop) /* their private feed has no address any more */

#define CHANGE_ENUM(name, function) CHANGE_##name,
enum change_kind { CHANGE_TABLE(CHANGE_ENUM) CHANGE_COUNT };
#undef CHANGE_ENUM

/* Strings are borrowed and must outlive the job. Text is as it was typed: the
 * apply functions clean it. */
struct change {
    enum change_kind kind;
    int64_t at;     /* clock_now() when it was made */
    int64_t member; /* who does it; 0 for a stranger */
    struct str tag; /* what stands for them where they write quietly */
    /* As whom they do it: member, or their quiet name in thread or draft.
     * change_apply and those who find the thing set it; every column that
     * says who wrote or acted takes it. */
    int64_t me;
    struct peer peer; /* JOIN, LINK, RECOVER */
    int64_t community, thread, number, draft, thing, other, page;
    enum draft_aim aim;
    int value;     /* thread_kind, openness, version */
    bool is_whole; /* text came whole (Titan): an ending + is just a + */
    struct str text, title;
    struct str quiet_name; /* DRAFT_GO, DRAFT_SAY: for a thread to be asked
                              quietly */
    enum post_claim claim; /* REPLY, DRAFT_OPEN, DRAFT_CLAIM */
    struct str where;      /* the same: where and when it worked; of what
                            * makes a room, its name */
    /* EDIT and DRAFT_SET: when not 0, the revision (DRAFT_SET) or edited_at
     * (EDIT; at, where it was never edited) that the new text was made from;
     * another one is E_CONFLICT. */
    int64_t based_on;
};

#define WORDS_TEXT_MAX 80

/* What became of it; counts where the job's err is OK. A text that could not
 * be posted is not an error: it is kept as a draft, and why says so. */
struct outcome {
    enum err why;   /* not OK: not posted; draft holds the text */
    int wait;       /* with E_RATE: seconds until it can be posted */
    bool is_repeat; /* the same was done before; the ids say where it is */
    bool goes_on;   /* it ended in +: draft waits for more */
    int64_t member, community, thread, number, draft, thing, page;
    char slug[33];              /* of community, NUL-ended */
    char words[WORDS_TEXT_MAX]; /* JOIN, RECOVER, NEW_WORDS: six words */
};

struct change_job {
    struct job job; /* first */
    struct change change;
    struct outcome out;
    struct arena *mem; /* of one apply: change_apply sets and frees it */
    struct pace *pace; /* borrowed, for the writer's thread; NULL: no limit */
    /* What prepare made, for apply: */
    unsigned char salt[16], hash[32]; /* of the new words */
    unsigned char typed_hash[32];     /* RECOVER: of the words typed */
    unsigned char typed_salt[16];     /* RECOVER: as read beforehand */
};

/* Fills job for writer_post; home and done are the caller's. For RECOVER the
 * caller has put member_salt() into typed_salt. */
void change_job_init(struct change_job *cj, const struct change *change);

/* Applies one change (inside the writer's savepoint, or in a transaction of
 * the generator). Asks the rules again, whatever the pages showed. */
enum err change_apply(struct db *db, struct change_job *cj);
/* The slow part before it, where the kind has one; else does nothing. */
enum err change_prepare(struct change_job *cj);

#endif
