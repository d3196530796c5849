#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "pages/draft.h"
#include "pages/inner.h"

#define PAGE(name, path) [R_##name] = page_##name,
#define INSIDE(name, path, who) PAGE(name, path)
#define ASK(name, path, who, prompt) PAGE(name, path)
#define ASK_SECRET(name, path, who, prompt) PAGE(name, path)
#define DO(name, path, who) PAGE(name, path)
#define UPLOAD(name, path, who, max) PAGE(name, path)
typedef enum err handler_fn(const struct visit *, struct response *);
static handler_fn *const handlers[R_COUNT] = {
#include "pages/routes.def"
};
#undef PAGE
#undef INSIDE
#undef ASK
#undef ASK_SECRET
#undef DO
#undef UPLOAD

static struct visit *
visit_new(struct loop_site *ls, struct exchange *x)
{
    struct visit *v = arena_alloc(&x->mem, sizeof(*v));

    if (!v)
        return NULL;
    *v = (struct visit){.rd = ls->rd,
                        .mem = &x->mem,
                        .now = clock_now(),
                        .host = x->rq.host,
                        .content = ls->face->content,
                        .ls = ls,
                        .x = x,
                        .who = {.role = ROLE_GUEST}};
    v->has_input = x->rq.has_input && x->rq.input.n > 0;
    v->input = x->rq.input;
    v->is_edit = x->rq.url.scheme == URL_TITAN && x->rq.titan.is_edit;
    v->is_upload = x->rq.is_upload && !v->is_edit;
    v->pending = pending_new(v);
    return v->pending ? v : NULL;
}

/* "/i", which some type: the one address that moved for good. */
static bool
is_bare_inside(const struct url *url)
{
    return url->scheme == URL_GEMINI && url->segments == 1 &&
           !url->ends_in_slash && str_eq(url->segment[0], STR("i"));
}

/* Whoever replies to a question that asks them alone knows beforehand who may
 * read it later. */
static enum word_id
prompt_of(const struct visit *v, const struct route *row)
{
    enum word_id prompt = (enum word_id)row->prompt;
    bool is_pair = v->community && v->community->room == ROOM_PAIR;

    if (prompt == WORD_prompt_sheet)
        return sheet_prompt(v);
    return prompt == WORD_prompt_reply && is_pair ? WORD_prompt_reply_pair
                                                  : prompt;
}

/* The prompt of a row; asked again, the reason comes first. */
static enum err
prompt_say(const struct visit *v, struct response *rs)
{
    const struct route *row = route_row(v->at.route);
    struct str prompt = word(v, prompt_of(v, row)).s;
    char key[48];
    struct str why;

    if (v->at.why) {
        (void)snprintf(key, sizeof(key), "why-%s", err_name(v->at.why));
        why = word(v, content_find_word(key)).s;
        prompt = arena_fmt(v->mem, "%.*s %.*s", (int)why.n, why.p,
                           (int)prompt.n, prompt.p);
    }
    response_say(rs, row->is_secret ? 11 : 10, prompt);
    return v->mem->bad;
}

/* ASK rows: answers the asking itself; rs->status stays 0 where something was
 * typed. A prompt never answers an address that has a query. */
static enum err
ask(const struct visit *v, struct response *rs)
{
    if (v->has_input)
        return OK;
    if (v->x->rq.has_input)
        return redirect(v, rs, (struct href){route_path(&v->at, v->mem)});
    return prompt_say(v, rs);
}

static enum err
body_take(struct visit *v)
{
    v->has_input = v->x->rq.body.n > 0;
    v->input = v->x->rq.body;
    return text_is_valid(v->input) ? OK : E_UPLOAD_TEXT;
}

static enum err
visit_answer(struct visit *v, struct response *rs)
{
    const struct route *row;
    enum err e;

    if (is_bare_inside(&v->x->rq.url)) {
        response_say(rs, 31, STR("/i/"));
        return OK;
    }
    if ((e = visit_find(v)))
        return e;
    e = visit_allow(v, rs);
    if (e || rs->status)
        return e;
    row = route_row(v->at.route);
    if (row->kind == ROUTE_ASK)
        e = ask(v, rs);
    else if (v->is_upload)
        e = body_take(v);
    if (e || rs->status)
        return e;
    return handlers[v->at.route](v, rs);
}

void
visit_end(struct visit *v, struct response *rs, enum err e)
{
    if (!e && v->mem->bad)
        e = v->mem->bad;
    if (!e && (rs->body.bad || rs->meta.bad))
        e = E_NOMEM;
    if (e)
        trouble(v, rs, e);
    v->x->finished(v->x);
}

void
site_serve(void *state, struct exchange *x)
{
    struct loop_site *ls = state;
    struct visit *v = x->bad ? NULL : visit_new(ls, x);
    enum err e;

    if (!v) {
        refuse(ls->face->content, x, &x->rs, x->bad ? x->bad : E_NOMEM);
        x->finished(x);
        return;
    }
    e = db_begin_read(ls->rd);
    if (!e) {
        e = visit_answer(v, &x->rs);
        db_end_read(ls->rd);
    }
    if (e != E_WAITING)
        visit_end(v, &x->rs, e);
}

enum err
site_admit(void *state, struct exchange *x)
{
    struct loop_site *ls = state;
    struct visit *v = visit_new(ls, x);
    enum err e;

    if (!v)
        return E_NOMEM;
    if ((e = db_begin_read(ls->rd)))
        return e;
    e = visit_find(v);
    if (!e)
        e = visit_allow(v, &x->rs);
    db_end_read(ls->rd);
    return e;
}
