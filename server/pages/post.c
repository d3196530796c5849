/* One post, with what it answers; and what it said before it was edited. */
#include "base/clock.h"
#include "forum/report.h"
#include "pages/marks.h"

#define QUOTE_SIZE 300 /* bytes of what is answered */
#define VERSIONS_ROOM (RESPONSE_BODY_MAX - 4 * POST_MAX)

struct post_view {
    const struct visit *visit; /* first */
    const struct thread *thread;
    const struct post *post;
    const struct post *answered; /* NULL: none */
    enum err *bad;
};

static void
title(struct gmi *g, const void *view)
{
    const struct post_view *pv = view;

    thread_name(g, pv->visit, pv->thread);
}

static void
number(struct gmi *g, const void *view)
{
    const struct post_view *pv = view;

    gmi_int(g, pv->post->number);
}

static void
place(struct gmi *g, const void *view)
{
    const struct post_view *pv = view;

    thread_place(g, pv->visit, pv->thread);
}

/* The first lines of what this post answers, each as a quote. */
static void
answered(struct gmi *g, const void *view)
{
    const struct post_view *pv = view;
    const struct visit *v = pv->visit;
    const struct post *p = pv->answered;

    if (!p)
        return;

    gmi_link(g, route(v, R_post, .id = p->thread, .page = p->number));
    gmi_say(g, word(v, WORD_post_answers));
    gmi_say(g, LIT(" "));
    post_by(g, v, p);
    post_quote(g, p, QUOTE_SIZE);
}

static void
post(struct gmi *g, const void *view)
{
    const struct post_view *pv = view;
    struct post here = *pv->post;

    here.answers = 0; /* said above, with its first lines */
    post_show(g, pv->visit, pv->thread, &here, true);
}

/* What is said of it here, where a thread shows one link at most. */
static void
marks(struct gmi *g, const void *view)
{
    const struct post_view *pv = view;
    enum err e = marks_links_rest(g, pv->visit, pv->thread, pv->post);

    if (e)
        g->out->bad = e;
}

static struct href
post_href(const struct post_view *pv, int64_t k)
{
    if (k < 1 || k > pv->thread->last_number)
        return (struct href){0};
    return route(pv->visit, R_post, .id = pv->thread->id, .page = k);
}

static struct href
previous(const void *view)
{
    const struct post_view *pv = view;

    if (pv->thread->kind == KIND_CHAT) /* it may have faded */
        return (struct href){0};
    return post_href(pv, pv->post->number - 1);
}

static struct href
next(const void *view)
{
    const struct post_view *pv = view;

    return post_href(pv, pv->post->number + 1);
}

static struct href
thread_here(const void *view)
{
    const struct post_view *pv = view;

    if (pv->post->number == 1 || pv->thread->kind == KIND_CHAT)
        return (struct href){0};
    return route(pv->visit, R_thread_from, .id = pv->thread->id,
                 .page = pv->post->number);
}

static struct href
thread(const void *view)
{
    const struct post_view *pv = view;

    return route(pv->visit, R_thread, .id = pv->thread->id);
}

static struct href
longer(const void *view)
{
    const struct post_view *pv = view;
    const struct visit *v = pv->visit;

    if (!is_acting(v) || pv->post->status != POST_HERE ||
        rules_may_reply(pv->thread, v->who.member))
        return (struct href){0};
    return route(v, R_longer_to, .id = pv->thread->id,
                 .page = pv->post->number);
}

static struct href
upload(const void *view)
{
    const struct post_view *pv = view;

    if (!longer(view).url.n)
        return (struct href){0};
    return route_upload(pv->visit,
                        (struct at){.is_inside = true,
                                    .route = R_reply_to_upload,
                                    .id = pv->thread->id,
                                    .page = pv->post->number},
                        false);
}

static struct href
join(const void *view)
{
    const struct post_view *pv = view;
    const struct visit *v = pv->visit;

    if (!is_acting(v) ||
        rules_may_reply(pv->thread, v->who.member) != E_NOT_JOINED)
        return (struct href){0};
    return route(v, R_come, .name = pv->thread->slug);
}

static struct href
save(const void *view)
{
    const struct post_view *pv = view;

    if (!is_acting(pv->visit) || pv->post->status != POST_HERE)
        return (struct href){0};
    return route(pv->visit, R_save_post, .id = pv->thread->id,
                 .page = pv->post->number);
}

