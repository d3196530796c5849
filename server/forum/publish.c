#include "forum/publish.h"

#include "base/clock.h"
#include "base/secret.h"
#include "base/text.h"
#include "forum/day.h"
#include "forum/mention.h"
#include "forum/need.h"
#include "forum/page_put.h"
#include "forum/pair.h"
#include "forum/porch.h"
#include "forum/post.h"
#include "forum/question.h"
#include "forum/quiet.h"
#include "sql.h"

/* Is there anything against this text in itself? */
static enum err
text_check(const struct place *p, struct str text, int64_t now)
{
    if (p->aim == AIM_THREAD && p->needed_by && day_is_over(p->needed_by, now))
        return E_PAST;
    if ((p->aim == AIM_THREAD || p->aim == AIM_PAGE) && p->title.n == 0)
        return E_EMPTY;
    if ((p->aim == AIM_REPLY || p->aim == AIM_PAGE) && text.n == 0)
        return E_EMPTY;
    if (p->aim == AIM_EDIT && text.n == 0 && p->answers != 1)
        return E_EMPTY;
    if (p->aim == AIM_REPLY && p->last_number >= POSTS_PER_THREAD)
        return E_TOO_LONG;
    return text.n > POST_MAX ? E_TOO_LONG : OK;
}

/* The first line on a porch is where a repeat of it would be. */
static struct place
porch_place(const struct place *p)
{
    return (struct place){.aim = AIM_REPLY,
                          .community = p->community,
                          .answers = p->answers,
                          .title = STR("")};
}

/* The same place and the same text have the same digest. A thread is the same
 * wherever it goes. */
static enum err
digest_of(struct arena *mem, const struct place *where, struct str text,
          unsigned char digest[DIGEST_SIZE])
{
    const struct place porch = porch_place(where);
    const struct place *p = where->is_porch ? &porch : where;
    struct str all = arena_fmt(
        mem, "%d %d %lld %lld %lld %lld\n%.*s\n%.*s", (int)p->aim, (int)p->kind,
        (long long)(p->thread ? 0 : p->community), (long long)p->thread,
        (long long)p->answers, (long long)p->asked, (int)p->title.n, p->title.p,
        (int)text.n, text.p);

    return mem->bad ? mem->bad : secret_sha256(all, digest);
}

/* *id: the post that this became within the last day, or 0. A text that was
 * taken back may be published again from its draft, but not by a request that
 * merely comes a second time. */
static enum err
once_find(struct db *db, const struct change_job *cj, struct str digest,
          bool is_draft, int64_t *id)
{
    const struct change *c = &cj->change;
    struct rows r = q_once_find(db, c->me, digest, c->at - DAY);
    struct post post;
    enum err e;

    *id = rows_next(&r) ? rows_int(&r, 0) : 0;
    if ((e = rows_end(&r)) || *id == 0 || !is_draft)
        return e;
    e = post_get(db, POST_THREAD(*id), POST_NUMBER(*id), cj->mem, &post);
    if (!e && post.status != POST_HERE)
        *id = 0;
    return e;
}

/* Mostly there is none that is too old, and to look is cheap. */
static enum err
once_prune(struct db *db, int64_t before)
{
    struct rows r = q_once_old(db, before);
    bool is_any = false;
    int64_t until = 0;
    enum err e;

    while (rows_next(&r)) {
        is_any = true;
        until = rows_int(&r, 0);
    }
    e = rows_end(&r);
    return e || !is_any ? e : x_once_prune(db, until);
}

static enum err
once_add(struct db *db, const struct change *c, struct str digest, int64_t id)
{
    enum err e = x_once_add(db, c->me, digest, id, c->at);

    return e ? e : once_prune(db, c->at - DAY);
}

enum err
seq_next(struct db *db, int64_t *seq)
{
    struct rows r = q_post_next_seq(db);

    *seq = rows_next(&r) ? rows_int(&r, 0) : 1;
    return rows_end(&r);
}

static bool
kind_has_state(enum thread_kind kind)
{
    return kind == KIND_QUESTION || kind == KIND_REVIEW || kind == KIND_NEED ||
           kind == KIND_OFFER;
}

static enum err
thread_put(struct db *db, const struct change *c, const struct place *p,
           int64_t seq, int64_t *id)
{
    enum thread_state state = kind_has_state(p->kind) ? STATE_OPEN : STATE_NONE;
    int64_t needed_by = state == STATE_NONE ? 0 : p->needed_by;
    enum err e =
        x_thread_add(db, p->community, c->me, (int64_t)p->kind, (int64_t)state,
                     p->title, c->at, seq, needed_by, p->tried);

    *id = POST_ID(db_last_id(db), 1);
    return e ? e : question_begun(db, POST_THREAD(*id), c->me, needed_by);
}

static enum err
reply_put(struct db *db, const struct change *c, const struct place *p,
          int64_t seq, int64_t *id)
{
    *id = POST_ID(p->thread, p->last_number + 1);
    return x_thread_touch(db, p->thread, p->last_number + 1, seq, c->at, c->me);
}

static enum err
post_put(struct db *db, const struct change *c, const struct place *p,
         struct str text, int64_t *id)
{
    enum post_claim claim = p->is_porch ? CLAIM_CHAT : p->claim;
    int64_t seq;
    enum err e = seq_next(db, &seq);

