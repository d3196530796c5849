/*
 * All that came in a community after arrival n, posts and kept pages, in full
 * and in the order of arrival. The reader keeps the number; the server keeps
 * nothing. Where nothing is new, the page is the same to the byte.
 */
#include "pages/catch_up.h"
#include "pages/marks.h"

#define PAGE_MEMORY (4 * POST_MAX) /* for one kept page */

struct since_view {
    const struct visit *visit; /* first */
    int64_t *next;             /* the number to keep */
    bool *has_more;
    enum err *bad;
};

static void
name(struct gmi *g, const void *view)
{
    const struct since_view *sv = view;

    gmi_user(g, sv->visit->community->name);
}

/* A heading wherever the thread changes. */
static void
thread_head(struct gmi *g, const struct visit *v, const struct post *p,
            struct thread *t, enum err *bad)
{
    enum err e = thread_get_mine(v, p->thread, t);

    gmi_blank(g);
    gmi_h2(g);
    if (!e)
        thread_name(g, v, t);
    else if (!*bad)
        *bad = e;
}

/* Its head is a link of ours: no text of a user can make one. */
void
post_new(struct gmi *g, const struct visit *v, const struct thread *t,
         const struct post *p, bool is_whole)
{
    gmi_blank(g);
    gmi_link(g, route(v, R_post, .id = p->thread, .page = p->number));
    post_by(g, v, p);
    if (p->answers) {
        gmi_say(g, LIT(", "));
        gmi_say(g, word(v, WORD_post_answers));
        gmi_say(g, LIT(" ("));
        gmi_int(g, p->answers);
        gmi_say(g, LIT(")"));
    }
    if (p->edited_at && p->status == POST_HERE) {
        gmi_say(g, LIT(", "));
        gmi_say(g, word(v, WORD_post_edited));
        gmi_say(g, LIT(" "));
        line_date(g, v, p->edited_at);
    }
    (void)post_body(g, v, p, is_whole); /* a cut one has its own link */
    if (p->number == 1 && p->status == POST_HERE)
        marks_tried(g, v, t);
}

/* What is being told: the two lists, and below which heading it stands. */
struct since {
    const struct visit *v;
    struct gmi *g;
    struct rows posts, pages; /* columns of pages: id, arrival number */
    struct post p;
    bool has_post, has_page;
    struct thread t;
    int64_t thread; /* its heading is the last one; 0: none */
    enum err bad;
};

static void
post_tell(struct since *s)
{
    if (s->p.thread != s->thread)
        thread_head(s->g, s->v, &s->p, &s->t, &s->bad);
    s->thread = s->p.thread;
    post_new(s->g, s->v, &s->t, &s->p, false);
}

/* As it is now: an earlier version of it is not new any more. */
static void
page_tell(struct since *s)
{
    struct visit alone = *s->v;
    struct arena mem;
    struct page k;
    enum err e;

    arena_init(&mem, PAGE_MEMORY);
    alone.mem = &mem;
    e = page_get(s->v->rd, rows_int(&s->pages, 0), s->v->who.member, &mem, &k);
    if (!e)
        catch_up_kept(s->g, &alone, &k, false, true);
    if (!s->bad)
        s->bad = e ? e : mem.bad;
    arena_release(&mem);
    s->thread = 0;
}

/* The one that arrived first; its arrival number, or 0 at the end. */
static int64_t
first_tell(struct since *s)
{
    int64_t page = s->has_page ? rows_int(&s->pages, 1) : INT64_MAX;
    int64_t seq = s->has_post ? s->p.seq : INT64_MAX;

    if (s->has_post && seq < page) {
        post_tell(s);
        s->has_post = post_next(&s->posts, &s->p);
        return seq;
    }
    if (!s->has_page)
        return 0;
    page_tell(s);
    s->has_page = rows_next(&s->pages);
    return page;
}

static void
arrived(struct gmi *g, const void *view)
{
    const struct since_view *sv = view;
    const struct visit *v = sv->visit;
    struct since s = {.v = v,
                      .g = g,
                      .posts = post_since(v->rd, v->community->id, v->at.id),
                      .pages = page_since(v->rd, v->community->id, v->at.id)};
    size_t start = g->out->n;
    enum err e;

    s.has_post = post_next(&s.posts, &s.p);
    s.has_page = rows_next(&s.pages);
    for (bool is_first = true; !*sv->has_more && !s.bad; is_first = false) {
        struct mark before = mark_take(g);
        int64_t seq = first_tell(&s);

        if (!seq)
            break;
        if (!is_first && g->out->n - start > SLICE_ROOM) {
            mark_back(g, &before);
            *sv->has_more = true;
        } else {
            *sv->next = seq;
        }
    }
    e = rows_end(&s.posts);
    s.bad = s.bad ? s.bad : e;
    e = rows_end(&s.pages);
    *sv->bad = s.bad ? s.bad : e;
}

static void
more(struct gmi *g, const void *view)
{
    const struct since_view *sv = view;
    bool is_empty = *sv->next <= sv->visit->at.id;

    gmi_text(g);
    gmi_say(g, word(sv->visit, *sv->has_more ? WORD_since_more
                               : is_empty    ? WORD_since_nothing
                                             : WORD_since_all));
}

static struct href
front(const void *view)
{
    const struct since_view *sv = view;

    return route(sv->visit, R_community, .name = sv->visit->community->slug);
}

static struct href
next(const void *view)
{
    const struct since_view *sv = view;

    return route(sv->visit, R_community_since,
                 .name = sv->visit->community->slug, .id = *sv->next);
}

/* The same address in words, for whoever reads on paper. It is made of a short
 * address and a number, so it holds nothing but letters, digits, '-' and '/'.
 */
static void
next_path(struct gmi *g, const void *view)
{
    gmi_user(g, next(view).url);
}

const struct hole holes_community_since[] = {
    WORDS("name", name),
    LINES("arrived", arrived),
    LINES("more", more),
    HREF("front", front),
    HREF("next", next),
    WORDS("next-path", next_path),
    {0},
};

enum err
page_community_since(const struct visit *v, struct response *rs)
{
    int64_t newest = v->community->last_seq;
    /* From a number that is still to come, much would be missed. */
    int64_t last = v->at.id < newest ? v->at.id : newest;
    bool has_more = false;
    enum err bad = OK;
    struct since_view view = {v, &last, &has_more, &bad};
    enum err e = page(v, rs, FRAME_community_since, &view);

    return e ? e : bad;
}
