/* A thread: in slices, and all on one page. */
#include "forum/question.h"
#include "pages/marks.h"
#include "pages/service.h"

/* Past this, the size of a whole thread is not added up. */
#define SIZE_COUNTED (64 << 10)
/* A post can grow to three times its size when it is shown. */
#define ALL_ROOM (RESPONSE_BODY_MAX - 4 * POST_MAX)

struct thread_view {
    const struct visit *visit; /* first */
    const struct thread *thread;
    struct slice *slice;
    int64_t previous; /* where the slice before this one begins; 0: none */
};

static void
title(struct gmi *g, const void *view)
{
    const struct thread_view *tv = view;

    thread_name(g, tv->visit, tv->thread);
}

static void
place(struct gmi *g, const void *view)
{
    const struct thread_view *tv = view;

    thread_place(g, tv->visit, tv->thread);
}

static void
posts(struct gmi *g, const void *view)
{
    const struct thread_view *tv = view;

    slice_show(g, tv->visit, tv->thread, tv->slice);
}

static struct href
slice_href(const struct thread_view *view, int64_t from)
{
    const struct visit *v = view->visit;
    int64_t id = view->thread->id;

    if (from == 0)
        return (struct href){0};
    if (from == 1)
        return route(v, R_thread, .id = id);
    return route(v, R_thread_from, .id = id, .page = from);
}

static struct href
beginning(const void *view)
{
    const struct thread_view *tv = view;

    return slice_href(tv, tv->previous > 1);
}

static struct href
previous(const void *view)
{
    const struct thread_view *tv = view;

    return slice_href(tv, tv->previous);
}

static struct href
next(const void *view)
{
    const struct thread_view *tv = view;

    return slice_href(tv, tv->slice->next);
}

/* The slice that ends with the newest post, unless that is the next one. */
static struct href
newest(const void *view)
{
    const struct thread_view *tv = view;
    struct slice *s = tv->slice;
    int64_t from = 0;

    if (!s->next || s->bad)
        return (struct href){0};
    s->bad = slice_back(tv->visit, tv->thread, tv->thread->last_number, &from);
    return slice_href(tv, from > s->next ? from : 0);
}

static bool
may_reply(const struct thread_view *view)
{
    return is_acting(view->visit) &&
           rules_may_reply(view->thread, view->visit->who.member) == OK;
}

static void
service(struct gmi *g, const void *view)
{
    const struct thread_view *tv = view;

    service_lines(g, tv->visit, tv->thread);
}

/* In the first slice they stand under the question itself. */
static struct href
worked(const void *view)
{
    const struct thread_view *tv = view;

    if (tv->slice->from == 1)
        return (struct href){0};
    return href_worked(tv->visit, tv->thread);
}

static struct href
idea(const void *view)
{
    const struct thread_view *tv = view;

    if (tv->slice->from == 1)
        return (struct href){0};
    return href_idea(tv->visit, tv->thread);
}

static void
quiet(struct gmi *g, const void *view)
{
    const struct thread_view *tv = view;

    quiet_show(g, tv->visit, tv->thread);
}

static bool
is_open(const struct thread *t)
{
    return t->state == STATE_OPEN || t->state == STATE_PARTLY;
}

static enum voice
voice(const struct thread_view *tv)
{
    if (!is_acting(tv->visit))
        return VOICE_NONE;
    return rules_voice(tv->thread, tv->thread->me, tv->visit->now);
}

/* While its asker is away, two others may speak for them. */
static void
away(struct gmi *g, const void *view)
{
    const struct thread_view *tv = view;
    const struct visit *v = tv->visit;
    enum post_mark said;
    enum err e;

    if (voice(tv) != VOICE_SHARED || !is_open(tv->thread))
        return;
    e = question_wished(v->rd, tv->thread, 1, tv->thread->me, &said);
    if (e)
        g->out->bad = e;
    gmi_text(g);
    gmi_say(g, word(v, said ? WORD_thread_wished : WORD_thread_away));
}

static struct href
not_needed(const void *view)
{
    const struct thread_view *tv = view;

    enum thread_kind kind = tv->thread->kind;

    /* An offer has its own words for it; a review is closed. */
    if (kind != KIND_QUESTION && kind != KIND_NEED)
        return (struct href){0};
    if (voice(tv) == VOICE_NONE || !is_open(tv->thread))
        return (struct href){0};
    return route(tv->visit, R_not_needed, .id = tv->thread->id);
}

static struct href
needed_by(const void *view)
{
    const struct thread_view *tv = view;

    if (tv->thread->kind != KIND_QUESTION || voice(tv) != VOICE_OWN ||
        !is_open(tv->thread))
        return (struct href){0};
    return route(tv->visit, R_needed_by, .id = tv->thread->id);
}

static void
needed_by_label(struct gmi *g, const void *view)
{
    const struct thread_view *tv = view;

    gmi_say(g,
            word(tv->visit, tv->thread->needed_by ? WORD_thread_needed_by_change
                                                  : WORD_thread_needed_by));
}

static struct href
reopen(const void *view)
{
    const struct thread_view *tv = view;
    enum thread_state state = tv->thread->state;

    if (!may_reply(tv) ||
        (state != STATE_ANSWERED && state != STATE_NOT_NEEDED))
        return (struct href){0};
    return route(tv->visit, R_reopen, .id = tv->thread->id);
}