    if (e)
        return e;
    if (p->aim == AIM_THREAD)
        e = thread_put(db, c, p, seq, id);
    else
        e = reply_put(db, c, p, seq, id);
    if (e || (e = x_post_add(db, *id, seq, p->community, c->me, p->answers,
                             text, c->at, (int64_t)claim, p->claim_where)))
        return e;
    if (p->is_porch)
        return porch_line(db, *id, c->at);
    return x_post_touch_community(db, p->community, seq, c->at);
}

/* Whom it answers and whom it mentions learn of it with the post itself. */
static enum err
new_post_tell(struct db *db, struct change_job *cj, const struct place *p,
              struct str text, int64_t id, int64_t author)
{
    return post_tell(db, cj->mem,
                     &(struct told){.community = p->community,
                                    .thread = POST_THREAD(id),
                                    .number = POST_NUMBER(id),
                                    .author = author,
                                    .answers = p->answers,
                                    .text = text,
                                    .at = cj->change.at});
}

/* What lasts only for a while begins now, and looks for whom it fits. */
static enum err
need_put(struct db *db, struct change_job *cj, const struct place *p,
         struct str text, int64_t id, int64_t author)
{
    const struct change *c = &cj->change;
    const struct need_new n = {.thread = POST_THREAD(id),
                               .community = p->community,
                               .author = author,
                               .kind = p->kind,
                               .title = p->title,
                               .text = text};
    enum err e;

    if (p->aim != AIM_THREAD || !kind_expires(p->kind))
        return OK;
    e = need_lasts(db, n.thread, n.kind, c->at);
    return e ? e : need_match(db, cj->mem, &n, c->at);
}

/* A thread that is asked quietly has an author of its own. */
static enum err
post_put_as(struct db *db, const struct change_job *cj, const struct place *p,
            struct str text, int64_t *id, int64_t *author)
{
    struct change c = cj->change;
    bool is_quiet = p->aim == AIM_THREAD && p->is_quiet;
    enum err e = is_quiet ? quiet_add(db, &c, &c.me) : OK;

    *author = c.me;
    if (e || (e = post_put(db, &c, p, text, id)) || !is_quiet)
        return e;
    return quiet_bind(db, c.me, POST_THREAD(*id), c.tag);
}

static enum err
put_once(struct db *db, struct change_job *cj, const struct place *p,
         struct str text, bool is_draft)
{
    unsigned char bytes[DIGEST_SIZE];
    struct str digest = {(const char *)bytes, sizeof(bytes)};
    struct place to = *p;
    int64_t id, author;
    enum err e;

    if ((e = digest_of(cj->mem, p, text, bytes)) ||
        (e = once_find(db, cj, digest, is_draft, &id)))
        return e;
    cj->out.is_repeat = id != 0;
    if (id == 0 && !may_write_now(cj))
        return OK;
    if (id == 0 && p->asked && ((e = pair_place(db, cj, &to)) || cj->out.why))
        return e;
    if (id == 0 && ((e = post_put_as(db, cj, &to, text, &id, &author)) ||
                    (e = once_add(db, &cj->change, digest, id)) ||
                    (e = new_post_tell(db, cj, &to, text, id, author)) ||
                    (e = need_put(db, cj, &to, text, id, author)) ||
                    (p->asked && (e = pair_tell(db, cj, &to, id)))))
        return e;
    cj->out.thread = POST_THREAD(id);
    cj->out.number = POST_NUMBER(id);
    return OK;
}

static enum err
edit_put(struct db *db, struct change_job *cj, const struct place *p,
         struct str text)
{
    const struct change *c = &cj->change;
    int64_t id = POST_ID(p->thread, p->answers);
    enum err e;

    cj->out.number = p->answers;
    cj->out.is_repeat = str_eq(text, p->present);
    if (cj->out.is_repeat)
        return OK;
    if (c->kind == CHANGE_EDIT && c->based_on != 0 &&
        c->based_on != p->present_at)
        return E_CONFLICT;
    if (!may_write_now(cj))
        return OK;
    e = x_version_keep(db, id);
    return e ? e : x_post_set_text(db, id, text, c->at);
}

static enum err
community_put(struct db *db, struct change_job *cj, const struct place *p,
              struct str text)
{
    bool is_rules = p->aim == AIM_RULES;
    struct change c = cj->change; /* the log wants to know where */
    struct str line;
    enum err e;

    cj->out.is_repeat = str_eq(text, p->present);
    if (cj->out.is_repeat || !may_write_now(cj))
        return OK;
    e = is_rules ? x_draft_rules(db, p->community, text)
                 : x_draft_elsewhere(db, p->community, text);
    if (e)
        return e;
    c.community = p->community;
    line = text_head(text_line(cj->mem, text), LINE_MAX_BYTES);
    return act_add(db, &c, is_rules ? ACT_RULES : ACT_ELSEWHERE, 0,
                   line.n > 0 ? line : STR(""));
}

enum err
place_put(struct db *db, struct change_job *cj, const struct place *p,
          struct str text, bool is_draft)
{
    cj->out.why = text_check(p, text, cj->change.at);
    if (cj->out.why)
        return OK;

    switch (p->aim) {
    case AIM_THREAD:
    case AIM_REPLY:
        return put_once(db, cj, p, text, is_draft);
    case AIM_EDIT:
        return edit_put(db, cj, p, text);
    case AIM_RULES:
    case AIM_ELSEWHERE:
        return community_put(db, cj, p, text);
    case AIM_PAGE:
        return page_put(db, cj, p, text, is_draft);
    case AIM_COMMUNITY:
        break;
    }
    return E_BUG;
}
