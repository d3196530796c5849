/* The notebook: what its owner saved, to read, to sort and to carry away. */
#include "forum/notebook.h"

#include "pages/notebook.h"

#define ENTRIES 25
#define NEWEST 0 /* in a path: from the newest entry on */
/* What one answer holds of a notebook; an entry can be a long post. */
#define ALL_ROOM (RESPONSE_BODY_MAX - 4 * POST_MAX)
#define ENTRY_MEMORY (16 * POST_MAX)

struct notebook_view {
    const struct visit *visit; /* first */
    struct str collection;     /* n 0: all of them */
    int64_t before;
    int64_t *older; /* where the next page begins; 0: no more */
    enum err *bad;
};

static struct rows
entry_rows(const struct notebook_view *n, int64_t most)
{
    const struct visit *v = n->visit;

    int64_t before = n->before == NEWEST ? INT64_MAX : n->before;

    if (n->collection.n == 0)
        return notebook_list(v->rd, v->who.member, before, most);
    return notebook_of(v->rd, v->who.member, n->collection, before, most);
}

static struct href
thing_href(const struct visit *v, const struct saved *s)
{
    if (s->page)
        return route(v, R_page, .id = s->page);
    if (s->number)
        return route(v, R_post, .id = s->thread, .page = s->number);
    return route(v, R_thread, .id = s->thread);
}

/* "Pump trips after rain, post (2)", linked where it can still be read. */
void
entry_title(struct gmi *g, const struct visit *v, const struct saved *s)
{
    if (!s->is_readable) {
        gmi_text(g);
        gmi_say(g, word(v, WORD_notebook_gone));
        return;
    }
    gmi_link(g, thing_href(v, s));
    if (s->title.n > 0)
        gmi_user(g, s->title);
    else
        gmi_say(g, word(v, WORD_thread_withdrawn));
    if (!s->number)
        return;
    gmi_say(g, LIT(", "));
    gmi_say(g, word(v, WORD_notebook_post));
    gmi_say(g, LIT(" ("));
    gmi_int(g, s->number);
    gmi_say(g, LIT(")"));
}

void
entry_about(struct gmi *g, const struct visit *v, const struct saved *s)
{
    gmi_text(g);
    gmi_say(g, word(v, WORD_notebook_saved));
    gmi_say(g, LIT(" "));
    line_date(g, v, s->at);
    if (s->collection.n == 0)
        return;
    gmi_text(g);
    gmi_say(g, word(v, WORD_notebook_collection));
    gmi_say(g, LIT(" "));
    gmi_user(g, s->collection);
}

static void
entry_show(struct gmi *g, const struct visit *v, const struct saved *s)
{
    entry_title(g, v, s);
    if (s->note.n > 0) {
        gmi_text(g);
        gmi_user(g, s->note);
    }
    gmi_link(g, route(v, R_saved, .id = s->id));
    gmi_say(g, word(v, WORD_notebook_change));
    gmi_blank(g);
}

static void
fill_entries(struct gmi *g, const void *view)
{
    const struct notebook_view *n = view;
    struct rows r = entry_rows(n, ENTRIES + 1);
    size_t start = g->out->n;
    int64_t last = 0;
    struct saved s;

    for (int shown = 0; !*n->older && notebook_next(&r, &s); shown++) {
        struct mark before = mark_take(g);

        entry_show(g, n->visit, &s);
        if (shown == ENTRIES || (shown && g->out->n - start > SLICE_ROOM)) {
            mark_back(g, &before);
            *n->older = last;
        }
        last = s.id;
    }
    *n->bad = rows_end(&r);
    if (g->out->n == start) {
        gmi_text(g);
        gmi_say(g, word(n->visit, WORD_notebook_empty));
    }
}

static void
fill_collection(struct gmi *g, const void *view)
{
    const struct notebook_view *n = view;

    if (n->collection.n == 0)
        return;
    gmi_say(g, LIT(": "));
    gmi_user(g, n->collection);
}

static void
fill_collections(struct gmi *g, const void *view)
{
    const struct notebook_view *n = view;
    const struct visit *v = n->visit;
    struct rows r = notebook_collections(v->rd, v->who.member);
    bool is_first = true;

    while (rows_next(&r)) {
        struct str word_of = rows_text(&r, 0);

        if (is_first) {
            gmi_h2(g);
            gmi_say(g, word(v, WORD_notebook_collections));
        }
        is_first = false;
        gmi_link(g, route(v, R_notebook_in, .name = word_of, .id = NEWEST));
        gmi_user(g, word_of);
    }
    if (rows_end(&r) && !*n->bad)
        *n->bad = r.bad;
}

static struct href
href_older(const void *view)
{
    const struct notebook_view *n = view;

    if (!*n->older)
        return (struct href){0};
    if (n->collection.n > 0)
        return route(n->visit, R_notebook_in, .name = n->collection,
                     .id = *n->older);
    return route(n->visit, R_notebook_older, .id = *n->older);
}

