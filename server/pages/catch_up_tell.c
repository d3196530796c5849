/* The places of catch-up, each with a fair share of the room, so that a loud
 * one can not push out a quiet one. */
#include "base/buf.h"
#include "pages/catch_up.h"

#define ROOM (1 << 20)   /* bytes: clients take 2 MiB */
#define SHARE (48 << 10) /* bytes that each place may have at least */
#define POSTS 20000      /* that are read for one page, left out or not */
#define POSTS_EACH 100   /* that may be read of each place at least */
#define SINCE 1000       /* post_since() ends there, more or not */
#define POST_MEMORY (64 << 10)

/* The place that is being written. */
struct telling {
    struct gmi *g;
    const struct visit *v;
    struct catch_up *up;
    const struct news *place;
    size_t begin, share;
    int posts;      /* that may be read */
    int64_t thread; /* the last one named */
    bool is_chat;   /* and whether it is chat */
    int64_t mark;   /* as far as it was told */
    bool is_begun, is_cut;
};

static void
keep(struct catch_up *up, enum err e)
{
    if (e && !up->bad)
        up->bad = e;
}

static struct href
place_href(const struct visit *v, const struct news *n)
{
    if (n->kind == FOLLOW_THREAD)
        return route(v, R_thread, .id = n->thing);
    return route(v, R_community, .name = n->short_name);
}

static void
place_name(struct gmi *g, const struct visit *v, const struct news *n)
{
    if (n->kind == FOLLOW_TAG) {
        gmi_say(g, word(v, WORD_follow_tag));
        gmi_say(g, LIT(" "));
    }
    gmi_user(g, n->name);
}

static void
place_head(struct telling *t)
{
    if (t->is_begun)
        return;
    t->is_begun = true;
    gmi_blank(t->g);
    gmi_h2(t->g);
    place_name(t->g, t->v, t->place);
}

/* A link of ours that names the thread: no text of a user can make one. */
static void
thread_head(struct telling *t, const struct thread *th)
{
    gmi_blank(t->g);
    gmi_link(t->g, route(t->v, R_thread, .id = th->id));
    thread_name(t->g, t->v, th);
    if (t->place->kind != FOLLOW_COMMUNITY) {
        gmi_say(t->g, LIT(" \xc2\xb7 "));
        gmi_user(t->g, th->community_name);
    }
}

static bool
is_left_out(struct telling *t, const struct thread *th, const struct post *p)
{
    bool is_muted = false;

    if (p->status != POST_HERE || (th->kind == KIND_CHAT && !t->up->hears_chat))
        return true;
    if (t->up->is_muting)
        keep(t->up, news_is_muted(t->v->rd, t->v->who.member, p->thread,
                                  p->author, &is_muted));
    return is_muted;
}

/* What arrived: a post of a thread, or the newest version of a page. */
struct arrived {
    int64_t seq;
    const struct thread *thread;
    const struct post *post; /* NULL: a page */
    const struct page *page;
};

static void
arrived_write(struct telling *t, const struct arrived *a, bool is_whole)
{
    place_head(t);
    if (!a->post) {
        catch_up_kept(t->g, t->v, a->page, t->place->kind != FOLLOW_COMMUNITY,
                      is_whole);
        return;
    }
    if (t->thread != a->post->thread)
        thread_head(t, a->thread);
    post_new(t->g, t->v, a->thread, a->post, is_whole);
}

/* What has no room is left for the next time; but the first of a place is
 * shown by its head, or nothing would ever move. */
static void
arrived_fit(struct telling *t, const struct arrived *a)
{
    struct telling was = *t;
    struct mark before = mark_take(t->g);
    bool is_first = !t->is_begun;

    arrived_write(t, a, true);
    if (t->g->out->n - t->begin <= t->share) {
        t->thread = a->post ? a->post->thread : 0;
        t->mark = a->seq;
        return;
    }
    mark_back(t->g, &before);
    *t = was;
    t->is_cut = true;
    if (!is_first)
        return;
    arrived_write(t, a, false);
    t->mark = a->seq;
}

