#include "pages/words.h"

struct words_view {
    const struct visit *visit;
    struct member member;
    struct str words;
};

static void
fill_name(struct gmi *g, const void *view)
{
    const struct words_view *w = view;

    gmi_user(g, w->member.name);
}

/* A heading: large where a client can, and still plain text to copy. */
static void
fill_words(struct gmi *g, const void *view)
{
    const struct words_view *w = view;

    gmi_h2(g);
    gmi_plain(g, w->words);
}

static void
fill_state(struct gmi *g, const void *view)
{
    const struct words_view *w = view;

    gmi_text(g);
    gmi_say(g, word(w->visit, w->member.has_words ? WORD_me_words_set
                                                  : WORD_me_words_none));
}

const struct hole holes_joined[] = {WORDS("name", fill_name),
                                    LINES("words", fill_words),
                                    ROUTE("about-me", R_me),
                                    {0}};

const struct hole holes_recovered[] = {WORDS("name", fill_name),
                                       LINES("words", fill_words),
                                       ROUTE("certs", R_me_certs),
                                       {0}};

const struct hole holes_words_new[] = {
    LINES("words", fill_words), ROUTE("me", R_me), {0}};

const struct hole holes_me_words[] = {LINES("state", fill_state),
                                      ROUTE("new", R_me_words_new),
                                      ROUTE("me", R_me),
                                      {0}};

enum err
words_page(const struct visit *v, struct response *rs, enum frame_id frame,
           const struct outcome *o)
{
    struct words_view w = {.visit = v, .words = str_of(o->words)};
    int64_t whose = o->member ? o->member : v->who.member;
    enum err e = member_get(v->rd, whose, v->mem, &w.member);

    return e ? e : page(v, rs, frame, &w);
}

enum err
page_me_words(const struct visit *v, struct response *rs)
{
    struct words_view w = {.visit = v};
    enum err e = member_get(v->rd, v->who.member, v->mem, &w.member);

    return e ? e : page(v, rs, FRAME_me_words, &w);
}

static enum err
new_words_after(const struct visit *v, struct response *rs,
                const struct outcome *o)
{
    return words_page(v, rs, FRAME_words_new, o);
}

enum err
page_me_words_new(const struct visit *v, struct response *rs)
{
    return visit_change(v, rs, new_words_after, CHANGE_NEW_WORDS);
}