static struct href
href_all(const void *view)
{
    const struct notebook_view *n = view;

    return route(n->visit, R_notebook_all, .id = NEWEST);
}

static struct href
href_notebook(const void *view)
{
    const struct notebook_view *n = view;

    if (n->collection.n == 0 && n->before == NEWEST)
        return (struct href){0};
    return route(n->visit, R_notebook);
}

const struct hole holes_notebook[] = {WORDS("collection", fill_collection),
                                      LINES("entries", fill_entries),
                                      HREF("older", href_older),
                                      LINES("collections", fill_collections),
                                      HREF("all", href_all),
                                      HREF("notebook", href_notebook),
                                      ROUTE("me", R_me),
                                      {0}};

static enum err
notebook_page(const struct visit *v, struct response *rs, enum frame_id frame,
              struct str collection, int64_t before)
{
    int64_t older = 0;
    enum err bad = OK;
    struct notebook_view n = {v, collection, before, &older, &bad};
    enum err e = page(v, rs, frame, &n);

    return e ? e : bad;
}

enum err
page_notebook(const struct visit *v, struct response *rs)
{
    return notebook_page(v, rs, FRAME_notebook, (struct str){0}, NEWEST);
}

enum err
page_notebook_older(const struct visit *v, struct response *rs)
{
    return notebook_page(v, rs, FRAME_notebook, (struct str){0}, v->at.id);
}

enum err
page_notebook_in(const struct visit *v, struct response *rs)
{
    return notebook_page(v, rs, FRAME_notebook, v->at.name, v->at.id);
}

static enum err
whole_page(struct gmi *g, const struct visit *v, const struct saved *s)
{
    struct page p;
    enum err e = page_get(v->rd, s->page, v->who.member, v->mem, &p);

    if (e)
        return e == E_NOT_FOUND ? OK : e;
    gmi_user_block(g, p.text);
    return OK;
}

/* What was saved, as it stands today: a page, a post, or a thread's opening
 * post. */
static enum err
whole_thing(struct gmi *g, const struct visit *v, const struct saved *s)
{
    struct post p;
    enum err e;

    if (s->page)
        return whole_page(g, v, s);
    e = post_get(v->rd, s->thread, s->number ? s->number : 1, v->mem, &p);
    if (e)
        return e == E_NOT_FOUND ? OK : e;
    gmi_text(g);
    post_by(g, v, &p);
    (void)post_body(g, v, &p, true); /* whole: nothing was left out */
    return OK;
}

static enum err
whole_entry(struct gmi *g, const struct visit *v, const struct saved *s)
{
    gmi_blank(g);
    gmi_h2(g);
    if (s->title.n > 0 && s->is_readable)
        gmi_user(g, s->title);
    else
        gmi_say(g, word(v, s->is_readable ? WORD_thread_withdrawn
                                          : WORD_notebook_gone));
    entry_about(g, v, s);
    if (s->note.n > 0) {
        gmi_text(g);
        gmi_user(g, s->note);
    }
    if (!s->is_readable)
        return OK;
    entry_title(g, v, s);
    gmi_blank(g);
    return whole_thing(g, v, s);
}

/* The same with memory of its own, for a notebook may be long. */
static enum err
whole_entry_alone(struct gmi *g, const struct visit *v, const struct saved *s)
{
    struct visit alone = *v;
    struct arena mem;
    enum err e;

    arena_init(&mem, ENTRY_MEMORY);
    alone.mem = &mem;
    e = whole_entry(g, &alone, s);
    if (!e)
        e = mem.bad;
    arena_release(&mem);
    return e;
}

static void
fill_whole(struct gmi *g, const void *view)
{
    const struct notebook_view *n = view;
    struct rows r = entry_rows(n, INT64_MAX);
    int64_t last = 0;
    struct saved s;
    enum err e;

    while (!*n->bad && !*n->older && notebook_next(&r, &s)) {
        if (last && g->out->n > ALL_ROOM) {
            *n->older = last;
            break;
        }
        *n->bad = whole_entry_alone(g, n->visit, &s);
        last = s.id;
    }
    e = rows_end(&r);
    if (!*n->bad)
        *n->bad = e;
}

static void
fill_name(struct gmi *g, const void *view)
{
    gmi_user(g, ((const struct notebook_view *)view)->visit->who.name);
}

static struct href
href_rest(const void *view)
{
    const struct notebook_view *n = view;

    if (!*n->older)
        return (struct href){0};
    return route(n->visit, R_notebook_all, .id = *n->older);
}

const struct hole holes_notebook_all[] = {WORDS("name", fill_name),
                                          LINES("entries", fill_whole),
                                          HREF("rest", href_rest),
                                          {0}};

enum err
page_notebook_all(const struct visit *v, struct response *rs)
{
    return notebook_page(v, rs, FRAME_notebook_all, (struct str){0}, v->at.id);
}
