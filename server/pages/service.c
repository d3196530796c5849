#include "pages/service.h"

#include "forum/need.h"

const struct review_part review_parts[REVIEW_PARTS] = {
    {CLAIM_INTENDED, "intended", R_rev_intended, WORD_review_intended},
    {CLAIM_HAPPENED, "happened", R_rev_happened, WORD_review_happened},
    {CLAIM_DIFFERENCE, "difference", R_rev_difference, WORD_review_difference},
    {CLAIM_NEXT, "next", R_rev_next, WORD_review_next},
};

static bool
may_reply(const struct visit *v, const struct thread *t)
{
    return is_acting(v) && rules_may_reply(t, v->who.member) == OK;
}

static void
thread_link(struct gmi *g, const struct visit *v, const struct thread *t,
            enum route_id act, enum word_id label)
{
    gmi_link(g, route(v, act, .id = t->id));
    gmi_say(g, word(v, label));
}

static void
until_say(struct gmi *g, const struct visit *v, const struct thread *t)
{
    int64_t until;
    enum err e = need_expires(v->rd, t, &until);

    if (e)
        g->out->bad = e;
    if (e || until == 0)
        return;
    gmi_text(g);
    if (t->state != STATE_OPEN) {
        gmi_say(g, word(v, WORD_need_ended));
        return;
    }
    gmi_say(g, word(v, WORD_need_lasts));
    gmi_say(g, LIT(" "));
    line_date(g, v, until);
}

static void
need_lines(struct gmi *g, const struct visit *v, const struct thread *t)
{
    bool is_need = t->kind == KIND_NEED, is_open = t->state == STATE_OPEN;

    if (t->is_withdrawn)
        return;
    until_say(g, v, t);
    if (!may_reply(v, t))
        return;
    if (t->author != t->me) {
        if (is_open)
            thread_link(g, v, t, R_reply,
                        is_need ? WORD_need_help : WORD_need_take);
        return;
    }
    thread_link(g, v, t, R_renew, is_need ? WORD_need_renew : WORD_offer_renew);
    if (!is_need && is_open)
        thread_link(g, v, t, R_not_needed, WORD_offer_end);
}

bool
review_may_close(const struct visit *v, const struct thread *t)
{
    return may_reply(v, t) && t->state == STATE_OPEN &&
           (t->is_participant || t->author == t->me);
}

static void
review_lines(struct gmi *g, const struct visit *v, const struct thread *t)
{
    thread_link(g, v, t, R_review, WORD_review_see);
    for (int i = 0; i < REVIEW_PARTS && may_reply(v, t); i++)
        thread_link(g, v, t, review_parts[i].say, review_parts[i].heading);
    if (review_may_close(v, t))
        thread_link(g, v, t, R_rev_close, WORD_review_close);
}

static void
work_lines(struct gmi *g, const struct visit *v, const struct thread *t)
{
    if (!may_reply(v, t) || t->author != t->me)
        return;
    thread_link(g, v, t, R_work_trying, WORD_work_trying);
    thread_link(g, v, t, R_work_stuck, WORD_work_stuck);
    thread_link(g, v, t, R_work_learned, WORD_work_learned);
}

void
service_lines(struct gmi *g, const struct visit *v, const struct thread *t)
{
    if (kind_expires(t->kind))
        need_lines(g, v, t);
    else if (t->kind == KIND_REVIEW)
        review_lines(g, v, t);
    else if (t->kind == KIND_WORKING_ON)
        work_lines(g, v, t);
}

void
service_post_link(struct gmi *g, const struct visit *v, const struct thread *t,
                  const struct post *p)
{
    if (t->kind != KIND_WORKING_ON || p->claim != CLAIM_STUCK ||
        p->author != v->who.member)
        return;
    gmi_link(g, route(v, R_stuck_ask, .id = p->thread, .page = p->number));
    gmi_say(g, word(v, WORD_work_ask));
}
