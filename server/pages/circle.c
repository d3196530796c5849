/* Circles: those that a member is in, and one of them. */
#include "forum/circle.h"

#include "pages/reading.h"

struct circle_view {
    const struct visit *visit; /* first */
    struct circle circle;      /* not in the list of circles */
    int size;                  /* how many are in it */
    enum err *bad;
};

static void
fill_circles(struct gmi *g, const void *view)
{
    const struct circle_view *cv = view;
    const struct visit *v = cv->visit;
    struct rows r = circle_list(v->rd, v->who.member);
    size_t start = g->out->n;
    struct circle c;

    while (circle_next(&r, &c)) {
        gmi_link(g, route(v, R_circle, .name = c.slug));
        line_label(g, c.name);
        gmi_say(g, LIT(", "));
        gmi_say(
            g, word(v, c.closed_at ? WORD_circles_closed : WORD_circles_until));
        gmi_say(g, LIT(" "));
        line_date(g, v, c.closed_at ? c.closed_at : c.ends_at);
    }
    *cv->bad = rows_end(&r);
    if (g->out->n == start) {
        gmi_text(g);
        gmi_say(g, word(v, WORD_circles_none));
    }
}

const struct hole holes_circles[] = {
    LINES("circles", fill_circles), ROUTE("start", R_circle_start), {0}};

enum err
page_circles(const struct visit *v, struct response *rs)
{
    enum err bad = OK;
    struct circle_view cv = {.visit = v, .bad = &bad};
    enum err e = page(v, rs, FRAME_circles, &cv);

    return e ? e : bad;
}

static void
fill_name(struct gmi *g, const void *view)
{
    gmi_user(g, ((const struct circle_view *)view)->visit->community->name);
}

/* The name is as much of it as a name may hold. */
static void
fill_purpose(struct gmi *g, const void *view)
{
    const struct community *c =
        ((const struct circle_view *)view)->visit->community;

    if (str_eq(c->name, c->purpose))
        return;
    gmi_text(g);
    gmi_user(g, c->purpose);
}

static void
fill_days(struct gmi *g, const void *view)
{
    const struct circle_view *cv = view;
    const struct visit *v = cv->visit;
    bool is_over = cv->circle.ends_at <= v->now;

    gmi_text(g);
    if (cv->circle.closed_at) {
        gmi_say(g, word(v, WORD_circle_has_closed));
        return;
    }
    gmi_say(g, word(v, is_over ? WORD_circle_over : WORD_circle_until));
    gmi_say(g, LIT(" "));
    line_date(g, v, cv->circle.ends_at);
}

static void
fill_waiting(struct gmi *g, const void *view)
{
    const struct circle_view *cv = view;

    if (cv->circle.closed_at || cv->circle.meeting || cv->size >= CIRCLE_LEAST)
        return;
    gmi_text(g);
    gmi_say(g, word(cv->visit, WORD_circle_waiting));
}

static struct href
by_slug(const struct circle_view *cv, enum route_id id, bool is_shown)
{
    if (!is_shown)
        return (struct href){0};
    return route(cv->visit, id, .name = cv->circle.slug);
}

static struct href
href_meeting(const void *view)
{
    const struct circle_view *cv = view;

    if (!cv->circle.meeting)
        return (struct href){0};
    return route(cv->visit, R_thread, .id = cv->circle.meeting);
}

static struct href
href_meet(const void *view)
{
    const struct circle_view *cv = view;

    return by_slug(cv, R_circle_meet,
                   !cv->circle.closed_at &&
                       (cv->circle.meeting || cv->size >= CIRCLE_LEAST));
}

static struct href
href_review(const void *view)
{
    const struct circle_view *cv = view;

    if (!cv->circle.review)
        return (struct href){0};
    return route(cv->visit, R_review, .id = cv->circle.review);
}

static struct href
href_front(const void *view)
{
    return by_slug(view, R_community, true);
}

/* What is to become of it, once it has closed. */
static void
fill_end(struct gmi *g, const void *view)
{
    const struct circle_view *cv = view;

    if (!cv->circle.closed_at)
        return;
    gmi_h2(g);
    gmi_say(g, word(cv->visit, WORD_circle_end));
    gmi_text(g);
    gmi_say(g, word(cv->visit, cv->circle.is_shared ? WORD_circle_shared
                                                    : WORD_circle_end_how));
}

static struct href
wish_href(const struct circle_view *cv, enum circle_wish wish)
{
    if (!cv->circle.closed_at)
        return (struct href){0};
    return route(cv->visit, R_circle_wish, .name = cv->circle.slug,
                 .page = (int64_t)wish);
}

static struct href
href_keep(const void *view)
{
    return wish_href(view, WISH_KEEP);
}

static struct href
href_share(const void *view)
{
    return wish_href(view, WISH_SHARE);
}

static struct href
href_delete(const void *view)
{
    const struct circle_view *cv = view;

    return by_slug(cv, R_circle_erase_sure, cv->circle.closed_at != 0);
}

static struct href
href_publish(const void *view)
{
    const struct circle_view *cv = view;

    return by_slug(cv, R_circle_share, cv->circle.is_shared);
}

