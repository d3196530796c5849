/* The steward's desk: what a community says of itself and who looks after it,
 * each with its present value directly above the link that changes it. */
#include "forum/report.h"
#include "pages/reading.h"

#define TEXT_HEAD 500 /* bytes of the rules that are shown here */

struct desk_view {
    const struct visit *visit; /* first */
    enum err *bad;
    bool is_alone; /* there is no other steward */
};

static const struct community *
place(const void *view)
{
    return ((const struct desk_view *)view)->visit->community;
}

static struct href
desk_href(const void *view, enum route_id id)
{
    const struct desk_view *dv = view;

    return route(dv->visit, id, .name = dv->visit->community->slug);
}

/* What waits for somebody to look, and why; never who said so. */
static void
reports(struct gmi *g, const void *view)
{
    const struct desk_view *dv = view;
    const struct visit *v = dv->visit;
    struct rows r = report_list(v->rd, place(view)->id);
    struct report rp;
    int64_t last = 0;
    enum err e;

    while (report_next(&r, &rp)) {
        if (rp.post != last) {
            gmi_link(g, route(v, R_care, .id = POST_THREAD(rp.post),
                              .page = POST_NUMBER(rp.post)));
            gmi_user(g, rp.title);
            gmi_say(g, LIT(" ("));
            gmi_int(g, POST_NUMBER(rp.post));
            gmi_say(g, LIT(")"));
        }
        last = rp.post;
        gmi_item(g);
        gmi_user(g, rp.reason);
    }
    if ((e = rows_end(&r)))
        *dv->bad = e;
    if (!last) {
        gmi_text(g);
        gmi_say(g, word(v, WORD_care_nothing));
    }
}

static void
name(struct gmi *g, const void *view)
{
    gmi_user(g, place(view)->name);
}

static void
name_line(struct gmi *g, const void *view)
{
    gmi_text(g);
    gmi_user(g, place(view)->name);
}

static void
purpose(struct gmi *g, const void *view)
{
    gmi_text(g);
    gmi_user(g, place(view)->purpose);
}

/* The beginning of a text; the draft behind the link has all of it. */
static void
text_head_show(struct gmi *g, const void *view, struct str text)
{
    const struct desk_view *dv = view;

    if (!text.n) {
        gmi_text(g);
        gmi_say(g, word(dv->visit, WORD_desk_unwritten));
    } else if (!gmi_user_block_head(g, text, TEXT_HEAD)) {
        gmi_text(g);
        gmi_say(g, word(dv->visit, WORD_desk_cut));
    }
}

static void
rules(struct gmi *g, const void *view)
{
    text_head_show(g, view, place(view)->rules);
}

static void
elsewhere(struct gmi *g, const void *view)
{
    text_head_show(g, view, place(view)->elsewhere);
}

static void
openness(struct gmi *g, const void *view)
{
    const struct desk_view *dv = view;

    gmi_text(g);
    gmi_say(g, openness_word(dv->visit, place(view)->openness));
}

/* The link to make it so open, unless it is. */
static struct href
make_href(const void *view, enum openness to)
{
    const struct desk_view *dv = view;

    if (place(view)->openness == to)
        return (struct href){0};
    return route(dv->visit, R_desk_openness, .name = place(view)->slug,
                 .page = to);
}

static struct href
make_open(const void *view)
{
    return make_href(view, OPEN);
}

static struct href
make_join(const void *view)
{
    return make_href(view, JOIN_TO_WRITE);
}

static struct href
make_closed(const void *view)
{
    return make_href(view, CLOSED);
}

static void
stewards(struct gmi *g, const void *view)
{
    const struct desk_view *dv = view;
    struct rows r = community_stewards(dv->visit->rd, place(view)->id);

    while (rows_next(&r)) {
        gmi_item(g);
        gmi_user(g, rows_text(&r, 0));
    }
    if (rows_end(&r))
        *dv->bad = r.bad;
}

static void
invitation(struct gmi *g, const void *view)
{
    const struct desk_view *dv = view;
    const struct visit *v = dv->visit;
    struct at at = {.is_inside = true, .route = R_invited};
    struct href to;

    if (!place(view)->invitation.n) {
        gmi_text(g);
        gmi_say(g, word(v, WORD_desk_no_invitation));
        return;
    }
    at.name = place(view)->invitation;
    to = address(v, at);
    gmi_text(g);
    gmi_user(g, to.url);
    gmi_link(g, to);
    gmi_say(g, word(v, WORD_desk_invitation));
}

static struct href
set_name(const void *view)
{
    return desk_href(view, R_desk_name);
}

static struct href
set_purpose(const void *view)
{
    return desk_href(view, R_desk_purpose);
}

static struct href
set_rules(const void *view)
{
    return desk_href(view, R_desk_rules);
}

static struct href
set_elsewhere(const void *view)
{
    return desk_href(view, R_desk_elsewhere);
}

static struct href
add_steward(const void *view)
{
    return desk_href(view, R_desk_steward);
}

static struct href
step_down(const void *view)
{
    const struct desk_view *dv = view;

    return dv->is_alone ? (struct href){0} : desk_href(view, R_desk_down);
}

static struct href
new_invitation(const void *view)
{
    return desk_href(view, R_desk_invitation);
}

static struct href
open_href(const void *view)
{
    return desk_href(view, R_community_open);
}

static struct href
sheets(const void *view)
{
    return desk_href(view, R_sheets);
}

static struct href
front(const void *view)
{
    return desk_href(view, R_community);
}

static struct href
log_href(const void *view)
{
    return desk_href(view, R_community_log);
}

const struct hole holes_desk[] = {
    LINES("reports", reports),
    WORDS("name", name),
    LINES("name-line", name_line),
    HREF("set-name", set_name),
    LINES("purpose", purpose),
    HREF("set-purpose", set_purpose),
    LINES("rules", rules),
    HREF("set-rules", set_rules),
    LINES("elsewhere", elsewhere),
    HREF("set-elsewhere", set_elsewhere),
    LINES("openness", openness),
    HREF("make-open", make_open),
    HREF("make-join", make_join),
    HREF("make-closed", make_closed),
    LINES("stewards", stewards),
    HREF("add-steward", add_steward),
    HREF("step-down", step_down),
    LINES("invitation", invitation),
    HREF("new-invitation", new_invitation),
    HREF("open", open_href),
    HREF("sheets", sheets),
    HREF("front", front),
    HREF("log", log_href),
    {0},
};

enum err
page_desk(const struct visit *v, struct response *rs)
{
    enum err bad = OK;
    struct desk_view view = {.visit = v, .bad = &bad};
    struct rows r = community_stewards(v->rd, v->community->id);
    bool has_one = rows_next(&r);
    enum err e;

    view.is_alone = !has_one || !rows_next(&r);
    if ((e = rows_end(&r)))
        return e;

    e = page(v, rs, FRAME_desk, &view);
    return e ? e : bad;
}
