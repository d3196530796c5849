/* Thanks: said by one, seen by another, and shown where both agree. */
#include "forum/thanks.h"
#include "base/text.h"
#include "pages/reading.h"

#define THANKS 20

struct thanked_view {
    const struct visit *visit;
    const struct thanks *thanks; /* NULL: none */
};

static void
thanked_text(struct gmi *g, const void *view)
{
    const struct thanked_view *t = view;
    const struct visit *v = t->visit;

    gmi_text(g);
    if (!t->thanks) {
        gmi_say(g, word(v, WORD_thanked_none));
        return;
    }
    gmi_user(g, v->post->author_name);
    gmi_say(g, LIT(", "));
    line_date(g, v, t->thanks->at);
    gmi_quote(g);
    if (t->thanks->text.n > 0)
        gmi_user(g, t->thanks->text);
    else
        gmi_say(g, word(v, WORD_thanked_plain));
}

static void
thanked_state(struct gmi *g, const void *view)
{
    const struct thanked_view *t = view;
    enum word_id id = WORD_thanked_alone;

    if (!t->thanks)
        return;
    if (t->thanks->may_show)
        id = t->thanks->is_shown ? WORD_thanked_shown : WORD_thanked_agreed;
    gmi_text(g);
    gmi_say(g, word(t->visit, id));
}

static struct href
here(const struct visit *v, enum route_id id)
{
    return route(v, id, .id = v->at.id, .page = v->at.page);
}

static struct href
thanked_agree(const void *view)
{
    const struct thanked_view *t = view;

    if (!t->thanks || t->thanks->may_show)
        return (struct href){0};
    return here(t->visit, R_thank_agree);
}

static struct href
thanked_alone(const void *view)
{
    const struct thanked_view *t = view;

    if (!t->thanks || !t->thanks->may_show)
        return (struct href){0};
    return here(t->visit, R_thank_alone);
}

static struct href
thanked_drop(const void *view)
{
    const struct thanked_view *t = view;

    return t->thanks ? here(t->visit, R_thank_drop) : (struct href){0};
}

static struct href
thanked_again(const void *view)
{
    const struct visit *v = ((const struct thanked_view *)view)->visit;

    if (v->post->author == v->thread->me || v->post->status != POST_HERE)
        return (struct href){0};
    return here(v, R_thank);
}

static struct href
thanked_post(const void *view)
{
    return here(((const struct thanked_view *)view)->visit, R_post);
}

const struct hole holes_thanked[] = {
    LINES("thanks", thanked_text), LINES("state", thanked_state),
    HREF("agree", thanked_agree),  HREF("alone", thanked_alone),
    HREF("thank", thanked_again),  HREF("drop", thanked_drop),
    HREF("post", thanked_post),    {0}};

enum err
page_thanked(const struct visit *v, struct response *rs)
{
    struct thanked_view view = {.visit = v};
    struct thanks h;
    enum err e = thanks_get(v->rd, POST_ID(v->at.id, v->at.page), v->thread->me,
                            v->mem, &h);

    if (e && e != E_NOT_FOUND)
        return e;
    view.thanks = e ? NULL : &h;
    return page(v, rs, FRAME_thanked, &view);
}

static enum err
thanked_after(const struct visit *v, struct response *rs,
              const struct outcome *o)
{
    (void)o; /* the page shows what is there now */
    return redirect(v, rs, here(v, R_thanked));
}

enum err
page_thank(const struct visit *v, struct response *rs)
{
    return visit_change(v, rs, thanked_after, CHANGE_THANKS, .thread = v->at.id,
                        .number = v->at.page, .text = v->input);
}

enum err
page_thank_drop(const struct visit *v, struct response *rs)
{
    return visit_change(v, rs, thanked_after, CHANGE_THANKS_DROP,
                        .thread = v->at.id, .number = v->at.page);
}

