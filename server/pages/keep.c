/* Keeping a thread as a page: its posts are chosen one by one, here and in
 * other threads of the community, and then put together in a draft. */
#include "pages/draft.h"
#include "pages/kept.h"

#define THREADS_SHOWN 25

struct keep_view {
    const struct visit *visit; /* first */
    struct thread thread;
    int64_t *next; /* POST_ID or arrival number to go on from; 0: none */
    enum err *bad;
};

static enum err
kept_after(const struct visit *v, struct response *rs, const struct outcome *o)
{
    return redirect(v, rs,
                    route(v, R_source_posts, .id = o->draft,
                          .page = POST_ID(o->thread, 1)));
}

enum err
page_keep(const struct visit *v, struct response *rs)
{
    return visit_change(v, rs, kept_after, CHANGE_PAGE_KEEP,
                        .thread = v->at.id);
}

static bool
is_waiting(const struct draft_source *s)
{
    return !s->is_in && s->status == POST_HERE;
}

static void
source_show(struct gmi *g, const struct visit *v, const struct draft_source *s)
{
    gmi_link(g, route(v, R_post, .id = POST_THREAD(s->post),
                      .page = POST_NUMBER(s->post)));
    gmi_user(g, s->author_name);
    gmi_say(g, LIT(" ("));
    gmi_int(g, POST_NUMBER(s->post));
    gmi_say(g, LIT("): "));
    source_title(g, v, s->title);
    if (s->status != POST_HERE) {
        gmi_say(g, LIT(" "));
        gmi_say(g, word(v, WORD_page_withdrawn));
    }
    gmi_link(g, route(v, R_source_leave, .id = v->draft->id, .page = s->post));
    gmi_say(g, word(v, WORD_source_leave));
}

/* Where to choose: the thread that was kept first, else all of them. */
static struct href
choose_href(const struct visit *v)
{
    if (v->draft->thread)
        return route(v, R_source_posts, .id = v->draft->id,
                     .page = POST_ID(v->draft->thread, 1));
    return route(v, R_sources, .id = v->draft->id, .page = 0);
}

void
draft_sources_show(struct gmi *g, const struct visit *v)
{
    struct rows r;
    struct draft_source s;
    bool has_waiting = false;

    if (v->draft->aim != AIM_PAGE)
        return;
    gmi_h2(g);
    gmi_say(g, word(v, WORD_source_heading));
    r = draft_sources(v->rd, v->draft->id);
    while (draft_source_next(&r, &s)) {
        source_show(g, v, &s);
        has_waiting = has_waiting || is_waiting(&s);
    }
    if (rows_end(&r))
        g->out->bad = r.bad;
    if (has_waiting) {
        gmi_link(g, route(v, R_source_fill, .id = v->draft->id));
        gmi_say(g, word(v, WORD_source_fill));
    }
    gmi_link(g, choose_href(v));
    gmi_say(g, word(v, WORD_source_choose));
}

/* Is the post chosen for this draft? */
static bool
is_chosen(const struct keep_view *kv, int64_t post)
{
    struct rows r = draft_sources(kv->visit->rd, kv->visit->draft->id);
    struct draft_source s;
    bool is_there = false;
    enum err e;

    while (!is_there && draft_source_next(&r, &s))
        is_there = s.post == post;
    if ((e = rows_end(&r)) && !*kv->bad)
        *kv->bad = e;
    return is_there;
}

static void
title(struct gmi *g, const void *view)
{
    const struct keep_view *kv = view;

    thread_name(g, kv->visit, &kv->thread);
}

static void
post_choice(struct gmi *g, const struct keep_view *kv, const struct post *p)
{
    const struct visit *v = kv->visit;
    int64_t id = POST_ID(p->thread, p->number);
    bool is_taken = is_chosen(kv, id);

    gmi_blank(g);
    gmi_h2(g);
    post_by(g, v, p);
    if (is_taken) {
        gmi_say(g, LIT(" · "));
        gmi_say(g, word(v, WORD_source_chosen));
    }
    (void)post_body(g, v, p, false); /* a cut one has its own link */
    if (p->status != POST_HERE)
        return;
    gmi_link(g, route(v, is_taken ? R_source_leave : R_source_take,
                      .id = v->draft->id, .page = id));
    gmi_say(g, word(v, is_taken ? WORD_source_leave : WORD_source_take));
}

static void
posts(struct gmi *g, const void *view)
{
    const struct keep_view *kv = view;
    const struct visit *v = kv->visit;
    int64_t from = POST_NUMBER(v->at.page);
    struct rows r = post_slice(v->rd, kv->thread.id, from);
    size_t start = g->out->n;
    struct post p;
    enum err e;

    while (!*kv->next && post_next(&r, &p)) {
        struct mark before = mark_take(g);

        post_choice(g, kv, &p);
        if (p.number > from && g->out->n - start > SLICE_ROOM) {
            mark_back(g, &before);
            *kv->next = POST_ID(p.thread, p.number);
        }
    }
    if ((e = rows_end(&r)) && !*kv->bad)
        *kv->bad = e;
}

static struct href
next(const void *view)
{
    const struct keep_view *kv = view;

    if (!*kv->next)
        return (struct href){0};
    return route(kv->visit, R_source_posts, .id = kv->visit->draft->id,
                 .page = *kv->next);
}

static struct href
beginning(const void *view)
{
    const struct keep_view *kv = view;
    const struct visit *v = kv->visit;

    if (POST_NUMBER(v->at.page) <= 1)
        return (struct href){0};
    return route(v, R_source_posts, .id = v->draft->id,
                 .page = POST_ID(kv->thread.id, 1));
}

