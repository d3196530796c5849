/*
 * Feeds: one list of the newest, as a Gemini subscription page and as Atom.
 * Ids are made of the guest's addresses, which keep their meaning for ever.
 */
#include "pages/feed.h"

#include "base/clock.h"
#include "base/text.h"
#include "forum/feed.h"
#include "forum/tag.h"
#include "pages/finding.h"
#include "pages/inner.h"
#include "pages/reading.h"
#include "wire/atom.h"

#define ATOM_TEXT_MAX (4 << 10) /* bytes; of a longer text, its head */

struct source {
    enum feed_kind kind;
    int64_t thing;
    struct str title;
    enum route_id front, feed, atom;
};

struct feed_view {
    const struct visit *visit; /* first */
    const struct source *source;
    enum err *bad;
};

/* A place of the source, whose name and number are those of the visit. */
static struct at
place_at(const struct visit *v, enum route_id id, bool is_inside)
{
    return (struct at){.route = id,
                       .is_inside = is_inside,
                       .id = v->at.id,
                       .name = v->at.name};
}

static struct at
entry_at(const struct entry *e, bool is_inside)
{
    struct at at = {.is_inside = is_inside, .id = e->thing, .page = e->number};

    if (!e->is_page)
        at.route = R_post;
    else
        at.route = e->number ? R_page_version : R_page;
    return at;
}

/* Whoever opens a first post wants what was answered, too. */
static struct at
link_at(const struct visit *v, const struct entry *e)
{
    struct at at = entry_at(e, v->at.is_inside);

    if (at.route == R_post && e->number == 1)
        at.route = R_thread;
    return at;
}

/* A thread in the feed of several is named by its first post alone. */
static struct str
entry_title(const struct visit *v, const struct entry *e)
{
    struct str title = e->title.n ? e->title : word(v, WORD_thread_withdrawn).s;

    if (e->number == 0 || (!e->is_page && e->number == 1))
        return title;
    return arena_fmt(v->mem, "%.*s (%lld)", (int)title.n, title.p,
                     (long long)e->number);
}

static void
title(struct gmi *g, const void *view)
{
    gmi_user(g, ((const struct feed_view *)view)->source->title);
}

static void
about(struct gmi *g, const void *view)
{
    const struct visit *v = ((const struct feed_view *)view)->visit;

    gmi_text(g);
    gmi_say(g, word(v, WORD_feed_about));
}

/* "=> address 2026-11-24 Title", as subscriptions read it. */
static void
entries(struct gmi *g, const void *view)
{
    const struct feed_view *fv = view;
    const struct visit *v = fv->visit;
    struct entry e;
    struct feed f;
    int n = 0;

    feed_open(&f, v->rd, fv->source->kind, fv->source->thing);
    for (; feed_next(&f, &e); n++) {
        gmi_link(g, route_at(v, link_at(v, &e)));
        gmi_plain(g, clock_date(v->mem, e.is_page ? e.updated : e.at));
        gmi_say(g, LIT(" "));
        line_label(g, entry_title(v, &e));
        gmi_say(g, LIT(" \xc2\xb7 "));
        gmi_user(g, fv->source->kind == FEED_THREAD ? e.author : e.community);
    }
    *fv->bad = feed_end(&f);
    if (n == 0) {
        gmi_text(g);
        gmi_say(g, word(v, WORD_feed_nothing));
    }
}

static struct href
atom(const void *view)
{
    const struct feed_view *fv = view;
    const struct visit *v = fv->visit;

    return route_at(v, place_at(v, fv->source->atom, v->at.is_inside));
}

static struct href
back(const void *view)
{
    const struct feed_view *fv = view;
    const struct visit *v = fv->visit;

    return route_at(v, place_at(v, fv->source->front, v->at.is_inside));
}

const struct hole holes_feed[] = {
    WORDS("title", title), LINES("about", about), LINES("entries", entries),
    HREF("atom", atom),    HREF("back", back),    {0},
};

static void
entry_write(struct atom *a, const struct visit *v, const struct entry *e)
{
    bool is_whole = e->text.n <= ATOM_TEXT_MAX;

    atom_entry(
        a, &(struct atom_entry){
               .id = address(v, entry_at(e, false)).url,
               .title = entry_title(v, e),
               .link = address(v, link_at(v, e)).url,
               .published = clock_stamp(v->mem, e->at),
               .updated = clock_stamp(v->mem, e->updated),
               .author = e->author,
               .text = is_whole ? e->text : text_head(e->text, ATOM_TEXT_MAX),
               .is_whole = is_whole,
           });
}

/* Nothing newer than what it holds: so an unchanged feed stays the same. */
static enum err
updated_find(const struct visit *v, const struct source *s, int64_t *updated)
{
    struct entry e;
    struct feed f;

    *updated = 0;
    feed_open(&f, v->rd, s->kind, s->thing);
    while (feed_next(&f, &e))
        if (e.updated > *updated)
            *updated = e.updated;
    return feed_end(&f);
}

