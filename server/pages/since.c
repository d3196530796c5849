/*
 * All that was written in a community after post n, in full and in the order
 * of arrival. The reader keeps the number; the server keeps nothing. Where
 * nothing is new, the page is the same to the byte.
 */
#include "pages/marks.h"

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

static void
posts(struct gmi *g, const void *view)
{
    const struct since_view *sv = view;
    const struct visit *v = sv->visit;
    struct rows r = post_since(v->rd, v->community->id, v->at.id);
    size_t start = g->out->n;
    int64_t thread = 0;
    struct thread t = {0};
    enum err bad = OK, e;
    struct post p;

    while (!*sv->has_more && post_next(&r, &p)) {
        struct mark before = mark_take(g);
        bool is_first = thread == 0;

        if (p.thread != thread)
            thread_head(g, v, &p, &t, &bad);
        thread = p.thread;
        post_new(g, v, &t, &p, false);
        if (!is_first && g->out->n - start > SLICE_ROOM) {
            mark_back(g, &before);
            *sv->has_more = true;
        } else {
            *sv->next = p.seq;
        }
    }
    e = rows_end(&r);
    *sv->bad = e ? e : bad;
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
    LINES("posts", posts),
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