/* Each prompt stands above the link that drops it. */
static void
fill_prompts(struct gmi *g, const void *view)
{
    const struct circle_view *cv = view;
    const struct visit *v = cv->visit;
    struct str rest = cv->circle.prompts;

    if (rest.n == 0) {
        gmi_text(g);
        gmi_say(g, word(v, WORD_circle_no_prompts));
    }
    for (int64_t i = 1; rest.n > 0; i++) {
        gmi_text(g);
        gmi_user(g, str_cut(&rest, '\n'));
        if (cv->circle.closed_at)
            continue;
        gmi_link(g, route(v, R_circle_prompt_drop, .name = cv->circle.slug,
                          .id = cv->circle.revision, .page = i));
        gmi_say(g, word(v, WORD_circle_drop));
    }
}

static struct href
href_prompt(const void *view)
{
    const struct circle_view *cv = view;

    return by_slug(cv, R_circle_prompt, !cv->circle.closed_at);
}

static struct lit
wish_word(const struct visit *v, int64_t wish)
{
    static const enum word_id words[] = {
        [WISH_KEEP] = WORD_circle_wish_keep,
        [WISH_SHARE] = WORD_circle_wish_share,
        [WISH_DELETE] = WORD_circle_wish_delete,
    };

    return word(v, wish < 0 || wish >= WISH_COUNT ? WORD_circle_wish_none
                                                  : words[wish]);
}

static void
fill_people(struct gmi *g, const void *view)
{
    const struct circle_view *cv = view;
    const struct visit *v = cv->visit;
    struct rows r = circle_people(v->rd, cv->circle.community);

    while (rows_next(&r)) {
        gmi_item(g);
        gmi_user(g, rows_text(&r, 0));
        if (!cv->circle.closed_at)
            continue;
        gmi_say(g, LIT(": "));
        gmi_say(g, wish_word(v, rows_int(&r, 1)));
    }
    *cv->bad = rows_end(&r);
}

static void
fill_invitation(struct gmi *g, const void *view)
{
    const struct circle_view *cv = view;
    const struct visit *v = cv->visit;
    struct at at = {.is_inside = true, .route = R_invited};
    struct href to;

    if (cv->circle.invitation.n == 0 || cv->size >= CIRCLE_MOST)
        return;
    at.name = cv->circle.invitation;
    to = address(v, at);
    gmi_text(g);
    gmi_user(g, to.url);
    gmi_link(g, to);
    gmi_say(g, word(v, WORD_circle_invitation));
}

static struct href
href_invite(const void *view)
{
    const struct circle_view *cv = view;

    return by_slug(cv, R_circle_invite,
                   !cv->circle.closed_at && cv->size < CIRCLE_MOST);
}

static struct href
href_until(const void *view)
{
    const struct circle_view *cv = view;

    return by_slug(cv, R_circle_until, !cv->circle.closed_at);
}

static struct href
href_go_on(const void *view)
{
    const struct circle_view *cv = view;

    return by_slug(cv, R_circle_until, cv->circle.closed_at != 0);
}

static struct href
href_close(const void *view)
{
    const struct circle_view *cv = view;

    return by_slug(cv, R_circle_close, !cv->circle.closed_at);
}

static struct href
href_leave(const void *view)
{
    return by_slug(view, R_leave, true);
}

const struct hole holes_circle[] = {
    WORDS("name", fill_name),
    LINES("purpose", fill_purpose),
    LINES("days", fill_days),
    HREF("meeting", href_meeting),
    HREF("meet", href_meet),
    LINES("waiting", fill_waiting),
    HREF("review", href_review),
    HREF("front", href_front),
    LINES("end", fill_end),
    HREF("keep", href_keep),
    HREF("share", href_share),
    HREF("delete", href_delete),
    HREF("publish", href_publish),
    LINES("prompts", fill_prompts),
    HREF("prompt", href_prompt),
    LINES("people", fill_people),
    LINES("invitation", fill_invitation),
    HREF("invite", href_invite),
    HREF("until", href_until),
    HREF("go-on", href_go_on),
    HREF("close", href_close),
    HREF("leave", href_leave),
    ROUTE("circles", R_circles),
    {0},
};

static enum err
circle_page(const struct visit *v, struct response *rs, enum frame_id frame)
{
    enum err bad = OK;
    struct circle_view cv = {.visit = v, .bad = &bad};
    enum err e = circle_get(v->rd, v->community->id, v->mem, &cv.circle);

    if (e || (e = circle_size(v->rd, v->community->id, &cv.size)) ||
        (e = page(v, rs, frame, &cv)))
        return e;
    return bad;
}

enum err
page_circle(const struct visit *v, struct response *rs)
{
    return circle_page(v, rs, FRAME_circle);
}

static struct href
href_delete_sure(const void *view)
{
    return wish_href(view, WISH_DELETE);
}

static struct href
href_circle(const void *view)
{
    return by_slug(view, R_circle, true);
}

const struct hole holes_circle_erase_sure[] = {WORDS("name", fill_name),
                                               HREF("delete", href_delete_sure),
                                               HREF("circle", href_circle),
                                               {0}};

enum err
page_circle_erase_sure(const struct visit *v, struct response *rs)
{
    return circle_page(v, rs, FRAME_circle_erase_sure);
}
