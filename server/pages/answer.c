/* Answers to a question, what is said of them, and whether it is open. */
#include "pages/posted.h"

static enum err
worked_after(const struct visit *v, struct response *rs,
             const struct outcome *o)
{
    return draft_prompt(v, rs, o->draft);
}

/* Where and when comes first; the text goes into a draft that remembers it. */
enum err
page_answer_worked(const struct visit *v, struct response *rs)
{
    return visit_change(v, rs, worked_after, CHANGE_DRAFT_OPEN,
                        .aim = AIM_REPLY, .thread = v->thread->id,
                        .claim = CLAIM_WORKED, .where = v->input);
}

enum err
page_answer_idea(const struct visit *v, struct response *rs)
{
    return visit_change(v, rs, posted_after, CHANGE_REPLY,
                        .thread = v->thread->id, .text = v->input,
                        .claim = CLAIM_IDEA);
}

/* Its page says what became of it: it is marked, or waits for a second word,
 * or was taken back meanwhile. */
static enum err
marked_after(const struct visit *v, struct response *rs,
             const struct outcome *o)
{
    return redirect(v, rs,
                    route(v, R_post, .id = o->thread, .page = o->number));
}

static enum err
mark(const struct visit *v, struct response *rs, enum post_mark mark)
{
    return visit_change(v, rs, marked_after, CHANGE_MARK, .thread = v->at.id,
                        .number = v->at.page, .value = (int)mark);
}

enum err
page_mark(const struct visit *v, struct response *rs)
{
    return mark(v, rs, MARK_ANSWERED);
}

enum err
page_mark_partly(const struct visit *v, struct response *rs)
{
    return mark(v, rs, MARK_PARTLY);
}

enum err
page_mark_none(const struct visit *v, struct response *rs)
{
    return mark(v, rs, MARK_NONE);
}

static enum err
state_after(const struct visit *v, struct response *rs, const struct outcome *o)
{
    return redirect(v, rs, route(v, R_thread, .id = o->thread));
}

enum err
page_not_needed(const struct visit *v, struct response *rs)
{
    return visit_change(v, rs, state_after, CHANGE_NOT_NEEDED,
                        .thread = v->at.id);
}

enum err
page_needed_by(const struct visit *v, struct response *rs)
{
    return visit_change(v, rs, state_after, CHANGE_NEEDED_BY,
                        .thread = v->at.id, .text = v->input);
}

enum err
page_reopen(const struct visit *v, struct response *rs)
{
    return visit_change(v, rs, posted_after, CHANGE_REOPEN, .thread = v->at.id,
                        .text = v->input);
}
