/* Joining: what is stored, then a name, then the six words. */
#include "pages/words.h"

struct join_view {
    const struct visit *visit;
};

const struct hole holes_join_about[] = {ROUTE("privacy", R_privacy),
                                        ROUTE("join", R_join),
                                        ROUTE("link", R_link_about),
                                        ROUTE("back", R_back_about),
                                        {0}};

enum err
page_join_about(const struct visit *v, struct response *rs)
{
    struct join_view j = {.visit = v};

    return page(v, rs, FRAME_join_about, &j);
}

static enum err
join_after(const struct visit *v, struct response *rs, const struct outcome *o)
{
    struct action ways[] = {
        {word(v, WORD_join_already_words), route(v, R_me_words)},
        {word(v, WORD_join_already_me), route(v, R_me)},
    };

    if (o->is_repeat)
        return page_note(v, rs, word(v, WORD_join_already_heading),
                         word(v, WORD_join_already), ways, 2);
    return words_page(v, rs, FRAME_joined, o);
}

enum err
page_join(const struct visit *v, struct response *rs)
{
    return visit_change(v, rs, join_after, CHANGE_JOIN, .text = v->input);
}
