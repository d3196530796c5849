/* A visit that changes something: its change goes to the writer, and the visit
 * goes on when the change has come home. */
#include "base/clock.h"
#include "base/secret.h"
#include "pages/inner.h"

/* Lives in the exchange's arena, like the visit: both stay until finished. */
struct pending {
    struct change_job cj; /* first: the job is mail */
    struct visit *visit;
    struct response *rs;
    after_fn *after;
};

/* One moment again, after the change: who asks, and what the path names, may
 * be different now. */
static enum err
visit_reload(struct visit *v)
{
    enum err e = visit_who(v);

    return e ? e : scope_load(v, true);
}

static void
pending_done(struct job *job)
{
    struct pending *p = (struct pending *)job;
    struct visit *v = p->visit;
    enum err e = job->err;

    v->content = v->ls->face->content; /* a reload may have come between */
    v->is_stored = !e;
    if (!e)
        e = db_begin_read(v->rd);
    if (!e) {
        e = visit_reload(v);
        if (!e)
            e = p->after(v, p->rs, &p->cj.out);
        db_end_read(v->rd);
    }
    if (e != E_WAITING)
        visit_end(v, p->rs, e);
}

struct pending *
pending_new(struct visit *v)
{
    struct pending *p = arena_alloc(v->mem, sizeof(*p));

    if (p)
        p->visit = v;
    return p;
}

/* "a member (Heron)", in case the draft will be asked quietly. The words may be
 * replaced while the change is on its way, so they are copied. */
static enum err
quiet_name_make(const struct visit *v, struct str *out)
{
    struct str names = word(v, WORD_quiet_names).s;
    struct str a_member = word(v, WORD_quiet_member).s, rest = names, name;
    uint32_t n = 0, pick;
    enum err e;

    while (rest.n > 0) {
        (void)str_cut(&rest, ' ');
        n++;
    }
    if ((e = secret_below(n > 0 ? n : 1, &pick)))
        return e;
    do
        name = str_cut(&names, ' ');
    while (pick-- > 0);
    *out = arena_fmt(v->mem, "%.*s (%.*s)", (int)a_member.n, a_member.p,
                     (int)name.n, name.p);
    return v->mem->bad;
}

static bool
may_publish(enum change_kind kind)
{
    return kind == CHANGE_DRAFT_GO || kind == CHANGE_DRAFT_SAY;
}

enum err
visit_change_with(const struct visit *v, struct response *rs, after_fn *after,
                  const struct change *c)
{
    struct pending *p = v->pending;
    struct change change = *c;
    enum err e;

    change.member = v->who.member;
    change.at = v->now;
    change.peer = v->who.peer;
    change.tag = v->who.tag;
    if (may_publish(c->kind) && (e = quiet_name_make(v, &change.quiet_name)))
        return e;
    if (may_publish(c->kind)) {
        change.where = arena_copy(v->mem, word(v, WORD_pair_room).s);
        if (v->mem->bad)
            return v->mem->bad;
    }
    change_job_init(&p->cj, &change);
    p->cj.pace = v->ls->site->pace;
    if (c->kind == CHANGE_RECOVER &&
        (e = member_salt(v->rd, c->other, v->now, p->cj.typed_salt)))
        return e;
    p->rs = rs;
    p->after = after;
    p->cj.job.home = v->ls->home;
    p->cj.job.done = pending_done;
    e = writer_post(v->ls->site->writer, &p->cj.job);
    return e ? e : E_WAITING;
}
