/* Looking after posts: members report, stewards write to the author, remove
 * with a reason, or leave a post as it is. */
#include "forum/apply.h"
#include "forum/inbox.h"
#include "forum/rules.h"
#include "sql.h"

/* The post, where the member may read it. */
static enum err
post_find(struct db *db, struct change_job *cj, struct thread *t,
          struct post *post)
{
    const struct change *c = &cj->change;
    enum err e = thread_get(db, c->thread, c->member, cj->mem, t);

    if (e || (e = post_get(db, c->thread, c->number, cj->mem, post)))
        return e;
    cj->out.community = post->community;
    cj->out.thread = post->thread;
    cj->out.number = post->number;
    return OK;
}

enum err
care_report(struct db *db, struct change_job *cj)
{
    const struct change *c = &cj->change;
    struct community place;
    struct thread t;
    struct post post;
    struct str reason;
    enum err e = post_find(db, cj, &t, &post);

    if (e || (e = sentence_clean(cj->mem, c->text, &reason)) ||
        (e = community_by_id(db, post.community, c->member, cj->mem, &place)))
        return e;
    if (post.author == c->me || place.room != ROOM_NONE)
        return E_FORBIDDEN; /* a room has no stewards to look */
    if (post.status != POST_HERE)
        return E_GONE;
    e = x_report_add(db, POST_ID(c->thread, c->number), c->me, post.community,
                     reason);
    cj->out.is_repeat = !e && db_changes(db) == 0;
    return e;
}

/* The post, if the member looks after its community. */
static enum err
post_to_tend(struct db *db, struct change_job *cj, struct post *post)
{
    struct community place;
    struct thread t;
    enum err e = post_find(db, cj, &t, post);

    if (e || (e = community_by_id(db, post->community, cj->change.member,
                                  cj->mem, &place)))
        return e;
    cj->change.community = post->community;
    return rules_may_steward(&place, cj->change.member);
}

/* The same words about the same post are one note, for clients repeat requests;
 * other words are another one. So the sum of the words (FNV-1a) is its thing.
 */
static int64_t
words_sum(struct str text)
{
    uint64_t sum = UINT64_C(14695981039346656037);

    for (size_t i = 0; i < text.n; i++)
        sum = (sum ^ (unsigned char)text.p[i]) * UINT64_C(1099511628211);
    return (int64_t)(sum >> 1);
}

/* What a steward does is done by their name, also where they wrote quietly. A
 * quiet author gets it with what else concerns their quiet names. */
static enum err
author_tell(struct db *db, const struct change *c, const struct post *post,
            struct str text)
{
    return inbox_add(db,
                     &(struct notice){
                         .kind = INBOX_NOTE,
                         .member = post->author,
                         .other = c->member,
                         .post = POST_ID(post->thread, post->number),
                         .thing = words_sum(text),
                         .text = text,
                     },
                     c->at);
}

enum err
care_note(struct db *db, struct change_job *cj)
{
    struct post post;
    struct str text;
    enum err e = post_to_tend(db, cj, &post);

    if (e || (e = sentence_clean(cj->mem, cj->change.text, &text)))
        return e;
    return author_tell(db, &cj->change, &post, text);
}

enum err
care_remove(struct db *db, struct change_job *cj)
{
    struct post post;
    struct str why;
    enum err e = post_to_tend(db, cj, &post);

    if (e || (e = sentence_clean(cj->mem, cj->change.text, &why)))
        return e;
    if (post.status != POST_HERE) {
        cj->out.is_repeat = true;
        return OK;
    }
    e = post_withdraw(db, cj, &post, POST_REMOVED_BY_STEWARD);
    cj->out.draft = 0; /* the author's alone */
    if (e || (e = author_tell(db, &cj->change, &post, why)))
        return e;
    return act_add(db, &cj->change, ACT_POST_REMOVED, 0, why);
}

enum err
care_leave(struct db *db, struct change_job *cj)
{
    struct post post;
    enum err e = post_to_tend(db, cj, &post);

    return e ? e : x_report_drop(db, POST_ID(post.thread, post.number));
}