static struct href
all(const void *view)
{
    const struct keep_view *kv = view;

    return route(kv->visit, R_source_take, .id = kv->visit->draft->id,
                 .page = POST_ID(kv->thread.id, 0));
}

static struct href
fill(const void *view)
{
    const struct visit *v = ((const struct keep_view *)view)->visit;

    return route(v, R_source_fill, .id = v->draft->id);
}

static struct href
threads_href(const void *view)
{
    const struct visit *v = ((const struct keep_view *)view)->visit;

    return route(v, R_sources, .id = v->draft->id, .page = 0);
}

static struct href
draft_href(const void *view)
{
    const struct visit *v = ((const struct keep_view *)view)->visit;

    return route(v, R_draft, .id = v->draft->id);
}

const struct hole holes_source_posts[] = {WORDS("title", title),
                                          LINES("posts", posts),
                                          HREF("next", next),
                                          HREF("beginning", beginning),
                                          HREF("all", all),
                                          HREF("fill", fill),
                                          HREF("draft", draft_href),
                                          HREF("threads", threads_href),
                                          {0}};

/* Only pages to be are made of posts; others are led back to their draft. */
static bool
is_elsewhere(const struct visit *v, struct response *rs, enum err *e)
{
    if (draft_went(v, rs, e))
        return true;
    if (v->draft->aim == AIM_PAGE)
        return false;
    *e = draft_show(v, rs, v->draft->id);
    return true;
}

enum err
page_source_posts(const struct visit *v, struct response *rs)
{
    int64_t further = 0;
    enum err bad = OK, e;
    struct keep_view view = {.visit = v, .next = &further, .bad = &bad};

    if (is_elsewhere(v, rs, &e))
        return e;
    if ((e = thread_get(v->rd, POST_THREAD(v->at.page), v->who.member, v->mem,
                        &view.thread)))
        return e;
    if (view.thread.community != v->draft->community)
        return E_NOT_FOUND;
    e = page(v, rs, FRAME_source_posts, &view);
    return e ? e : bad;
}

static void
threads(struct gmi *g, const void *view)
{
    const struct keep_view *kv = view;
    const struct visit *v = kv->visit;
    int64_t before = v->at.page ? v->at.page : INT64_MAX, last = 0;
    struct rows r =
        thread_list(v->rd, v->draft->community, before, THREADS_SHOWN + 1);
    struct thread t;

    for (int shown = 0; thread_next(&r, &t); shown++) {
        if (shown == THREADS_SHOWN) {
            *kv->next = last;
            break;
        }
        last = t.last_seq;
        gmi_link(g, route(v, R_source_posts, .id = v->draft->id,
                          .page = POST_ID(t.id, 1)));
        line_date(g, v, t.last_at);
        gmi_say(g, LIT(" "));
        thread_name(g, v, &t);
    }
    *kv->bad = rows_end(&r);
}

static struct href
older(const void *view)
{
    const struct keep_view *kv = view;

    if (!*kv->next)
        return (struct href){0};
    return route(kv->visit, R_sources, .id = kv->visit->draft->id,
                 .page = *kv->next);
}

const struct hole holes_sources[] = {LINES("threads", threads),
                                     HREF("older", older),
                                     HREF("draft", draft_href),
                                     {0}};

enum err
page_sources(const struct visit *v, struct response *rs)
{
    int64_t further = 0;
    enum err bad = OK, e;
    struct keep_view view = {.visit = v, .next = &further, .bad = &bad};
    struct community c;

    if (is_elsewhere(v, rs, &e))
        return e;
    if ((e = community_by_id(v->rd, v->draft->community, v->who.member, v->mem,
                             &c)))
        return e;
    e = page(v, rs, FRAME_sources, &view);
    return e ? e : bad;
}

/* Back to the post at which the choice was made. */
static enum err
chosen_after(const struct visit *v, struct response *rs,
             const struct outcome *o)
{
    int64_t number = POST_NUMBER(v->at.page);

    (void)o; /* the page shows what is chosen now */
    return redirect(
        v, rs,
        route(v, R_source_posts, .id = v->at.id,
              .page = POST_ID(POST_THREAD(v->at.page), number ? number : 1)));
}

static enum err
choose(const struct visit *v, struct response *rs, enum change_kind kind)
{
    enum err e;

    if (is_elsewhere(v, rs, &e))
        return e;
    return visit_change(v, rs, chosen_after, kind, .draft = v->draft->id,
                        .thread = POST_THREAD(v->at.page),
                        .number = POST_NUMBER(v->at.page));
}

enum err
page_source_take(const struct visit *v, struct response *rs)
{
    return choose(v, rs, CHANGE_SOURCE_TAKE);
}

enum err
page_source_leave(const struct visit *v, struct response *rs)
{
    return choose(v, rs, CHANGE_SOURCE_LEAVE);
}

static enum err
filled_after(const struct visit *v, struct response *rs,
             const struct outcome *o)
{
    if (o->why)
        return draft_kept(v, rs, o);
    return draft_show(v, rs, v->at.id);
}

enum err
page_source_fill(const struct visit *v, struct response *rs)
{
    enum err e;

    if (is_elsewhere(v, rs, &e))
        return e;
    return visit_change(v, rs, filled_after, CHANGE_SOURCE_FILL,
                        .draft = v->draft->id);
}