static enum err
entries_write(struct atom *a, const struct visit *v, const struct source *s)
{
    struct entry e;
    struct feed f;

    feed_open(&f, v->rd, s->kind, s->thing);
    while (feed_next(&f, &e))
        entry_write(a, v, &e);
    return feed_end(&f);
}

static enum err
atom_show(const struct visit *v, struct response *rs, const struct source *s)
{
    struct at here = place_at(v, s->atom, v->at.is_inside);
    struct at front = place_at(v, s->front, v->at.is_inside);
    int64_t updated;
    struct atom a;
    enum err e = updated_find(v, s, &updated), end;

    if (e)
        return e;
    atom_begin(&a, &(struct atom_feed){
                       .id = address(v, place_at(v, s->atom, false)).url,
                       .title = s->title,
                       .self = address(v, here).url,
                       .alternate = address(v, front).url,
                       .updated = clock_stamp(v->mem, updated),
                       .author = v->ls->face->title,
                   });
    e = entries_write(&a, v, s);
    end = atom_end(&a, &rs->body);
    if (e || end)
        return e ? e : end;
    response_type(rs, LIT(MIME_ATOM));
    return v->mem->bad;
}

static enum err
feed_show(const struct visit *v, struct response *rs, const struct source *s)
{
    enum err bad = OK, e;

    if (v->at.route == s->atom)
        return atom_show(v, rs, s);
    e = page(v, rs, FRAME_feed, &(struct feed_view){v, s, &bad});
    return e ? e : bad;
}

enum err
page_feed(const struct visit *v, struct response *rs)
{
    return feed_show(v, rs,
                     &(struct source){FEED_SITE, 0, v->ls->face->title, R_home,
                                      R_feed, R_atom});
}

enum err
page_community_feed(const struct visit *v, struct response *rs)
{
    return feed_show(v, rs,
                     &(struct source){FEED_COMMUNITY, v->community->id,
                                      v->community->name, R_community,
                                      R_community_feed, R_community_atom});
}

/* A porch fades, and a feed would keep it. */
enum err
page_thread_feed(const struct visit *v, struct response *rs)
{
    const struct thread *t = v->thread;

    if (t->kind == KIND_CHAT)
        return redirect(v, rs, route(v, R_porch, .name = t->slug));
    return feed_show(v, rs,
                     &(struct source){FEED_THREAD, t->id,
                                      t->is_withdrawn
                                          ? word(v, WORD_thread_withdrawn).s
                                          : t->title,
                                      R_thread, R_thread_feed, R_thread_atom});
}

enum err
page_page_feed(const struct visit *v, struct response *rs)
{
    return feed_show(v, rs,
                     &(struct source){FEED_PAGE, v->page->id, v->page->title,
                                      R_page, R_page_feed, R_page_atom});
}

/* An old name of a tag leads to what it is called now, for good. */
enum err
page_tag_feed(const struct visit *v, struct response *rs)
{
    struct tag t;
    bool is_old;
    enum err e = tag_find(v->rd, 0, v->at.name, v->mem, &t, &is_old);

    if (e)
        return e;
    if (is_old) {
        response_say(rs, 31,
                     route_at(v, (struct at){.route = v->at.route,
                                             .is_inside = v->at.is_inside,
                                             .name = t.fold})
                         .url);
        return OK;
    }
    return feed_show(v, rs,
                     &(struct source){FEED_TAG, t.id, t.name, R_tag, R_tag_feed,
                                      R_tag_atom});
}

enum err
page_member_feed(const struct visit *v, struct response *rs)
{
    struct member m;
    enum err e = member_by_name(v->rd, v->at.name, v->mem, &m);

    return e ? e
             : feed_show(v, rs,
                         &(struct source){FEED_MEMBER, m.id, m.name, R_member,
                                          R_member_feed, R_member_atom});
}

/* The same as Atom: feed_show looks at the route. */
enum err
page_atom(const struct visit *v, struct response *rs)
{
    return page_feed(v, rs);
}

enum err
page_community_atom(const struct visit *v, struct response *rs)
{
    return page_community_feed(v, rs);
}

enum err
page_thread_atom(const struct visit *v, struct response *rs)
{
    return page_thread_feed(v, rs);
}

enum err
page_page_atom(const struct visit *v, struct response *rs)
{
    return page_page_feed(v, rs);
}

enum err
page_tag_atom(const struct visit *v, struct response *rs)
{
    return page_tag_feed(v, rs);
}

enum err
page_member_atom(const struct visit *v, struct response *rs)
{
    return page_member_feed(v, rs);
}

struct href
feed_link(const struct visit *v, struct at at)
{
    enum openness openness = v->thread      ? v->thread->openness
                             : v->community ? v->community->openness
                                            : OPEN;

    at.is_inside = openness == CLOSED;
    return route_at(v, at);
}
