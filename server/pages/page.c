/* A kept page: its text, how true it is, and where it came from. */
#include "base/clock.h"
#include "pages/feed.h"
#include "pages/kept.h"

#define DOUBTS_SHOWN 5

struct page_view {
    const struct visit *visit; /* first */
    const struct page *page;
    const struct part_of_text *part;
    bool is_credited, is_left_out; /* the visitor */
    bool is_chosen;                /* shown on the visitor's own page */
    enum err *bad;
};

static void
keep_bad(const struct page_view *pv, enum err e)
{
    if (e && !*pv->bad)
        *pv->bad = e;
}

bool
may_tend(const struct visit *v)
{
    return is_acting(v) && rules_may_tend(v->community, v->who.member) == OK;
}

void
true_say(struct gmi *g, const struct visit *v, const struct page *p)
{
    gmi_say(g, word(v, WORD_page_true));
    gmi_say(g, LIT(" "));
    line_date(g, v, p->true_at);
    if (p->true_where.n > 0) {
        gmi_say(g, LIT(", "));
        gmi_user(g, p->true_where);
    }
}

static void
title(struct gmi *g, const void *view)
{
    gmi_user(g, ((const struct page_view *)view)->page->title);
}

static void
place(struct gmi *g, const void *view)
{
    const struct page_view *pv = view;
    const struct visit *v = pv->visit;

    gmi_link(g, route(v, R_community, .name = pv->page->slug));
    gmi_say(g, word(v, WORD_thread_in));
    gmi_say(g, LIT(" "));
    gmi_user(g, pv->page->community_name);
    gmi_say(g, LIT(" · "));
    gmi_say(g, word(v, WORD_page_kept));
}

static void
found_true(struct gmi *g, const void *view)
{
    const struct page_view *pv = view;

    gmi_text(g);
    true_say(g, pv->visit, pv->page);
    gmi_say(g, LIT(" ("));
    gmi_user(g, pv->page->true_by);
    gmi_say(g, LIT(")"));
}

/* Until somebody answers them; of very many, those that wait longest. */
static void
doubts(struct gmi *g, const void *view)
{
    const struct page_view *pv = view;
    const struct visit *v = pv->visit;
    struct rows r = page_doubts_open(v->rd, pv->page->id, 0);
    struct page_doubt d;
    int shown = 0;

    while (shown < DOUBTS_SHOWN && page_doubt_next(&r, &d)) {
        if (shown++ == 0) {
            gmi_h2(g);
            gmi_say(g, word(v, WORD_page_doubts));
        }
        doubt_show(g, v, &d, may_tend(v));
    }
    keep_bad(pv, rows_end(&r));
    if (shown == 0)
        return;
    gmi_link(g, route(v, R_page_doubts, .id = pv->page->id, .page = 0));
    gmi_say(g, word(v, WORD_page_doubts_all));
}

static struct href
part_href(const struct page_view *pv, int64_t number)
{
    if (number < 1)
        return (struct href){0};
    if (number == 1)
        return route(pv->visit, R_page, .id = pv->page->id);
    return route(pv->visit, R_page_from, .id = pv->page->id, .page = number);
}

static struct href
previous(const void *view)
{
    const struct page_view *pv = view;

    return part_href(pv, pv->part->number - 1);
}

static struct href
next(const void *view)
{
    const struct page_view *pv = view;

    return part_href(pv, pv->part->has_more ? pv->part->number + 1 : 0);
}

static void
text(struct gmi *g, const void *view)
{
    gmi_user_block(g, ((const struct page_view *)view)->part->text);
}

static void
made(struct gmi *g, const void *view)
{
    made_show(g, ((const struct page_view *)view)->visit);
}

static void
credits(struct gmi *g, const void *view)
{
    const struct page_view *pv = view;

    keep_bad(pv, credits_show(g, pv->visit));
}

static void
sources(struct gmi *g, const void *view)
{
    const struct page_view *pv = view;

    keep_bad(pv, sources_show(g, pv->visit));
}

static void
used(struct gmi *g, const void *view)
{
    const struct page_view *pv = view;

    keep_bad(pv, used_show(g, pv->visit));
}

static struct href
href_if(const struct page_view *pv, bool is_shown, enum route_id id)
{
    if (!is_shown)
        return (struct href){0};
    return route(pv->visit, id, .id = pv->page->id);
}

static struct href
versions(const void *view)
{
    return href_if(view, true, R_page_versions);
}

static struct href
plain(const void *view)
{
    return href_if(view, true, R_page_txt);
}

static void
plain_size(struct gmi *g, const void *view)
{
    const struct page_view *pv = view;

    line_size(g, pv->visit, pv->page->text.n);
}

static struct href
pages(const void *view)
{
    const struct page_view *pv = view;

    return route(pv->visit, R_pages, .name = pv->page->slug);
}

static struct href
tags(const void *view)
{
    return href_if(view, true, R_page_tags);
}

