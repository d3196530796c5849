#include "base/text.h"
#include "forum/apply.h"
#include "forum/inbox.h"
#include "forum/keep.h"
#include "forum/pair.h"
#include "forum/parts.h"
#include "forum/publish.h"
#include "forum/question.h"
#include "forum/quiet.h"
#include "forum/rules.h"
#include "sql.h"

/* Posts a text at once; keeps it where it goes on or can not be posted. */
static enum err
post_at_once(struct db *db, struct change_job *cj, struct place *p,
             struct str text, bool goes_on)
{
    enum err e, why;

    if ((e = place_check(db, cj, p, &why)))
        return e;
    if (place_is_hidden(why))
        return why;
    if (goes_on || why) {
        cj->out.goes_on = goes_on;
        cj->out.why = why;
        return draft_keep(db, cj, p, text);
    }
    if ((e = place_put(db, cj, p, text, false)) || !cj->out.why)
        return e;
    return draft_keep(db, cj, p, text);
}

/* What was typed, made clean; E_EMPTY where nothing is left of it. */
static enum err
typed_text(struct change_job *cj, struct str *text, bool *goes_on)
{
    *text = parts_clean(cj->mem, cj->change.text);
    *goes_on = !cj->change.is_whole && parts_goes_on(cj->mem, text);
    if (cj->mem->bad)
        return cj->mem->bad;
    return text->n == 0 && !*goes_on ? E_EMPTY : OK;
}

enum err
thread_open(struct db *db, struct change_job *cj)
{
    const struct change *c = &cj->change;
    struct place p = place_of_change(c);
    struct str title = text_line(cj->mem, c->title), text;
    bool goes_on;
    enum err e;

    if (c->value < 0 || c->value >= KIND_COUNT)
        return E_UNUSABLE;
    if ((e = typed_text(cj, &text, &goes_on)))
        return e;
    p.aim = AIM_THREAD;
    p.kind = (enum thread_kind)c->value;
    p.thread = p.answers = 0;
    if (title.n > 0)
        p.title = text_head(title, LINE_MAX_BYTES);
    if (title.n > LINE_MAX_BYTES) {
        /* Posting half a title would surprise; the draft asks for it. */
        if ((e = place_check(db, cj, &p, &cj->out.why)))
            return e;
        if (place_is_hidden(cj->out.why))
            return cj->out.why;
        cj->out.why = E_TOO_LONG;
        return draft_keep(db, cj, &p, text);
    }
    if (title.n > 0 && !c->is_whole && str_eq(text, STR(".")))
        text = STR("");
    return post_at_once(db, cj, &p, text, goes_on);
}

enum err
post_reply(struct db *db, struct change_job *cj)
{
    struct place p;
    struct str text;
    bool goes_on;
    enum err e;

    if ((e = typed_text(cj, &text, &goes_on)) || (e = claim_clean(cj)))
        return e;
    p = place_of_change(&cj->change);
    p.aim = AIM_REPLY;
    p.community = 0;
    return post_at_once(db, cj, &p, text, goes_on);
}

enum err
post_edit(struct db *db, struct change_job *cj)
{
    struct place p = place_of_change(&cj->change);
    struct str text = parts_clean(cj->mem, cj->change.text);

    if (text.n == 0)
        return cj->mem->bad ? cj->mem->bad : E_EMPTY;
    p.aim = AIM_EDIT;
    p.community = 0;
    return post_at_once(db, cj, &p, text, false);
}

/* The post, if it is the member's. Whoever can not read the thread learns
 * nothing of it; its author may have left the community since. */
static enum err
own_post(struct db *db, struct change_job *cj, struct post *post)
{
    const struct change *c = &cj->change;
    struct thread t;
    enum err e = post_get(db, c->thread, c->number, cj->mem, post);

    if (e)
        return e;
    if (post->author == c->me) {
        cj->out.community = post->community;
        cj->out.thread = post->thread;
        cj->out.number = post->number;
        return OK;
    }
    e = thread_get(db, c->thread, c->member, cj->mem, &t);
    return e ? e : E_FORBIDDEN;
}

