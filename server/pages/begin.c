/* A need, an offer, a review or a piece of work begins with one line, which is
 * published at once; a line that ends in + goes on in a draft. */
#include "base/text.h"
#include "forum/parts.h"
#include "pages/posted.h"

static enum err
begun_after(const struct visit *v, struct response *rs, const struct outcome *o)
{
    enum route_id to =
        v->thread && v->thread->kind == KIND_REVIEW ? R_review : R_thread;

    if (o->why || o->goes_on)
        return posted_after(v, rs, o);
    return redirect(v, rs, route(v, to, .id = o->thread));
}

static enum err
review_after(const struct visit *v, struct response *rs,
             const struct outcome *o)
{
    if (o->why || o->goes_on)
        return posted_after(v, rs, o);
    return redirect(v, rs, route(v, R_review, .id = o->thread));
}

static enum err
further_after(const struct visit *v, struct response *rs,
              const struct outcome *o)
{
    return o->why ? draft_kept(v, rs, o) : draft_prompt(v, rs, o->draft);
}

/* More than a line: all of it waits in a draft for its title. */
static enum err
long_after(const struct visit *v, struct response *rs, const struct outcome *o)
{
    struct outcome kept = *o;

    kept.why = o->why ? o->why : E_TOO_LONG;
    return draft_kept(v, rs, &kept);
}

static enum err
begin(const struct visit *v, struct response *rs, enum thread_kind kind)
{
    struct str line = str_trim(v->input);
    struct change c = {
        .aim = AIM_THREAD, .community = v->community->id, .value = (int)kind};
    bool goes_on = parts_goes_on(v->mem, &line);

    line = text_line(v->mem, line);
    if (line.n == 0 || str_eq(line, STR(".")))
        return E_EMPTY;
    if (line.n > LINE_MAX_BYTES) {
        c.kind = CHANGE_DRAFT_OPEN;
        c.text = v->input;
        return visit_change_with(v, rs, long_after, &c);
    }
    c.title = line;
    if (goes_on) {
        c.kind = CHANGE_DRAFT_OPEN;
        return visit_change_with(v, rs, further_after, &c);
    }
    c.kind = CHANGE_THREAD;
    c.text = STR(".");
    return visit_change_with(
        v, rs, kind == KIND_REVIEW ? review_after : begun_after, &c);
}

enum err
page_need(const struct visit *v, struct response *rs)
{
    return begin(v, rs, KIND_NEED);
}

enum err
page_can(const struct visit *v, struct response *rs)
{
    return begin(v, rs, KIND_OFFER);
}

enum err
page_rev(const struct visit *v, struct response *rs)
{
    return begin(v, rs, KIND_REVIEW);
}

enum err
page_doing(const struct visit *v, struct response *rs)
{
    return begin(v, rs, KIND_WORKING_ON);
}

enum err
page_own_doing(const struct visit *v, struct response *rs)
{
    return visit_change(v, rs, begun_after, CHANGE_WORK_ALONE,
                        .title = v->input, .where = word(v, WORD_work_alone).s);
}

/* One part of a review, or of a piece of work, by its claim. */
static enum err
tell(const struct visit *v, struct response *rs, enum post_claim claim)
{
    return visit_change(v, rs, begun_after, CHANGE_REPLY,
                        .thread = v->thread->id, .text = v->input,
                        .claim = claim);
}

enum err
page_rev_intended(const struct visit *v, struct response *rs)
{
    return tell(v, rs, CLAIM_INTENDED);
}

enum err
page_rev_happened(const struct visit *v, struct response *rs)
{
    return tell(v, rs, CLAIM_HAPPENED);
}

enum err
page_rev_difference(const struct visit *v, struct response *rs)
{
    return tell(v, rs, CLAIM_DIFFERENCE);
}

enum err
page_rev_next(const struct visit *v, struct response *rs)
{
    return tell(v, rs, CLAIM_NEXT);
}

enum err
page_rev_close(const struct visit *v, struct response *rs)
{
    return visit_change(v, rs, posted_after, CHANGE_CLOSE, .thread = v->at.id,
                        .text = v->input);
}

/* Others reply as usual; these are its author's own. */
static enum err
tell_own(const struct visit *v, struct response *rs, enum post_claim claim)
{
    if (v->thread->author != v->thread->me)
        return E_FORBIDDEN;
    return tell(v, rs, claim);
}

enum err
page_work_trying(const struct visit *v, struct response *rs)
{
    return tell_own(v, rs, CLAIM_TRYING);
}

enum err
page_work_stuck(const struct visit *v, struct response *rs)
{
    return tell_own(v, rs, CLAIM_STUCK);
}

enum err
page_work_learned(const struct visit *v, struct response *rs)
{
    return tell_own(v, rs, CLAIM_LEARNED);
}

/* A draft with the words of the post; where it goes and what it is called is
 * chosen there. */
enum err
page_stuck_ask(const struct visit *v, struct response *rs)
{
    int64_t place = v->community->room == ROOM_NONE ? v->community->id : 0;

    if (v->post->status != POST_HERE)
        return E_GONE;
    return visit_change(v, rs, opened_after, CHANGE_DRAFT_OPEN,
                        .aim = AIM_THREAD, .community = place,
                        .value = KIND_QUESTION, .text = v->post->text);
}
