/* What members do with a page: change it, find it true, doubt it, answer. */
#include "pages/kept.h"
#include "pages/posted.h"

static enum err
page_after(const struct visit *v, struct response *rs, const struct outcome *o)
{
    (void)o; /* the page shows what is so now */
    return redirect(v, rs, route(v, R_page, .id = v->at.id));
}

enum err
page_page_edit(const struct visit *v, struct response *rs)
{
    return visit_change(v, rs, opened_after, CHANGE_PAGE_EDIT,
                        .page = v->at.id);
}

enum err
page_page_edit_doubt(const struct visit *v, struct response *rs)
{
    return visit_change(v, rs, opened_after, CHANGE_PAGE_EDIT, .page = v->at.id,
                        .thing = v->at.page);
}

/* The address names the version that the text was made from, so that one that
 * came between is not lost. */
enum err
page_page_upload(const struct visit *v, struct response *rs)
{
    if (v->is_edit)
        return raw_text(rs, v->page->text);
    if (v->at.page > INT32_MAX)
        return E_NOT_FOUND;
    return visit_change(v, rs, posted_after, CHANGE_PAGE_SET, .page = v->at.id,
                        .value = (int)v->at.page, .text = v->input,
                        .is_whole = true);
}

enum err
page_page_copy(const struct visit *v, struct response *rs)
{
    return visit_change(v, rs, opened_after, CHANGE_PAGE_COPY,
                        .page = v->at.id);
}

enum err
page_page_true(const struct visit *v, struct response *rs)
{
    return visit_change(v, rs, page_after, CHANGE_PAGE_TRUE, .page = v->at.id,
                        .text = v->input);
}

enum err
page_page_doubt(const struct visit *v, struct response *rs)
{
    return visit_change(v, rs, page_after, CHANGE_PAGE_DOUBT, .page = v->at.id,
                        .text = v->input);
}

enum err
page_page_answer(const struct visit *v, struct response *rs)
{
    return visit_change(v, rs, page_after, CHANGE_PAGE_ANSWER, .page = v->at.id,
                        .thing = v->at.page, .text = v->input);
}

enum err
page_page_leave_out(const struct visit *v, struct response *rs)
{
    return visit_change(v, rs, page_after, CHANGE_PAGE_NAME, .page = v->at.id,
                        .value = 0);
}

enum err
page_page_name_me(const struct visit *v, struct response *rs)
{
    return visit_change(v, rs, page_after, CHANGE_PAGE_NAME, .page = v->at.id,
                        .value = 1);
}

/* The number of a thread says which of one's quiet names. */
enum err
page_page_leave_out_quiet(const struct visit *v, struct response *rs)
{
    return visit_change(v, rs, page_after, CHANGE_PAGE_NAME, .page = v->at.id,
                        .thread = v->at.page, .value = 0);
}

enum err
page_page_name_me_quiet(const struct visit *v, struct response *rs)
{
    return visit_change(v, rs, page_after, CHANGE_PAGE_NAME, .page = v->at.id,
                        .thread = v->at.page, .value = 1);
}

/* Where it has no room, that is said. */
static enum err
chosen_after(const struct visit *v, struct response *rs,
             const struct outcome *o)
{
    const struct action actions[] = {
        {word(v, WORD_chosen_full_own),
         route(v, R_member, .name = v->who.name)},
        {word(v, WORD_chosen_full_back), route(v, R_page, .id = v->at.id)},
    };
    bool is_chosen;
    enum err e = page_is_chosen(v->rd, v->at.id, v->who.member, &is_chosen);

    if (e)
        return e;
    if (is_chosen)
        return page_after(v, rs, o);
    return page_note(v, rs, word(v, WORD_chosen_full_heading),
                     word(v, WORD_chosen_full), actions, 2);
}

enum err
page_page_choose(const struct visit *v, struct response *rs)
{
    return visit_change(v, rs, chosen_after, CHANGE_PAGE_CHOOSE,
                        .page = v->at.id, .value = 1);
}

enum err
page_page_unchoose(const struct visit *v, struct response *rs)
{
    return visit_change(v, rs, page_after, CHANGE_PAGE_CHOOSE, .page = v->at.id,
                        .value = 0);
}
