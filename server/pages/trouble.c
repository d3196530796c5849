/* Answers for those who can not go on: a bare status where only that is
 * possible, and a page that helps wherever a person can read one. */
#include <stdio.h>

#include "base/clock.h"
#include "pages/inner.h"

#define URL_ROOM_MAX 1024 /* bytes of a request */

struct trouble_view {
    const struct visit *visit;
    struct lit heading, sentence;
    struct str why;    /* barred: the operator's reason */
    struct href fresh; /* did-you-mean: the link that is right */
    bool is_too_long;  /* the text does not fit into that link */
};

struct href
href_back(const struct visit *v)
{
    if (v->thread && v->post)
        return route(v, R_post, .id = v->thread->id, .page = v->post->number);
    if (v->thread)
        return route(v, R_thread, .id = v->thread->id);
    if (v->draft)
        return route(v, R_draft, .id = v->draft->id);
    if (v->page)
        return route(v, R_page, .id = v->page->id);
    if (v->community)
        return route(v, R_community, .name = v->community->slug);
    if (str_has_prefix(str_of(route_row(v->at.route)->pattern), STR("/come/")))
        return route(v, R_invited, .name = v->at.name);
    return route(v, R_home);
}

static struct href
trouble_back(const void *view)
{
    return href_back(((const struct trouble_view *)view)->visit);
}

/* Joining is what helps where only participants write. */
static struct href
trouble_join(const void *view)
{
    const struct visit *v = ((const struct trouble_view *)view)->visit;
    enum route_who who = route_row(v->at.route)->who;

    if (!v->community || v->community->is_participant || who == AUTHOR ||
        who == STEWARD)
        return (struct href){{NULL, 0}};
    return route(v, R_come, .name = v->community->slug);
}

static void
trouble_heading(struct gmi *g, const void *view)
{
    gmi_say(g, ((const struct trouble_view *)view)->heading);
}

static void
trouble_sentence(struct gmi *g, const void *view)
{
    const struct trouble_view *t = view;

    gmi_say(g, t->sentence);
    if (t->why.n == 0)
        return;
    gmi_say(g, LIT(" "));
    gmi_user(g, t->why);
}

const struct hole holes_forbidden[] = {WORDS("heading", trouble_heading),
                                       WORDS("sentence", trouble_sentence),
                                       HREF("join", trouble_join),
                                       HREF("back", trouble_back),
                                       {0}};

const struct hole holes_come_inside[] = {HREF("back", trouble_back), {0}};

enum err
page_come_inside(const struct visit *v, struct response *rs)
{
    struct trouble_view view = {.visit = v};

    return page(v, rs, FRAME_come_inside, &view);
}

/* A key that anyone may have sent: say what would be done, and do nothing. */
static void
mean_act(struct gmi *g, const void *view)
{
    const struct visit *v = ((const struct trouble_view *)view)->visit;
    struct str key = arena_fmt(v->mem, "do-%s", route_row(v->at.route)->name);
    enum word_id id;

    for (size_t i = 0; i < key.n; i++)
        if (key.p[i] == '_')
            key = arena_fmt(v->mem, "%.*s-%s", (int)i, key.p, key.p + i + 1);
    id = v->mem->bad ? WORD_COUNT : content_find_word(key.p);
    gmi_say(g, word(v, id == WORD_COUNT ? WORD_do_this : id));
}

static void
mean_text(struct gmi *g, const void *view)
{
    const struct trouble_view *t = view;
    const struct visit *v = t->visit;

    if (!v->has_input || route_row(v->at.route)->is_secret)
        return;
    gmi_text(g);
    gmi_say(g, word(v, WORD_mean_typed));
    gmi_blank(g);
    gmi_user_block(g, v->input);
    if (t->is_too_long) {
        gmi_blank(g);
        gmi_text(g);
        gmi_say(g, word(v, WORD_mean_too_long));
    }
}

static struct href
mean_fresh(const void *view)
{
    return ((const struct trouble_view *)view)->fresh;
}

const struct hole holes_did_you_mean[] = {WORDS("act", mean_act),
                                          LINES("text", mean_text),
                                          HREF("fresh", mean_fresh),
                                          HREF("back", trouble_back),
                                          {0}};