/* With memory of its own, for a page may hold very many posts. */
static void
post_tell(struct telling *t, const struct post *p)
{
    const struct visit *v = t->v;
    struct visit alone = *v;
    struct arena mem;
    struct thread th;
    enum err e;

    if (t->posts-- <= 0) {
        t->is_cut = true;
        return;
    }
    t->up->posts++;
    arena_init(&mem, POST_MEMORY);
    alone.mem = &mem;
    t->v = &alone;
    e = thread_get(v->rd, p->thread, v->who.member, &mem, &th);
    if (!e && is_left_out(t, &th, p))
        t->mark = p->seq;
    else if (!e)
        arrived_fit(t,
                    &(struct arrived){.seq = p->seq, .thread = &th, .post = p});
    keep(t->up, e ? e : mem.bad);
    arena_release(&mem);
    t->v = v;
}

static void
page_tell(struct telling *t, int64_t page, int64_t seq)
{
    const struct visit *v = t->v;
    struct visit alone = *v;
    bool is_muted = false;
    struct arena mem;
    struct page k;
    enum err e;

    if (t->posts-- <= 0) {
        t->is_cut = true;
        return;
    }
    t->up->posts++;
    arena_init(&mem, POST_MEMORY);
    alone.mem = &mem;
    t->v = &alone;
    e = page_get(v->rd, page, v->who.member, &mem, &k);
    if (!e && t->up->is_muting)
        e = news_page_is_muted(v->rd, v->who.member, page, &is_muted);
    if (!e && is_muted)
        t->mark = seq;
    else if (!e)
        arrived_fit(t, &(struct arrived){.seq = seq, .page = &k});
    keep(t->up, e ? e : mem.bad);
    arena_release(&mem);
    t->v = v;
}

static void
thread_tell(struct telling *t, struct rows r)
{
    struct post p;

    while (!t->is_cut && !t->up->bad && post_next(&r, &p))
        if (p.seq > t->place->mark)
            post_tell(t, &p);
    keep(t->up, rows_end(&r));
}

/* Lists in the order of arrival that are told as one: posts, talk on the porch
 * for those who wish to hear it, and pages. */
struct lists {
    struct rows posts, talk, pages;
    struct post p, k;
    bool has_post, has_talk, has_page;
};

/* One more, the one that arrived first; false at the end. */
static bool
lists_tell(struct telling *t, struct lists *l)
{
    int64_t page = l->has_page ? rows_int(&l->pages, 1) : INT64_MAX;
    int64_t talk = l->has_talk ? l->k.seq : INT64_MAX;

    if (l->has_post && l->p.seq < talk && l->p.seq < page) {
        post_tell(t, &l->p);
        l->has_post = post_next(&l->posts, &l->p);
    } else if (l->has_talk && talk < page) {
        post_tell(t, &l->k);
        l->has_talk = post_next(&l->talk, &l->k);
    } else if (l->has_page) {
        page_tell(t, rows_int(&l->pages, 0), page);
        l->has_page = rows_next(&l->pages);
    } else {
        return false;
    }
    return true;
}

static void
community_tell(struct telling *t)
{
    struct db *db = t->v->rd;
    int64_t place = t->place->thing, mark = t->place->mark;
    struct lists l = {.posts = post_since(db, place, mark),
                      .talk = post_talk(db, place, mark),
                      .pages = page_since(db, place, mark)};
    int n = 0;

    l.has_post = post_next(&l.posts, &l.p);
    l.has_talk = t->up->hears_chat && post_next(&l.talk, &l.k);
    l.has_page = rows_next(&l.pages);
    while (!t->is_cut && !t->up->bad && n < SINCE && lists_tell(t, &l))
        n++;
    keep(t->up, rows_end(&l.posts));
    keep(t->up, rows_end(&l.talk));
    keep(t->up, rows_end(&l.pages));
    if (n >= SINCE)
        t->is_cut = true;
}

/* The first post of a thread that came after the mark: its posts arrived in
 * their order, so halving finds it. */
