/* Reporting a post, and what a steward can do with one. */
#include "forum/report.h"
#include "pages/reading.h"

#define TEXT_HEAD 4000 /* bytes of the post that are shown here */

struct care_view {
    const struct visit *visit; /* first */
    enum err *bad;
};

static const struct visit *
visit_of(const void *view)
{
    return ((const struct care_view *)view)->visit;
}

static struct href
here(const void *view, enum route_id id)
{
    const struct visit *v = visit_of(view);

    return route(v, id, .id = v->post->thread, .page = v->post->number);
}

static void
title(struct gmi *g, const void *view)
{
    const struct visit *v = visit_of(view);

    thread_name(g, v, v->thread);
}

static void
number(struct gmi *g, const void *view)
{
    gmi_int(g, visit_of(view)->post->number);
}

static void
text(struct gmi *g, const void *view)
{
    const struct visit *v = visit_of(view);
    const struct post *p = v->post;

    gmi_text(g);
    post_by_name(g, v, p);
    if (p->status != POST_HERE) {
        gmi_text(g);
        gmi_say(g, post_gone_word(v, p->status));
    } else if (!gmi_user_block_head(g, p->text, TEXT_HEAD)) {
        gmi_text(g);
        gmi_say(g, word(v, WORD_care_cut));
    }
}

static void
reports(struct gmi *g, const void *view)
{
    const struct care_view *cv = view;
    const struct visit *v = cv->visit;
    struct rows r =
        report_of_post(v->rd, POST_ID(v->post->thread, v->post->number));
    struct report rp;
    bool has_any = false;

    while (report_next(&r, &rp)) {
        has_any = true;
        gmi_item(g);
        gmi_user(g, rp.reason);
    }
    *cv->bad = rows_end(&r);
    if (!has_any) {
        gmi_text(g);
        gmi_say(g, word(v, WORD_care_none));
    }
}

static struct href
post(const void *view)
{
    return here(view, R_post);
}

static struct href
note(const void *view)
{
    return here(view, R_care_note);
}

static struct href
leave(const void *view)
{
    return here(view, R_care_leave);
}

static struct href
removal(const void *view)
{
    if (visit_of(view)->post->status != POST_HERE)
        return (struct href){0};
    return here(view, R_care_remove);
}

static struct href
desk(const void *view)
{
    const struct visit *v = visit_of(view);

    return route(v, R_desk, .name = v->thread->slug);
}

const struct hole holes_care[] = {
    WORDS("title", title), WORDS("number", number),
    LINES("text", text),   LINES("reports", reports),
    HREF("post", post),    HREF("note", note),
    HREF("leave", leave),  HREF("remove", removal),
    HREF("desk", desk),    {0},
};

enum err
page_care(const struct visit *v, struct response *rs)
{
    enum err bad = OK;
    struct care_view view = {.visit = v, .bad = &bad};
    enum err e = page(v, rs, FRAME_care, &view);

    return e ? e : bad;
}

static enum err
back_to_post(const struct visit *v, struct response *rs,
             const struct outcome *o)
{
    return redirect(v, rs,
                    route(v, R_post, .id = o->thread, .page = o->number));
}

static enum err
back_to_care(const struct visit *v, struct response *rs,
             const struct outcome *o)
{
    return redirect(v, rs,
                    route(v, R_care, .id = o->thread, .page = o->number));
}

enum err
page_report(const struct visit *v, struct response *rs)
{
    return visit_change(v, rs, back_to_post, CHANGE_REPORT, .thread = v->at.id,
                        .number = v->at.page, .text = v->input);
}

enum err
page_care_note(const struct visit *v, struct response *rs)
{
    return visit_change(v, rs, back_to_care, CHANGE_CARE_NOTE,
                        .thread = v->at.id, .number = v->at.page,
                        .text = v->input);
}

enum err
page_care_remove(const struct visit *v, struct response *rs)
{
    return visit_change(v, rs, back_to_care, CHANGE_CARE_REMOVE,
                        .thread = v->at.id, .number = v->at.page,
                        .text = v->input);
}

enum err
page_care_leave(const struct visit *v, struct response *rs)
{
    return visit_change(v, rs, back_to_care, CHANGE_CARE_LEAVE,
                        .thread = v->at.id, .number = v->at.page);
}