static void
tag_names(struct gmi *g, const void *view)
{
    const struct page_view *pv = view;

    keep_bad(pv, page_tags_say(g, pv->visit));
}

static struct href
still_true(const void *view)
{
    const struct page_view *pv = view;

    return href_if(pv, is_acting(pv->visit), R_page_true);
}

static struct href
use(const void *view)
{
    const struct page_view *pv = view;

    return href_if(pv, is_acting(pv->visit), R_page_used);
}

static struct href
doubt(const void *view)
{
    const struct page_view *pv = view;

    return href_if(pv, is_acting(pv->visit), R_page_doubt);
}

static struct href
save(const void *view)
{
    const struct page_view *pv = view;

    return href_if(pv, is_acting(pv->visit), R_save_page);
}

static struct href
edit(const void *view)
{
    const struct page_view *pv = view;

    return href_if(pv, may_tend(pv->visit), R_page_edit);
}

static struct href
upload(const void *view)
{
    const struct page_view *pv = view;

    if (!may_tend(pv->visit))
        return (struct href){0};
    return route_upload(pv->visit,
                        (struct at){.is_inside = true,
                                    .route = R_page_upload,
                                    .id = pv->page->id,
                                    .page = pv->page->version},
                        true);
}

static struct href
copy(const void *view)
{
    const struct page_view *pv = view;

    return href_if(pv, may_tend(pv->visit), R_page_copy);
}

static struct href
show(const void *view)
{
    const struct page_view *pv = view;

    return href_if(pv, may_tend(pv->visit), R_page_start);
}

static struct href
leave_out(const void *view)
{
    const struct page_view *pv = view;

    return href_if(pv, pv->is_credited && !pv->is_left_out, R_page_leave_out);
}

static struct href
name_me(const void *view)
{
    const struct page_view *pv = view;

    return href_if(pv, pv->is_left_out, R_page_name_me);
}

static void
quiet_names(struct gmi *g, const void *view)
{
    const struct page_view *pv = view;

    keep_bad(pv, quiet_credits_show(g, pv->visit));
}

static struct href
choose(const void *view)
{
    const struct page_view *pv = view;

    return href_if(pv, is_acting(pv->visit) && !pv->is_chosen, R_page_choose);
}

static struct href
unchoose(const void *view)
{
    const struct page_view *pv = view;

    return href_if(pv, pv->is_chosen, R_page_unchoose);
}

static struct href
join(const void *view)
{
    const struct page_view *pv = view;

    if (!is_acting(pv->visit) || may_tend(pv->visit))
        return (struct href){0};
    return route(pv->visit, R_come, .name = pv->page->slug);
}

static struct href
inside(const void *view)
{
    const struct page_view *pv = view;

    return come_inside(pv->visit, pv->visit->at);
}

static struct href
feed(const void *view)
{
    const struct visit *v = *(const struct visit *const *)view;

    return feed_link(v, (struct at){.route = R_page_feed, .id = v->page->id});
}

const struct hole holes_page[] = {
    WORDS("title", title),
    LINES("place", place),
    LINES("true", found_true),
    LINES("doubts", doubts),
    HREF("previous", previous),
    LINES("text", text),
    HREF("next", next),
    LINES("made", made),
    LINES("credits", credits),
    LINES("sources", sources),
    LINES("used", used),
    HREF("use", use),
    HREF("versions", versions),
    HREF("plain", plain),
    WORDS("plain-size", plain_size),
    HREF("tags", tags),
    WORDS("tag-names", tag_names),
    HREF("pages", pages),
    HREF("still-true", still_true),
    HREF("doubt", doubt),
    HREF("edit", edit),
    HREF("upload", upload),
    HREF("save", save),
    HREF("copy", copy),
    HREF("show", show),
    HREF("leave-out", leave_out),
    HREF("name-me", name_me),
    LINES("quiet-names", quiet_names),
    HREF("choose", choose),
    HREF("unchoose", unchoose),
    HREF("join", join),
    HREF("come-inside", inside),
    HREF("feed", feed),
    {0},
};

static enum err
page_part(const struct visit *v, struct response *rs, int64_t number)
{
    struct part_of_text part;
    enum err bad = OK;
    struct page_view view = {
        .visit = v, .page = v->page, .part = &part, .bad = &bad};
    enum err e = text_slice(v->mem, v->page->text, number, &part);

    if (!e && is_acting(v))
        e = page_credit_of(v->rd, v->page->id, v->who.member, &view.is_credited,
                           &view.is_left_out);
    if (!e && is_acting(v))
        e = page_is_chosen(v->rd, v->page->id, v->who.member, &view.is_chosen);
    if (!e)
        e = page(v, rs, FRAME_page, &view);
    return e ? e : bad;
}

enum err
page_page(const struct visit *v, struct response *rs)
{
    return page_part(v, rs, 1);
}

enum err
page_page_from(const struct visit *v, struct response *rs)
{
    return page_part(v, rs, v->at.page);
}
