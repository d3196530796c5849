/* One entry of a notebook, and what its owner can do with it. */
#include "pages/notebook.h"

struct saved_view {
    const struct visit *visit; /* first */
    struct saved saved;
};

/* The note stands above the link that changes it, so that a client can paste
 * it into the prompt. */
static void
fill_entry(struct gmi *g, const void *view)
{
    const struct saved_view *sv = view;

    entry_title(g, sv->visit, &sv->saved);
    entry_about(g, sv->visit, &sv->saved);
    if (sv->saved.note.n == 0)
        return;
    gmi_text(g);
    gmi_user(g, sv->saved.note);
}

static struct href
saved_href(const void *view, enum route_id id)
{
    const struct saved_view *sv = view;

    return route(sv->visit, id, .id = sv->saved.id);
}

static struct href
href_note(const void *view)
{
    return saved_href(view, R_saved_note);
}

static struct href
href_put(const void *view)
{
    return saved_href(view, R_saved_put);
}

static struct href
href_drop(const void *view)
{
    return saved_href(view, R_saved_drop);
}

static void
fill_note_label(struct gmi *g, const void *view)
{
    const struct saved_view *sv = view;

    gmi_say(g, word(sv->visit, sv->saved.note.n ? WORD_notebook_note_change
                                                : WORD_notebook_note_add));
}

static void
fill_put_label(struct gmi *g, const void *view)
{
    const struct saved_view *sv = view;

    gmi_say(g, word(sv->visit, sv->saved.collection.n ? WORD_notebook_put_change
                                                      : WORD_notebook_put));
}

const struct hole holes_saved[] = {
    LINES("entry", fill_entry),           HREF("note", href_note),
    WORDS("note-label", fill_note_label), HREF("put", href_put),
    WORDS("put-label", fill_put_label),   HREF("drop", href_drop),
    ROUTE("notebook", R_notebook),        {0}};

enum err
page_saved(const struct visit *v, struct response *rs)
{
    struct saved_view sv = {.visit = v};
    enum err e =
        notebook_get(v->rd, v->at.id, v->who.member, v->mem, &sv.saved);

    return e ? e : page(v, rs, FRAME_saved, &sv);
}
