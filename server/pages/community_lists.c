#include "pages/community_lists.h"

#define THREAD_LINES 25
#define PAGE_LINES 3

void
front_threads(struct gmi *g, const void *view)
{
    const struct community_view *cv = view;
    const struct visit *v = cv->visit;
    struct rows r =
        thread_list(v->rd, cv->community->id, cv->before, THREAD_LINES + 1);
    size_t start = g->out->n;
    int64_t last = 0;
    struct thread t;
    enum err e;

    for (int shown = 0; !*cv->older && thread_next(&r, &t); shown++) {
        struct mark before = mark_take(g);

        line_thread(g, v, &t, false);
        if (shown == THREAD_LINES || (shown && g->out->n - start > MENU_ROOM)) {
            mark_back(g, &before);
            *cv->older = last;
        }
        last = t.last_seq;
    }
    e = rows_end(&r);
    if (e && !*cv->bad)
        *cv->bad = e;
    if (g->out->n == start) {
        gmi_text(g);
        gmi_say(g, word(v, WORD_community_empty));
    }
}

void
front_pages(struct gmi *g, const void *view)
{
    const struct community_view *cv = view;
    struct rows r = page_newest(cv->visit->rd, cv->community->id, INT64_MAX,
                                INT64_MAX, PAGE_LINES);
    bool is_first = true;
    struct page p;
    enum err e;

    while (page_next(&r, &p)) {
        if (is_first) {
            gmi_h2(g);
            gmi_say(g, word(cv->visit, WORD_pages_heading));
        }
        line_page(g, cv->visit, &p, false);
        is_first = false;
    }
    e = rows_end(&r);
    if (e && !*cv->bad)
        *cv->bad = e;
}

/* "Looked after by Amina, Josef": one line of names. */
void
front_stewards(struct gmi *g, const void *view)
{
    const struct community_view *cv = view;
    struct rows r = community_stewards(cv->visit->rd, cv->community->id);
    bool is_first = true;

    while (rows_next(&r)) {
        if (is_first) {
            gmi_text(g);
            gmi_say(g, word(cv->visit, WORD_community_stewards));
        }
        gmi_say(g, is_first ? LIT(" ") : LIT(", "));
        gmi_user(g, rows_text(&r, 0));
        is_first = false;
    }
    if (!*cv->bad)
        *cv->bad = rows_end(&r);
    else
        (void)rows_end(&r); /* the first failure is the one to tell */
}
