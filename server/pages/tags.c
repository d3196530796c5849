/* Tags, and what has one of them. */
#include "base/text.h"
#include "forum/follow.h"
#include "forum/tag.h"
#include "pages/feed.h"
#include "pages/finding.h"
#include "pages/reading.h"

#define TAG_LINES 60
#define THREAD_LINES 25
#define PAGE_LINES 20
#define CLOSED_LINES 100

struct tags_view {
    const struct visit *visit; /* first */
    struct str *next;          /* the last one shown; empty: no more */
    enum err *bad;
};

static void
list(struct gmi *g, const void *view)
{
    const struct tags_view *tv = view;
    const struct visit *v = tv->visit;
    struct str after = v->at.route == R_tags_more ? v->at.name : STR("");
    struct str last = STR("");
    struct rows r = tag_list(v->rd, after, TAG_LINES + 1);
    struct tag t;
    int n = 0;

    for (; tag_next(&r, &t); n++) {
        if (n == TAG_LINES) {
            *tv->next = last;
            break;
        }
        gmi_link(g, route(v, R_tag, .name = t.fold));
        gmi_user(g, t.name);
        last = arena_copy(v->mem, t.fold);
    }
    *tv->bad = rows_end(&r);
    if (n == 0) {
        gmi_text(g);
        gmi_say(g, word(v, WORD_tags_none));
    }
}

static void
closed(struct gmi *g, const void *view)
{
    const struct tags_view *tv = view;
    const struct visit *v = tv->visit;
    struct rows r;
    struct tag t;

    if (!is_acting(v) || v->at.route != R_tags)
        return;
    r = tag_closed(v->rd, v->who.member, CLOSED_LINES);
    for (int n = 0; tag_next(&r, &t); n++) {
        if (n == 0) {
            gmi_h2(g);
            gmi_say(g, word(v, WORD_tags_closed));
        }
        gmi_link(g, route(v, R_community_tag, .name = t.slug, .id = t.id));
        gmi_user(g, t.name);
        gmi_say(g, LIT(" \xc2\xb7 "));
        gmi_user(g, t.place);
    }
    if (!*tv->bad)
        *tv->bad = rows_end(&r);
    else
        (void)rows_end(&r); /* the first failure is the news */
}

static struct href
tags_more(const void *view)
{
    const struct tags_view *tv = view;

    if (tv->next->n == 0)
        return (struct href){0};
    return route(tv->visit, R_tags_more, .name = *tv->next);
}

const struct hole holes_tags[] = {
    LINES("list", list), LINES("closed", closed), HREF("more", tags_more), {0}};

enum err
page_tags(const struct visit *v, struct response *rs)
{
    struct str next = STR("");
    enum err bad = OK, e;

    e = page(v, rs, FRAME_tags, &(struct tags_view){v, &next, &bad});
    return e ? e : bad;
}

enum err
page_tags_more(const struct visit *v, struct response *rs)
{
    return page_tags(v, rs);
}

/* --- one tag ---------------------------------------------------------------
 */

struct tag_view {
    const struct visit *visit; /* first */
    const struct tag *tag;
    int64_t before; /* threads with a smaller number */
    int64_t *older; /* 0: no more */
    enum err *bad;
    bool is_followed, is_muted; /* by the visitor */
};

static void
name(struct gmi *g, const void *view)
{
    gmi_user(g, ((const struct tag_view *)view)->tag->name);
}

static void
where(struct gmi *g, const void *view)
{
    const struct tag_view *tv = view;
    const struct visit *v = tv->visit;

    if (tv->tag->community == 0)
        return;
    gmi_link(g, route(v, R_community, .name = v->community->slug));
    gmi_say(g, word(v, WORD_tag_in));
    gmi_say(g, LIT(" "));
    gmi_user(g, v->community->name);
}

static int64_t
viewer(const struct visit *v)
{
    return v->at.is_inside ? v->who.member : 0;
}

static void
pages(struct gmi *g, const void *view)
{
    const struct tag_view *tv = view;
    const struct visit *v = tv->visit;
    struct rows r;

    if (tv->before != INT64_MAX)
        return;
    r = tag_pages(v->rd, tv->tag->id, viewer(v), PAGE_LINES);
    for (int n = 0; rows_next(&r); n++) {
        if (n == 0) {
            gmi_h2(g);
            gmi_say(g, word(v, WORD_tag_pages));
        }
        gmi_link(g, href_page(v, rows_int(&r, 0)));
        gmi_user(g, rows_text(&r, 1));
    }
    *tv->bad = rows_end(&r);
}