/* The right link, with what was typed where that fits into one request. */
static struct href
fresh_link(const struct visit *v, bool *is_too_long)
{
    const struct route *row = route_row(v->at.route);
    struct at at = v->at;
    struct href to;
    struct buf b;
    size_t base = v->host.n + sizeof("gemini://[]:65535") - 1;

    at.why = OK;
    to = route_at(v, at);
    if (row->kind != ROUTE_ASK || row->is_secret || !v->has_input)
        return to;
    buf_init(&b, URL_ROOM_MAX - base);
    buf_add(&b, to.url);
    buf_add_char(&b, '?');
    buf_add_percent(&b, v->input);
    *is_too_long = b.bad == E_TOO_LONG;
    if (!b.bad)
        to.url = arena_copy(v->mem, buf_str(&b));
    buf_release(&b);
    return to;
}

enum err
page_did_you_mean(const struct visit *v, struct response *rs)
{
    struct trouble_view view = {.visit = v};

    view.fresh = fresh_link(v, &view.is_too_long);
    return page(v, rs, FRAME_did_you_mean, &view);
}

/* Uploads have no pages: the sentence goes into the status line. */
static struct lit
refusal(const struct content *c, const struct exchange *x, enum err e)
{
    char key[48];
    enum word_id id = WORD_COUNT;

    if (x->rq.url.scheme == URL_TITAN) {
        (void)snprintf(key, sizeof(key), "upload-%s", err_name(e));
        id = content_find_word(key);
    }
    if (id == WORD_COUNT) {
        (void)snprintf(key, sizeof(key), "error-%s", err_name(e));
        id = content_find_word(key);
    }
    return content_word(c, id);
}

/* How many bytes the path of x takes at most. */
static size_t
upload_max(const struct exchange *x)
{
    struct at at;

    if (route_match(&x->rq.url, &at))
        return 0;
    return route_row(at.route)->max;
}

void
refuse(const struct content *c, const struct exchange *x, struct response *rs,
       enum err e)
{
    int status = err_status(e);
    struct str meta = refusal(c, x, e).s;
    char text[400];

    if (status < 40)
        status = 59;
    if (e == E_RATE) {
        (void)snprintf(text, sizeof(text), "%d",
                       x->rate_seconds > 0 ? x->rate_seconds : 1);
        meta = str_of(text);
    } else if (e == E_UPLOAD_SIZE) {
        /* Its words end in the limit. */
        (void)snprintf(text, sizeof(text), "%.*s %zu", (int)meta.n, meta.p,
                       upload_max(x));
        meta = str_of(text);
    }
    response_say(rs, status, meta);
}

static enum err
page_forbidden(const struct visit *v, struct response *rs, enum err e)
{
    struct trouble_view view = {.visit = v,
                                .heading = word(v, WORD_forbidden_heading),
                                .sentence = word_error(v, e)};

    if (e == E_BARRED)
        view.why = v->who.barred;
    return page(v, rs, FRAME_forbidden, &view);
}

/* Asked again without what was typed, with the reason in the path. */
static enum err
ask_again(const struct visit *v, struct response *rs, enum err e)
{
    struct at at = v->at;

    at.why = e;
    return redirect(v, rs, (struct href){route_path(&at, v->mem)});
}

/* Whoever was told that nothing was changed would do it twice. */
static enum err
told(const struct visit *v, enum err e)
{
    return v->is_stored && err_status(e) >= 40 ? E_UNSHOWN : e;
}

void
trouble(struct visit *v, struct response *rs, enum err e)
{
    const struct route *row = route_row(v->at.route);
    bool is_titan = v->x->rq.url.scheme == URL_TITAN;
    int status = err_status(e);
    enum err worse = OK;

    response_reset(rs);
    if (status == 40)
        log_event(LOG_ERROR, "trouble", LOG_Z("error", err_name(e)),
                  LOG_Z("route", row->name));
    if (status >= 40 || is_titan)
        refuse(v->content, v->x, rs, told(v, e));
    else if (status == 10 && row->kind == ROUTE_ASK)
        worse = ask_again(v, rs, e);
    else
        worse = page_forbidden(v, rs, e);
    if (worse || v->mem->bad) {
        response_reset(rs);
        refuse(v->content, v->x, rs, told(v, E_NOMEM));
    }
}
