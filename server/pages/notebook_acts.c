/* Saving into the notebook, and what its owner does with an entry. */
#include "pages/visit.h"

static enum err
save_after(const struct visit *v, struct response *rs, const struct outcome *o)
{
    return redirect(v, rs, route(v, R_saved, .id = o->thing));
}

enum err
page_save(const struct visit *v, struct response *rs)
{
    return visit_change(v, rs, save_after, CHANGE_SAVE, .thread = v->at.id,
                        .number = v->at.page, .text = v->input);
}

enum err
page_save_post(const struct visit *v, struct response *rs)
{
    return page_save(v, rs);
}

static enum err
entry_after(const struct visit *v, struct response *rs, const struct outcome *o)
{
    (void)o; /* the entry itself shows what came of it */
    return redirect(v, rs, route(v, R_saved, .id = v->at.id));
}

enum err
page_save_page(const struct visit *v, struct response *rs)
{
    return visit_change(v, rs, save_after, CHANGE_SAVE, .page = v->at.id,
                        .text = v->input);
}

enum err
page_saved_note(const struct visit *v, struct response *rs)
{
    return visit_change(v, rs, entry_after, CHANGE_SAVED_NOTE,
                        .thing = v->at.id, .text = v->input);
}

enum err
page_saved_put(const struct visit *v, struct response *rs)
{
    return visit_change(v, rs, entry_after, CHANGE_SAVED_PUT, .thing = v->at.id,
                        .text = v->input);
}

static enum err
list_after(const struct visit *v, struct response *rs, const struct outcome *o)
{
    (void)o; /* it is gone, this time or the time before */
    return redirect(v, rs, route(v, R_notebook));
}

enum err
page_saved_drop(const struct visit *v, struct response *rs)
{
    return visit_change(v, rs, list_after, CHANGE_SAVED_DROP,
                        .thing = v->at.id);
}
