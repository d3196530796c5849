/* What people work on, and how a review ends. */
#include "forum/apply.h"
#include "forum/room.h"
#include "forum/thread.h"
#include "sql.h"

static enum err
number_of(struct rows r, int64_t *out)
{
    *out = rows_next(&r) ? rows_int(&r, 0) : 0;
    return rows_end(&r);
}

/* A piece of work that only its author sees. */
enum err
work_alone(struct db *db, struct change_job *cj)
{
    struct str line;
    int64_t room;
    enum err e;

    if ((e = line_clean(cj->mem, cj->change.title, &line)) ||
        (e = number_of(q_work_room(db, cj->change.member), &room)) ||
        (room == 0 &&
         (e = room_make(db, cj, ROOM_SELF, cj->change.where, STR("")))))
        return e;
    cj->change.community = room ? room : cj->out.community;
    cj->change.title = line;
    cj->change.text = STR(".");
    cj->change.value = KIND_WORKING_ON;
    return thread_open(db, cj);
}

/* Any of those who take part ends it, with a sentence that is a reply. */
enum err
review_close(struct db *db, struct change_job *cj)
{
    const struct change *c = &cj->change;
    struct thread t;
    enum err e = thread_get(db, c->thread, c->member, cj->mem, &t);

    if (e)
        return e;
    if (t.kind != KIND_REVIEW)
        return E_FORBIDDEN;
    if (!t.is_participant && t.author != c->member)
        return E_NOT_JOINED;
    cj->change.is_whole = true;
    if ((e = post_reply(db, cj)) || cj->out.why || cj->out.is_repeat)
        return e;
    return x_need_state(db, t.id, STATE_ANSWERED);
}
