/* Pages are made of posts, changed and copied: all of it through drafts. */
#include "base/text.h"
#include "forum/apply.h"
#include "forum/keep.h"
#include "forum/own_draft.h"
#include "forum/page.h"
#include "forum/page_put.h"
#include "forum/pair.h"
#include "forum/parts.h"
#include "forum/post.h"
#include "forum/publish.h"
#include "forum/thread.h"
#include "sql.h"

/* New words of a page, made from that version; or a page to be. */
static struct place
place_of_page(int64_t page, int64_t version)
{
    struct place p = place_of_change(&(struct change){.aim = AIM_PAGE});

    p.page = page;
    p.version = version;
    return p;
}

/* Finds or makes the draft for a place where the member may keep pages. */
static enum err
draft_for(struct db *db, struct change_job *cj, struct place *p,
          struct str text)
{
    enum err e, why;

    if ((e = page_check(db, cj, p, &why)))
        return e;
    if (why)
        return why;
    place_tell_slug(&cj->out, p->slug);
    if ((e = draft_find(db, cj->change.member, p, &cj->out.draft)))
        return e;
    cj->out.is_repeat = cj->out.draft != 0;
    if (cj->out.draft)
        return OK;
    return draft_make(db, &cj->change, p, text, &cj->out.draft);
}

enum err
page_draft_keep(struct db *db, struct change_job *cj)
{
    const struct change *c = &cj->change;
    struct place p = place_of_page(0, 0);
    struct pair pair;
    struct thread t;
    enum err e = thread_get(db, c->thread, c->member, cj->mem, &t);

    if (e || (e = pair_get(db, c->thread, cj->mem, &pair)))
        return e;
    if (t.kind == KIND_CHAT || pair.wider) /* it fades; it is for two */
        return E_UNUSABLE;
    p.community = t.community;
    p.thread = t.id;
    p.title = t.is_withdrawn || t.title.n == 0 ? STR("") : t.title;
    cj->out.thread = t.id;
    if ((e = draft_for(db, cj, &p, STR(""))) || cj->out.is_repeat)
        return e;
    if (c->is_whole)
        return x_draft_source_add_all(db, cj->out.draft, POST_ID(t.id, 1),
                                      POST_ID(t.id, POSTS_PER_THREAD));
    return OK;
}

/* A doubt of this page that nobody has answered, or 0. */
static enum err
doubt_open(struct db *db, int64_t page, int64_t id, int64_t *doubt)
{
    struct rows r = q_page_doubt_get(db, id, page);

    *doubt = rows_next(&r) && rows_int(&r, 1) == 0 ? id : 0;
    return rows_end(&r);
}

enum err
page_draft_edit(struct db *db, struct change_job *cj)
{
    const struct change *c = &cj->change;
    struct page page;
    struct place p = place_of_page(c->page, 0);
    enum err e = page_get(db, c->page, c->member, cj->mem, &page);

    if (e || (c->thing && (e = doubt_open(db, page.id, c->thing, &p.doubt))))
        return e;
    p.title = page.title;
    p.version = page.version;
    if ((e = draft_for(db, cj, &p, page.text)) || !cj->out.is_repeat ||
        !p.doubt)
        return e;
    return x_page_draft_doubt(db, cj->out.draft, p.doubt);
}

enum err
page_draft_copy(struct db *db, struct change_job *cj)
{
    const struct change *c = &cj->change;
    struct page page;
    struct place p = place_of_page(0, 0);
    enum err e = page_get(db, c->page, c->member, cj->mem, &page);

    if (e)
        return e;
    p.community = page.community;
    p.origin = page.id;
    return draft_for(db, cj, &p, page.text);
}

enum err
page_draft_begin(struct db *db, struct change_job *cj)
{
    const struct change *c = &cj->change;
    struct place p = place_of_page(0, 0);
    struct str title;
    enum err e = line_clean(cj->mem, c->title, &title);

    if (e)
        return e;
    p.community = c->community;
    p.title = title;
    return draft_for(db, cj, &p, parts_clean(cj->mem, c->text));
}

