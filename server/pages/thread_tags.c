/* The tags of a thread or a kept page: read, given, taken off; and a tag gets
 * another name. */
#include "base/text.h"
#include "forum/tag.h"
#include "pages/finding.h"
#include "pages/kept.h"

struct href
href_tag(const struct visit *v, const struct tag *t)
{
    if (t->community)
        return route(v, R_community_tag, .name = v->community->slug,
                     .id = t->id);
    return route(v, R_tag, .name = t->fold);
}

enum err
page_tags_say(struct gmi *g, const struct visit *v)
{
    struct rows r = tags_of(v->rd, true, v->page->id);
    struct tag t;

    for (int n = 0; tag_next(&r, &t); n++) {
        gmi_say(g, n == 0 ? LIT(": ") : LIT(", "));
        gmi_user(g, t.name);
    }
    return rows_end(&r);
}

struct tags_view {
    const struct visit *visit; /* first */
    enum err *bad;
};

static void
title(struct gmi *g, const void *view)
{
    const struct visit *v = ((const struct tags_view *)view)->visit;

    if (v->page)
        gmi_user(g, v->page->title);
    else
        thread_name(g, v, v->thread);
}

static bool
may_tag(const struct visit *v)
{
    return is_acting(v) && v->community->is_participant;
}

static struct href
drop(const struct visit *v, const struct tag *t)
{
    if (v->page)
        return route(v, R_page_untag, .id = v->page->id, .name = t->fold);
    return route(v, R_tag_drop, .id = v->thread->id, .name = t->fold);
}

static void
list(struct gmi *g, const void *view)
{
    const struct tags_view *tv = view;
    const struct visit *v = tv->visit;
    struct rows r = v->page ? tags_of(v->rd, true, v->page->id)
                            : tags_of(v->rd, false, v->thread->id);
    struct tag t;
    int n = 0;

    for (; tag_next(&r, &t); n++) {
        gmi_link(g, href_tag(v, &t));
        gmi_user(g, t.name);
        if (!may_tag(v))
            continue;
        gmi_link(g, drop(v, &t));
        gmi_say(g, word(v, WORD_tag_drop));
        gmi_say(g, LIT(" "));
        gmi_user(g, t.name);
    }
    *tv->bad = rows_end(&r);
    if (n == 0) {
        gmi_text(g);
        gmi_say(g, word(v, WORD_tags_none));
    }
}

static struct href
add(const void *view)
{
    const struct visit *v = ((const struct tags_view *)view)->visit;

    if (!may_tag(v))
        return (struct href){0};
    if (v->page)
        return route(v, R_page_tag, .id = v->page->id);
    return route(v, R_tag_add, .id = v->thread->id);
}

static struct href
thread(const void *view)
{
    const struct visit *v = ((const struct tags_view *)view)->visit;

    return route(v, R_thread, .id = v->thread->id);
}

static struct href
kept_page(const void *view)
{
    const struct visit *v = ((const struct tags_view *)view)->visit;

    return route(v, R_page, .id = v->page->id);
}

const struct hole holes_thread_tags[] = {
    WORDS("title", title),  LINES("list", list),   HREF("add", add),
    HREF("thread", thread), ROUTE("tags", R_tags), {0}};

const struct hole holes_page_tags[] = {
    WORDS("title", title),   LINES("list", list),   HREF("add", add),
    HREF("page", kept_page), ROUTE("tags", R_tags), {0}};

enum err
page_thread_tags(const struct visit *v, struct response *rs)
{
    enum err bad = OK, e;

    e = page(v, rs, FRAME_thread_tags, &(struct tags_view){v, &bad});
    return e ? e : bad;
}

enum err
page_page_tags(const struct visit *v, struct response *rs)
{
    enum err bad = OK, e;

    e = page(v, rs, FRAME_page_tags, &(struct tags_view){v, &bad});
    return e ? e : bad;
}

static enum err
tagged(const struct visit *v, struct response *rs, const struct outcome *o)
{
    if (o->thread == 0)
        return redirect(v, rs, route(v, R_page_tags, .id = v->at.id));
    return redirect(v, rs, route(v, R_thread_tags, .id = o->thread));
}

enum err
page_tag_add(const struct visit *v, struct response *rs)
{
    return visit_change(v, rs, tagged, CHANGE_TAG, .thread = v->at.id,
                        .text = v->input);
}

enum err
page_tag_drop(const struct visit *v, struct response *rs)
{
    return visit_change(v, rs, tagged, CHANGE_UNTAG, .thread = v->at.id,
                        .text = v->at.name);
}

enum err
page_page_tag(const struct visit *v, struct response *rs)
{
    return visit_change(v, rs, tagged, CHANGE_TAG, .thing = v->at.id,
                        .text = v->input);
}

enum err
page_page_untag(const struct visit *v, struct response *rs)
{
    return visit_change(v, rs, tagged, CHANGE_UNTAG, .thing = v->at.id,
                        .text = v->at.name);
}

/* To the tag as it is called now. */
static enum err
renamed(const struct visit *v, struct response *rs, const struct outcome *o)
{
    struct community c;
    struct tag t;
    enum err e = tag_get(v->rd, v->at.id, v->mem, &t);

    (void)o;
    if (e)
        return e;
    if (t.community == 0)
        return redirect(v, rs, route(v, R_tag, .name = t.fold));
    if ((e = community_by_id(v->rd, t.community, v->who.member, v->mem, &c)))
        return e;
    return redirect(v, rs,
                    route(v, R_community_tag, .name = c.slug, .id = t.id));
}

enum err
page_tag_name(const struct visit *v, struct response *rs)
{
    return visit_change(v, rs, renamed, CHANGE_TAG_NAME, .thing = v->at.id,
                        .text = v->input);
}