static void
report(struct gmi *g, const void *view)
{
    const struct post_view *pv = view;
    const struct visit *v = pv->visit;
    const struct post *p = pv->post;
    bool is_reported;
    enum err e;

    if (!is_acting(v) || p->status != POST_HERE || p->author == v->thread->me ||
        v->community->room != ROOM_NONE)
        return; /* a room has no stewards */
    e = report_is_mine(v->rd, POST_ID(p->thread, p->number), v->thread->me,
                       &is_reported);
    if (e) {
        g->out->bad = e;
        return;
    }
    if (is_reported)
        gmi_text(g);
    else
        gmi_link(g, route(v, R_report, .id = p->thread, .page = p->number));
    gmi_say(g, word(v, is_reported ? WORD_post_reported : WORD_post_report));
}

static struct href
care(const void *view)
{
    const struct post_view *pv = view;
    const struct visit *v = pv->visit;

    if (!is_acting(v) || pv->post->status != POST_HERE ||
        rules_may_steward(v->community, v->who.member))
        return (struct href){0};
    return route(v, R_care, .id = pv->thread->id, .page = pv->post->number);
}

static struct href
inside(const void *view)
{
    const struct post_view *pv = view;

    return come_inside(pv->visit, pv->visit->at);
}

const struct hole holes_post[] = {
    WORDS("title", title),       WORDS("number", number),
    LINES("place", place),       LINES("answered", answered),
    LINES("post", post),         LINES("marks", marks),
    HREF("longer", longer),      HREF("upload", upload),
    HREF("join", join),          HREF("save", save),
    LINES("report", report),     HREF("care", care),
    HREF("come-inside", inside), HREF("previous", previous),
    HREF("next", next),          HREF("thread-here", thread_here),
    HREF("thread", thread),      {0},
};

enum err
page_post(const struct visit *v, struct response *rs)
{
    struct post_view view = {.visit = v, .thread = v->thread, .post = v->post};
    struct post before;

    if (v->post->answers) {
        enum err e =
            post_get(v->rd, v->thread->id, v->post->answers, v->mem, &before);

        if (!e)
            view.answered = &before;
        else if (e != E_NOT_FOUND) /* on a porch it may have faded */
            return e;
    }
    return page(v, rs, FRAME_post, &view);
}

static void
version(struct gmi *g, const struct visit *v, const struct post *p,
        const struct version *old)
{
    gmi_blank(g);
    gmi_h2(g);
    gmi_plain(g, clock_minute(v->mem, old->at));
    gmi_user_block(g, old->text);
    if (!is_acting(v) || p->author != v->thread->me)
        return;

    gmi_link(g,
             route(v, R_version_drop, .id = p->thread, .page = p->number,
                   .name = arena_fmt(v->mem, "%lld", (long long)old->number)));
    gmi_say(g, word(v, WORD_version_drop));
}

static void
versions(struct gmi *g, const void *view)
{
    const struct post_view *pv = view;
    const struct post *p = pv->post;
    struct rows r = version_list(pv->visit->rd, p->thread, p->number);
    struct version old;
    bool is_full = false;

    while (!is_full && version_next(&r, &old)) {
        is_full = g->out->n > VERSIONS_ROOM;
        if (!is_full)
            version(g, pv->visit, p, &old);
    }
    *pv->bad = rows_end(&r);
    if (is_full || !p->has_versions) {
        gmi_text(g);
        gmi_say(g, word(pv->visit,
                        is_full ? WORD_versions_more : WORD_versions_none));
    }
}

static void
by(struct gmi *g, const void *view)
{
    const struct post_view *pv = view;

    post_by(g, pv->visit, pv->post);
}

static struct href
post_itself(const void *view)
{
    const struct post_view *pv = view;

    return post_href(pv, pv->post->number);
}

const struct hole holes_post_versions[] = {
    WORDS("title", title),       WORDS("by", by),
    LINES("versions", versions), HREF("post", post_itself),
    HREF("thread", thread),      {0},
};

enum err
page_post_versions(const struct visit *v, struct response *rs)
{
    enum err bad = OK;
    struct post_view view = {
        .visit = v, .thread = v->thread, .post = v->post, .bad = &bad};
    enum err e;

    if (v->post->status != POST_HERE)
        return E_NOT_FOUND;

    e = page(v, rs, FRAME_post_versions, &view);
    return e ? e : bad;
}