enum err
page_set(struct db *db, struct change_job *cj)
{
    const struct change *c = &cj->change;
    struct str text = parts_clean(cj->mem, c->text);
    struct place p = place_of_page(c->page, c->value);
    enum err e;

    if (text.n == 0)
        return cj->mem->bad ? cj->mem->bad : E_EMPTY;
    if (p.page == 0)
        return E_NOT_FOUND;
    if ((e = page_check(db, cj, &p, &cj->out.why)))
        return e;
    if (place_is_hidden(cj->out.why))
        return cj->out.why;
    p.title = p.present_title;
    place_tell_slug(&cj->out, p.slug);
    if (!cj->out.why && (e = place_put(db, cj, &p, text, false)))
        return e;
    return cj->out.why ? draft_keep(db, cj, &p, text) : OK;
}

/* An open draft of a page, and the post that is meant: one of the draft's
 * community. */
static enum err
source_find(struct db *db, struct change_job *cj, struct draft *d,
            struct post *post)
{
    const struct change *c = &cj->change;
    struct thread t;
    enum err e = own_draft(db, cj, d);

    if (e)
        return e;
    if (d->aim != AIM_PAGE || d->went_to)
        return d->went_to ? E_GONE : E_UNUSABLE;
    if ((e = thread_get(db, c->thread, c->member, cj->mem, &t)) ||
        (e = post_get(db, c->thread, c->number, cj->mem, post)))
        return e;
    return t.community == d->community && t.kind != KIND_CHAT ? OK
                                                              : E_NOT_FOUND;
}

/* Number 0 is all that stands in the thread. */
enum err
source_take(struct db *db, struct change_job *cj)
{
    bool is_all = cj->change.number == 0;
    struct draft d;
    struct post post;
    enum err e;

    if (is_all)
        cj->change.number = 1;
    if ((e = source_find(db, cj, &d, &post)))
        return e;
    if (is_all)
        return x_draft_source_add_all(db, d.id, POST_ID(post.thread, 1),
                                      POST_ID(post.thread, POSTS_PER_THREAD));
    if (post.status != POST_HERE)
        return E_GONE;
    return x_draft_source_add(db, d.id, POST_ID(post.thread, post.number));
}

enum err
source_leave(struct db *db, struct change_job *cj)
{
    const struct change *c = &cj->change;
    struct draft d;
    enum err e = own_draft(db, cj, &d);

    if (e || d.went_to)
        return e;
    return x_draft_source_drop(db, d.id, POST_ID(c->thread, c->number));
}

/* One post's text at the end of the draft. */
static enum err
source_put(struct db *db, struct change_job *cj, int64_t draft, int64_t post)
{
    struct post p;
    enum err e =
        post_get(db, POST_THREAD(post), POST_NUMBER(post), cj->mem, &p);

    if (e)
        return e;
    e = draft_append(db, &cj->change, draft, p.text);
    if (e == E_TOO_LONG) {
        cj->out.why = e;
        return OK;
    }
    return e ? e : x_draft_source_in(db, draft, post);
}

/* The first chosen post whose text is still to be put in; 0: none. */
static enum err
source_next(struct db *db, int64_t draft, int64_t *post)
{
    struct rows r = draft_sources(db, draft);
    struct draft_source s;

    *post = 0;
    while (*post == 0 && draft_source_next(&r, &s))
        if (!s.is_in && s.status == POST_HERE)
            *post = s.post;
    return rows_end(&r);
}

enum err
source_fill(struct db *db, struct change_job *cj)
{
    struct draft d;
    int64_t post;
    enum err e = own_draft(db, cj, &d);

    if (e || d.went_to)
        return e;
    do {
        if ((e = source_next(db, d.id, &post)) || post == 0)
            return e;
        e = source_put(db, cj, d.id, post);
    } while (!e && !cj->out.why);
    return e;
}

/* What others changed meanwhile was looked at; this goes over it, and over
 * nothing that came still later. */
enum err
draft_over(struct db *db, struct change_job *cj)
{
    const struct change *c = &cj->change;
    struct draft d;
    enum err e = own_draft(db, cj, &d);

    if (e || d.went_to)
        return e;
    if (d.aim != AIM_PAGE || d.page == 0)
        return E_UNUSABLE;
    d.version = c->value;
    if ((e = x_page_draft_set(db, d.id, d.page, d.version, d.origin, d.doubt)))
        return e;
    return draft_publish(db, cj, &d);
}