enum err
page_thank_agree(const struct visit *v, struct response *rs)
{
    return visit_change(v, rs, thanked_after, CHANGE_THANKS_AGREE,
                        .thread = v->at.id, .number = v->at.page, .value = 1);
}

enum err
page_thank_alone(const struct visit *v, struct response *rs)
{
    return visit_change(v, rs, thanked_after, CHANGE_THANKS_AGREE,
                        .thread = v->at.id, .number = v->at.page, .value = 0);
}

struct got_view {
    const struct visit *visit;
    int64_t *older;
    enum err *bad;
};

static void
got_one(struct gmi *g, const struct visit *v, const struct thanks *h)
{
    gmi_link(g, route(v, R_post, .id = POST_THREAD(h->post),
                      .page = POST_NUMBER(h->post)));
    line_date(g, v, h->at);
    gmi_say(g, LIT(" "));
    gmi_user(g, h->name);
    gmi_say(g, LIT(" \xc2\xb7 "));
    if (h->title.n > 0)
        gmi_user(g, h->title);
    else
        gmi_say(g, word(v, WORD_line_withdrawn));
    gmi_quote(g);
    if (h->text.n > 0)
        gmi_user(g, h->text);
    else
        gmi_say(g, word(v, WORD_thanked_plain));
    if (!h->may_show) {
        gmi_text(g);
        gmi_say(g, word(v, WORD_thanks_alone));
        return;
    }
    gmi_link(g, h->is_shown ? route(v, R_thanks_hide, .id = h->id)
                            : route(v, R_thanks_show, .id = h->id));
    gmi_say(g, word(v, h->is_shown ? WORD_thanks_hide : WORD_thanks_show));
}

static void
got_thanks(struct gmi *g, const void *view)
{
    const struct got_view *got = view;
    const struct visit *v = got->visit;
    int64_t before = v->at.route == R_me_thanks_older ? v->at.id : INT64_MAX;
    struct rows r = thanks_list(v->rd, v->who.member, before, THANKS + 1);
    struct thanks h;
    int64_t last = 0;
    int shown = 0;

    while (thanks_next(&r, &h)) {
        if (shown++ == THANKS) {
            *got->older = last;
            break;
        }
        gmi_blank(g);
        got_one(g, v, &h);
        last = h.id;
    }
    *got->bad = rows_end(&r);
    if (shown == 0) {
        gmi_text(g);
        gmi_say(g, word(v, WORD_thanks_nothing));
    }
}

static struct href
got_older(const void *view)
{
    const struct got_view *got = view;

    if (!*got->older)
        return (struct href){0};
    return route(got->visit, R_me_thanks_older, .id = *got->older);
}

const struct hole holes_me_thanks[] = {LINES("thanks", got_thanks),
                                       HREF("older", got_older),
                                       ROUTE("me", R_me),
                                       {0}};

enum err
page_me_thanks(const struct visit *v, struct response *rs)
{
    int64_t older = 0;
    enum err bad = OK, e;
    struct got_view view = {v, &older, &bad};

    e = page(v, rs, FRAME_me_thanks, &view);
    return e ? e : bad;
}

enum err
page_me_thanks_older(const struct visit *v, struct response *rs)
{
    return page_me_thanks(v, rs);
}

/* The list from that one on, so that it is the first to be seen. */
static enum err
shown_after(const struct visit *v, struct response *rs, const struct outcome *o)
{
    (void)o;
    return redirect(v, rs, route(v, R_me_thanks_older, .id = v->at.id + 1));
}

enum err
page_thanks_show(const struct visit *v, struct response *rs)
{
    return visit_change(v, rs, shown_after, CHANGE_THANKS_SHOW,
                        .thing = v->at.id, .value = 1);
}

enum err
page_thanks_hide(const struct visit *v, struct response *rs)
{
    return visit_change(v, rs, shown_after, CHANGE_THANKS_SHOW,
                        .thing = v->at.id, .value = 0);
}
