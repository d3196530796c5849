/* A review by its four questions, the answers to each in order; the thread
 * shows the same in the order of time. */
#include "pages/service.h"

#define PART_ROOM (SLICE_ROOM / REVIEW_PARTS)

struct review_view {
    const struct visit *visit;      /* first */
    const struct review_part *part; /* of one question alone */
    enum err *bad;
};

static void
title(struct gmi *g, const void *view)
{
    const struct visit *v = ((const struct review_view *)view)->visit;

    thread_name(g, v, v->thread);
}

static void
place(struct gmi *g, const void *view)
{
    const struct visit *v = ((const struct review_view *)view)->visit;

    thread_place(g, v, v->thread);
}

/* Its head is a link of ours: no text of a user can make one. */
static void
answer(struct gmi *g, const struct visit *v, const struct post *p)
{
    struct post plain = *p;

    plain.claim = CLAIM_NONE; /* the heading says it */
    gmi_blank(g);
    gmi_link(g, route(v, R_post, .id = p->thread, .page = p->number));
    post_by(g, v, &plain);
    (void)post_body(g, v, &plain, false); /* a cut one has its own link */
}

/* The answers from post `from` on, as many as fit. */
static void
answers(struct gmi *g, const struct review_view *rv,
        const struct review_part *part, int64_t from, size_t room)
{
    const struct visit *v = rv->visit;
    struct rows r = post_told(v->rd, part->claim, v->thread->id, from);
    size_t start = g->out->n;
    int64_t further = 0;
    bool is_any = false;
    struct post p;
    enum err e;

    while (!further && post_next(&r, &p)) {
        struct mark before = mark_take(g);

        answer(g, v, &p);
        if (is_any && g->out->n - start > room) {
            mark_back(g, &before);
            further = p.number;
        }
        is_any = true;
    }
    if ((e = rows_end(&r)))
        *rv->bad = e;
    if (!is_any) {
        gmi_text(g);
        gmi_say(g, word(v, WORD_review_nobody));
    }
    if (!further)
        return;
    gmi_link(g, route(v, R_review_part, .id = v->thread->id,
                      .name = str_of(part->name), .page = further));
    gmi_say(g, word(v, WORD_review_more));
}

/* Each thread has this page, like its others; only a review is added to. */
static bool
may_add(const struct visit *v)
{
    return is_acting(v) && v->thread->kind == KIND_REVIEW &&
           rules_may_reply(v->thread, v->who.member) == OK;
}

static void
part_show(struct gmi *g, const struct review_view *rv,
          const struct review_part *part, int64_t from, size_t room)
{
    const struct visit *v = rv->visit;

    gmi_blank(g);
    gmi_h2(g);
    gmi_say(g, word(v, part->heading));
    answers(g, rv, part, from, room);
    if (!may_add(v))
        return;
    gmi_link(g, route(v, part->say, .id = v->thread->id));
    gmi_say(g, word(v, WORD_review_add));
}

static void
parts(struct gmi *g, const void *view)
{
    const struct review_view *rv = view;

    for (int i = 0; i < REVIEW_PARTS; i++)
        part_show(g, rv, &review_parts[i], 1, PART_ROOM);
}

static void
part(struct gmi *g, const void *view)
{
    const struct review_view *rv = view;

    part_show(g, rv, rv->part, rv->visit->at.page, SLICE_ROOM);
}

static struct href
close_it(const void *view)
{
    const struct visit *v = ((const struct review_view *)view)->visit;

    if (!may_add(v) || !review_may_close(v, v->thread))
        return (struct href){0};
    return route(v, R_rev_close, .id = v->thread->id);
}

static struct href
reopen(const void *view)
{
    const struct visit *v = ((const struct review_view *)view)->visit;

    if (!may_add(v) || v->thread->state == STATE_OPEN)
        return (struct href){0};
    return route(v, R_reopen, .id = v->thread->id);
}

static struct href
keep(const void *view)
{
    return thread_keep(((const struct review_view *)view)->visit);
}

static struct href
join(const void *view)
{
    const struct visit *v = ((const struct review_view *)view)->visit;

    if (!is_acting(v) ||
        rules_may_reply(v->thread, v->who.member) != E_NOT_JOINED)
        return (struct href){0};
    return route(v, R_come, .name = v->thread->slug);
}

static struct href
inside(const void *view)
{
    const struct visit *v = ((const struct review_view *)view)->visit;

    return come_inside(v, v->at);
}

static struct href
thread(const void *view)
{
    const struct visit *v = ((const struct review_view *)view)->visit;

    return route(v, R_thread, .id = v->thread->id);
}

static struct href
review(const void *view)
{
    const struct visit *v = ((const struct review_view *)view)->visit;

    return route(v, R_review, .id = v->thread->id);
}

static struct href
reviews(const void *view)
{
    const struct visit *v = ((const struct review_view *)view)->visit;

    return route(v, R_reviews, .name = v->thread->slug);
}

const struct hole holes_review[] = {WORDS("title", title),
                                    LINES("place", place),
                                    LINES("parts", parts),
                                    HREF("close", close_it),
                                    HREF("reopen", reopen),
                                    HREF("keep", keep),
                                    HREF("join", join),
                                    HREF("come-inside", inside),
                                    HREF("thread", thread),
                                    HREF("reviews", reviews),
                                    {0}};

const struct hole holes_review_part[] = {
    WORDS("title", title), LINES("part", part), HREF("review", review), {0}};

static enum err
review_show(const struct visit *v, struct response *rs, enum frame_id frame,
            const struct review_part *only)
{
    enum err bad = OK;
    struct review_view view = {v, only, &bad};
    enum err e;

    e = page(v, rs, frame, &view);
    return e ? e : bad;
}

enum err
page_review(const struct visit *v, struct response *rs)
{
    return review_show(v, rs, FRAME_review, NULL);
}

enum err
page_review_part(const struct visit *v, struct response *rs)
{
    for (int i = 0; i < REVIEW_PARTS; i++)
        if (str_eq(v->at.name, str_of(review_parts[i].name)))
            return review_show(v, rs, FRAME_review_part, &review_parts[i]);
    return page_review(v, rs);
}