static void
threads(struct gmi *g, const void *view)
{
    const struct tag_view *tv = view;
    const struct visit *v = tv->visit;
    struct rows r = tag_threads(v->rd, tv->tag->id, viewer(v), tv->before,
                                THREAD_LINES + 1);
    int64_t last = 0;
    struct thread t;
    int n = 0;
    enum err e;

    gmi_h2(g);
    gmi_say(g, word(v, WORD_tag_threads));
    for (; thread_next(&r, &t); n++) {
        if (n == THREAD_LINES) {
            *tv->older = last;
            break;
        }
        line_thread(g, v, &t, true);
        last = t.id;
    }
    e = rows_end(&r);
    if (e && !*tv->bad)
        *tv->bad = e;
    if (n == 0) {
        gmi_text(g);
        gmi_say(g, word(v, WORD_tag_nothing));
    }
}

static struct href
older(const void *view)
{
    const struct tag_view *tv = view;
    const struct visit *v = tv->visit;

    if (!*tv->older)
        return (struct href){0};
    if (tv->tag->community)
        return route(v, R_community_tag_older, .name = v->community->slug,
                     .id = tv->tag->id, .page = *tv->older);
    return route(v, R_tag_older, .name = tv->tag->fold, .id = *tv->older);
}

static struct href
rename_it(const void *view)
{
    const struct tag_view *tv = view;
    const struct visit *v = tv->visit;

    if (!is_acting(v) || tag_may_tend(v->rd, tv->tag, v->who.member))
        return (struct href){0};
    return route(v, R_tag_name, .id = tv->tag->id);
}

/* A tag of a closed community is followed with its community. */
static struct href
act(const struct tag_view *tv, enum route_id id, bool is_shown)
{
    const struct visit *v = tv->visit;

    if (!is_shown || !is_acting(v) || tv->tag->community)
        return (struct href){0};
    return route(v, id, .name = tv->tag->fold);
}

static struct href
follow(const void *view)
{
    const struct tag_view *tv = view;

    return act(tv, R_follow_tag, !tv->is_followed);
}

static struct href
unfollow(const void *view)
{
    const struct tag_view *tv = view;

    return act(tv, R_unfollow_tag, tv->is_followed);
}

static struct href
mute(const void *view)
{
    const struct tag_view *tv = view;

    return act(tv, R_mute_tag, !tv->is_muted);
}

static struct href
unmute(const void *view)
{
    const struct tag_view *tv = view;

    return act(tv, R_unmute_tag, tv->is_muted);
}

/* A tag of a closed community has none: its community has one. */
static struct href
feed(const void *view)
{
    const struct tag_view *tv = view;

    if (tv->tag->community)
        return (struct href){0};
    return feed_link(tv->visit,
                     (struct at){.route = R_tag_feed, .name = tv->tag->fold});
}

const struct hole holes_tag[] = {HREF("follow", follow),
                                 HREF("unfollow", unfollow),
                                 HREF("mute", mute),
                                 HREF("unmute", unmute),

                                 LINES("where", where),
                                 LINES("pages", pages),
                                 LINES("threads", threads),
                                 WORDS("name", name),
                                 HREF("older", older),
                                 HREF("rename", rename_it),
                                 ROUTE("tags", R_tags),
                                 HREF("feed", feed),
                                 {0}};

/* An old address leads to what the tag is called now, for good. */
static enum err
tag_show(const struct visit *v, struct response *rs, const struct tag *t,
         bool is_old, int64_t before)
{
    int64_t next = 0;
    enum err bad = OK, e;
    struct tag_view view = {v, t, before, &next, &bad, false, false};

    if (is_old) {
        response_say(rs, 31, href_tag(v, t).url);
        return OK;
    }
    if (is_acting(v) &&
        (e = follow_state(v->rd, v->who.member, FOLLOW_TAG, t->id,
                          &view.is_followed, &view.is_muted)))
        return e;
    e = page(v, rs, FRAME_tag, &view);
    return e ? e : bad;
}

static enum err
site_tag(const struct visit *v, struct response *rs, int64_t before)
{
    struct tag t;
    bool is_old;
    enum err e = tag_find(v->rd, 0, v->at.name, v->mem, &t, &is_old);

    return e ? e : tag_show(v, rs, &t, is_old, before);
}

enum err
page_tag(const struct visit *v, struct response *rs)
{
    return site_tag(v, rs, INT64_MAX);
}

enum err
page_tag_older(const struct visit *v, struct response *rs)
{
    return site_tag(v, rs, v->at.id);
}

/* Only whoever may see the community comes here; a number that it has not is
 * not there. */
static enum err
own_tag(const struct visit *v, struct response *rs, int64_t before)
{
    struct tag t;
    enum err e = tag_get(v->rd, v->at.id, v->mem, &t);

    if (!e && t.community != v->community->id)
        e = E_NOT_FOUND;
    return e ? e : tag_show(v, rs, &t, t.id != v->at.id, before);
}

enum err
page_community_tag(const struct visit *v, struct response *rs)
{
    return own_tag(v, rs, INT64_MAX);
}

enum err
page_community_tag_older(const struct visit *v, struct response *rs)
{
    return own_tag(v, rs, v->at.page);
}