/* The draft for what the post said: a thread to be, or the same reply. */
static enum err
place_of_post(struct db *db, struct change_job *cj, const struct post *post,
              struct place *p)
{
    struct pair pair;
    struct rows r;
    enum err e = OK;

    *p = (struct place){
        .aim = AIM_REPLY,
        .community = post->community,
        .thread = post->thread,
        .answers = post->answers,
        .title = STR(""),
        .claim = post->claim,
        .claim_where = post->claim_where,
        .tried = STR(""),
    };
    if (post->number != 1)
        return OK;
    p->aim = AIM_THREAD;
    p->thread = 0;
    /* It asked one person; it was written for more. */
    if ((e = pair_get(db, post->thread, cj->mem, &pair)))
        return e;
    p->asked = pair.wider ? pair.asked : 0;
    p->community = pair.wider ? pair.wider : p->community;
    r = q_thread_title(db, post->thread);
    if (rows_next(&r)) {
        p->kind = (enum thread_kind)rows_int(&r, 0);
        p->title = arena_copy(cj->mem, rows_text(&r, 1));
        p->tried = arena_copy(cj->mem, rows_text(&r, 2));
    }
    e = rows_end(&r);
    return e ? e : cj->mem->bad;
}

/* With whom the draft of it will lie: a thread that was asked quietly with its
 * author's other quiet drafts, whoever takes it away. */
static enum err
keeper_set(struct db *db, struct change_job *cj, const struct post *post,
           enum post_status status)
{
    struct change *c = &cj->change;

    if (status == POST_REMOVED_BY_STEWARD) {
        c->me = post->author;
        return post->number == 1 ? inbox_keeper(db, post->author, &c->me) : OK;
    }
    if (post->number != 1 || c->me == c->member)
        return OK;
    return quiet_desk(db, c, &c->me);
}

enum err
post_withdraw(struct db *db, struct change_job *cj, const struct post *post,
              enum post_status status)
{
    int64_t id = POST_ID(post->thread, post->number);
    struct place p;
    enum err e = place_of_post(db, cj, post, &p);

    if (e || (e = keeper_set(db, cj, post, status)))
        return e;
    if (post->status != POST_HERE) {
        cj->out.is_repeat = true;
        return draft_find(db, cj->change.me, &p, &cj->out.draft);
    }
    if ((e = draft_keep(db, cj, &p, post->text)) ||
        (p.asked && (e = x_pair_ask(db, cj->out.draft, p.asked))) ||
        (e = x_version_drop_all(db, id)) || (e = x_report_drop(db, id)))
        return e;
    if (post->number == 1 && (e = x_thread_withdraw(db, post->thread)))
        return e;
    e = x_post_withdraw(db, id, (int64_t)status);
    return e ? e : question_post_gone(db, post->thread, post->number);
}

enum err
post_take_back(struct db *db, struct change_job *cj)
{
    struct post post;
    enum err e = own_post(db, cj, &post);

    if (e)
        return e;
    e = rules_may_take_back(&post, cj->change.me, cj->change.at);
    if (e && e != E_GONE)
        return e;
    return post_withdraw(db, cj, &post, POST_TAKEN_BACK);
}

enum err
post_remove(struct db *db, struct change_job *cj)
{
    struct post post;
    enum err e = own_post(db, cj, &post);

    return e ? e : post_withdraw(db, cj, &post, POST_REMOVED);
}

enum err
post_version_drop(struct db *db, struct change_job *cj)
{
    const struct change *c = &cj->change;
    struct post post;
    enum err e = own_post(db, cj, &post);

    if (e)
        return e;
    e = x_version_drop(db, POST_ID(c->thread, c->number), c->value);
    cj->out.is_repeat = !e && db_changes(db) == 0;
    return e;
}