static enum err
first_after(const struct visit *v, const struct news *n, int64_t *number)
{
    int64_t low = 1, high;
    struct thread th;
    enum err e = thread_get(v->rd, n->thing, v->who.member, v->mem, &th);

    for (high = e ? 0 : th.last_number; low < high;) {
        int64_t middle = low + (high - low) / 2;
        struct arena mem;
        struct post p;

        arena_init(&mem, 2 * POST_MAX);
        e = post_get(v->rd, n->thing, middle, &mem, &p);
        arena_release(&mem);
        if (e)
            return e;
        if (p.seq > n->mark)
            high = middle;
        else
            low = middle + 1;
    }
    *number = low;
    return e;
}

static void
tag_tell(struct telling *t)
{
    const struct visit *v = t->v;
    struct tag_news *news;
    bool has_more;
    int n;
    enum err e = news_of_tag(v->rd, t->place, v->who.member, v->mem, &news, &n,
                             &has_more);

    for (int i = 0; !e && i < n && !t->is_cut; i++) {
        struct rows r;
        struct post p;

        if (news[i].is_page) {
            page_tell(t, news[i].thing, news[i].seq);
            continue;
        }
        r = post_slice(v->rd, news[i].thing, 1);
        if (post_next(&r, &p))
            post_tell(t, &p);
        e = rows_end(&r);
    }
    keep(t->up, e);
    if (has_more && t->is_begun) {
        gmi_blank(t->g);
        gmi_text(t->g);
        gmi_say(t->g, word(v, WORD_catch_tag_more));
    }
}

/* What is left out here is named, with the way to it. */
static void
cut_tell(struct telling *t)
{
    const struct news *n = t->place;
    struct catch_up *up = t->up;

    if (up->parts == PARTS) {
        up->bad = E_BUG;
        return;
    }
    up->part[up->parts].place = up->shown;
    up->part[up->parts++].mark = t->mark;
    place_head(t);
    gmi_blank(t->g);
    gmi_link(t->g, n->kind == FOLLOW_COMMUNITY
                       ? route(t->v, R_community_since, .name = n->short_name,
                               .id = t->mark)
                   : n->kind == FOLLOW_THREAD ? place_href(t->v, n)
                                              : route(t->v, R_catch_up));
    gmi_say(t->g, word(t->v, WORD_catch_more));
    gmi_say(t->g, LIT(" "));
    place_name(t->g, t->v, n);
}

static void
place_tell(struct telling *t)
{
    int64_t number;
    enum err e;

    switch (t->place->kind) {
    case FOLLOW_COMMUNITY:
        community_tell(t);
        break;
    case FOLLOW_THREAD:
        e = first_after(t->v, t->place, &number);
        keep(t->up, e);
        if (!e)
            thread_tell(t, post_slice(t->v->rd, t->place->thing, number));
        break;
    case FOLLOW_TAG:
        tag_tell(t);
        break;
    case FOLLOW_MEMBER:
        break;
    }
    if (t->is_cut)
        cut_tell(t);
}

/* What is left, shared by the places that are left; but so much at least that
 * each of them is worth a page's line. */
static size_t
share_of(size_t left, int places, size_t least)
{
    size_t share = left / (size_t)places;

    return share > least ? share : least;
}

static bool
place_next(struct telling *t)
{
    struct catch_up *up = t->up;
    size_t used = t->g->out->n - up->begin;
    int left = up->count - up->shown;

    if (left == 0 || up->bad || up->parts == PARTS)
        return false;
    if (up->shown > 0 &&
        (used + SHARE > ROOM || up->posts + POSTS_EACH > POSTS))
        return false;
    t->place = &up->news[up->shown];
    t->begin = t->g->out->n;
    t->share = share_of(ROOM - used, left, SHARE);
    t->posts = (int)share_of((size_t)(POSTS - up->posts), left, POSTS_EACH);
    t->mark = t->place->mark;
    t->thread = 0;
    t->is_begun = t->is_cut = false;
    return true;
}

void
catch_up_tell(struct gmi *g, const struct visit *v, struct catch_up *up)
{
    struct telling t = {.g = g, .v = v, .up = up};

    up->begin = g->out->n;
    for (; place_next(&t); up->shown++)
        place_tell(&t);
}
