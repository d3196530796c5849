/* Coming back with a name and six recovery words, when no device is left. */
#include "pages/words.h"

struct back_view {
    const struct visit *visit;
};

const struct hole holes_back_about[] = {ROUTE("back", R_back),
                                        ROUTE("link", R_link_about),
                                        ROUTE("join", R_join_about),
                                        {0}};

enum err
page_back_about(const struct visit *v, struct response *rs)
{
    struct back_view b = {.visit = v};

    return page(v, rs, FRAME_back_about, &b);
}

static enum err
back_note(const struct visit *v, struct response *rs, enum word_id heading,
          enum word_id sentence)
{
    struct action ways[] = {
        {word(v, WORD_back_wait_link), route(v, R_link_about)},
        {word(v, WORD_back_about), route(v, R_back_about)},
    };

    return page_note(v, rs, word(v, heading), word(v, sentence), ways, 2);
}

/* Whether words of this member would be taken now; else the page that says
 * why not, and *is_answered. */
static enum err
back_check(const struct visit *v, struct response *rs, int64_t member,
           bool *is_answered)
{
    unsigned char salt[16];
    enum err e = member_salt(v->rd, member, v->now, salt);

    *is_answered = true;
    if (e == E_NO_TRIES)
        return back_note(v, rs, WORD_back_wait_heading, WORD_back_wait);
    if (e == E_NOT_FOUND)
        return back_note(v, rs, WORD_back_none_heading, WORD_back_none);
    *is_answered = false;
    return e;
}

enum err
page_back(const struct visit *v, struct response *rs)
{
    struct member m = {0};
    bool is_answered;
    enum err e = member_by_name(v->rd, str_trim(v->input), v->mem, &m);

    if (e == E_NOT_FOUND)
        return E_WRONG;
    if (e)
        return e;
    e = back_check(v, rs, m.id, &is_answered);
    if (e || is_answered)
        return e;
    return redirect(v, rs, route(v, R_back_words, .id = m.id));
}

static enum err
back_after(const struct visit *v, struct response *rs, const struct outcome *o)
{
    struct action ways[] = {
        {word(v, WORD_join_already_words), route(v, R_me_words)},
        {word(v, WORD_join_already_me), route(v, R_me)},
    };

    if (o->why == E_NO_TRIES)
        return back_note(v, rs, WORD_back_wait_heading, WORD_back_wait);
    if (o->why)
        return redirect(v, rs,
                        route(v, R_back_words, .id = v->at.id, .why = o->why));
    if (o->is_repeat)
        return page_note(v, rs, word(v, WORD_join_already_heading),
                         word(v, WORD_join_already), ways, 2);
    return words_page(v, rs, FRAME_recovered, o);
}

enum err
page_back_words(const struct visit *v, struct response *rs)
{
    bool is_answered;
    enum err e = back_check(v, rs, v->at.id, &is_answered);

    if (e || is_answered)
        return e;
    return visit_change(v, rs, back_after, CHANGE_RECOVER, .other = v->at.id,
                        .text = v->input);
}