static struct href
reply(const void *view)
{
    const struct thread_view *tv = view;

    if (!may_reply(tv))
        return (struct href){0};
    return route(tv->visit, R_reply, .id = tv->thread->id);
}

static struct href
longer(const void *view)
{
    const struct thread_view *tv = view;

    if (!may_reply(tv))
        return (struct href){0};
    return route(tv->visit, R_longer, .id = tv->thread->id);
}

static struct href
upload(const void *view)
{
    const struct thread_view *tv = view;

    if (!may_reply(tv))
        return (struct href){0};
    return route_upload(tv->visit,
                        (struct at){.is_inside = true,
                                    .route = R_reply_upload,
                                    .id = tv->thread->id},
                        false);
}

static struct href
join(const void *view)
{
    const struct thread_view *tv = view;
    const struct visit *v = tv->visit;
    const struct thread *t = tv->thread;

    if (!is_acting(v) || rules_may_reply(t, v->who.member) != E_NOT_JOINED)
        return (struct href){0};
    return route(v, R_come, .name = t->slug);
}

static struct href
inside(const void *view)
{
    const struct thread_view *tv = view;

    return come_inside(tv->visit, tv->visit->at);
}

static struct href
all(const void *view)
{
    const struct thread_view *tv = view;
    const struct slice *s = tv->slice;

    if (s->is_whole || (s->from == 1 && !s->next && !s->is_shorter))
        return (struct href){0};
    return route(tv->visit, R_thread_all, .id = tv->thread->id);
}

static struct href
new_things(const void *view)
{
    const struct visit *v = *(const struct visit *const *)view;

    if (!is_acting(v))
        return (struct href){0};
    return route(v, R_catch_up);
}

static struct href
more(const void *view)
{
    const struct thread_view *tv = view;

    if (!is_acting(tv->visit))
        return (struct href){0};
    return route(tv->visit, R_thread_more, .id = tv->thread->id);
}

static void
all_size(struct gmi *g, const void *view)
{
    const struct thread_view *tv = view;
    struct rows r = post_slice(tv->visit->rd, tv->thread->id, 1);
    struct post p;
    size_t n = 0;
    enum err e;

    while (n <= SIZE_COUNTED && post_next(&r, &p))
        n += p.text.n + p.author_name.n + 24; /* a head has about as much */
    e = rows_end(&r);
    if (!tv->slice->bad)
        tv->slice->bad = e;
    if (n > SIZE_COUNTED) {
        gmi_say(g, LIT(" "));
        gmi_say(g, word(tv->visit, WORD_thread_large));
    } else {
        line_size(g, tv->visit, n);
    }
}

static struct href
text(const void *view)
{
    const struct thread_view *tv = view;

    return route(tv->visit, R_thread_txt, .id = tv->thread->id);
}

static struct href
tags(const void *view)
{
    const struct thread_view *tv = view;

    return route(tv->visit, R_thread_tags, .id = tv->thread->id);
}

const struct hole holes_thread[] = {
    WORDS("title", title),
    LINES("place", place),
    HREF("beginning", beginning),
    HREF("previous", previous),
    LINES("posts", posts),
    HREF("next", next),
    HREF("newest", newest),
    LINES("service", service),
    LINES("quiet", quiet),
    HREF("worked", worked),
    HREF("idea", idea),
    HREF("reply", reply),
    HREF("longer", longer),
    HREF("upload", upload),
    HREF("join", join),
    LINES("away", away),
    HREF("not-needed", not_needed),
    HREF("needed-by", needed_by),
    WORDS("needed-by-label", needed_by_label),
    HREF("reopen", reopen),
    HREF("come-inside", inside),
    HREF("new", new_things),
    HREF("more", more),
    HREF("tags", tags),
    HREF("all", all),
    WORDS("all-size", all_size),
    HREF("text", text),
    {0},
};

static enum err
thread_page(const struct visit *v, struct response *rs, struct slice *s)
{
    struct thread_view view = {v, v->thread, s, 0};
    enum err e;

    if (v->thread->kind == KIND_CHAT) /* it has a page of its own */
        return redirect(v, rs, route(v, R_porch, .name = v->thread->slug));
    if (s->from < 1 || s->from > v->thread->last_number)
        return E_NOT_FOUND;
    if (s->from > 1 && !s->is_whole &&
        (e = slice_back(v, v->thread, s->from - 1, &view.previous)))
        return e;

    e = page(v, rs, FRAME_thread, &view);
    return e ? e : s->bad;
}

enum err
page_thread(const struct visit *v, struct response *rs)
{
    return thread_page(v, rs, &(struct slice){.from = 1, .room = SLICE_ROOM});
}

enum err
page_thread_from(const struct visit *v, struct response *rs)
{
    return thread_page(v, rs,
                       &(struct slice){.from = v->at.page, .room = SLICE_ROOM});
}

enum err
page_thread_all(const struct visit *v, struct response *rs)
{
    return thread_page(
        v, rs, &(struct slice){.from = 1, .room = ALL_ROOM, .is_whole = true});
}
