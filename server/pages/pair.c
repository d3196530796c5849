/* A question to one person first: the line on its draft, the lines at its
 * head, and the way to ask the whole community. */
#include "forum/pair.h"
#include "pages/draft.h"
#include "pages/reading.h"

bool
draft_show_asked(struct gmi *g, const struct visit *v)
{
    const struct draft *d = v->draft;
    struct pair_draft pair;
    enum err e = pair_draft_get(v->rd, d->id, v->mem, &pair);

    if (e)
        g->out->bad = e;
    if (e || d->kind != KIND_QUESTION || !d->community)
        return false;
    if (d->is_quiet) {
        gmi_text(g);
        gmi_say(g, word(v, WORD_draft_asked_quiet));
    }
    if (d->is_quiet || (!pair.may_ask && !pair.asked))
        return false;
    gmi_text(g);
    if (pair.asked) {
        gmi_say(g, word(v, WORD_draft_asked_one));
        gmi_say(g, LIT(" "));
        gmi_user(g, pair.name);
        gmi_say(g, LIT(". "));
        gmi_say(g, word(v, WORD_draft_asked_more));
    } else {
        gmi_say(g, word(v, WORD_draft_asked_all));
    }
    gmi_link(g, route(v, R_draft_one, .id = d->id));
    gmi_say(g, word(v, pair.asked ? WORD_draft_asked_change
                                  : WORD_draft_asked_first));
    return pair.asked != 0;
}

static void
pair_head(struct gmi *g, const struct visit *v, const struct thread *t,
          const struct pair *pair)
{
    bool is_asker = t->author == v->who.member;

    gmi_text(g);
    if (is_asker) {
        gmi_say(g, word(v, WORD_pair_of));
        gmi_say(g, LIT(" "));
        gmi_user(g, pair->asked_name);
        gmi_say(g, LIT(" "));
        gmi_say(g, word(v, WORD_pair_only));
    } else {
        gmi_user(g, t->author_name);
        gmi_say(g, LIT(" "));
        gmi_say(g, word(v, WORD_pair_you));
    }
    gmi_say(g, LIT(" \xc2\xb7 "));
    thread_kind_say(g, v, t);
    gmi_text(g);
    gmi_say(g, word(v, is_asker ? WORD_pair_later : WORD_pair_later_you));
    gmi_say(g, LIT(" "));
    gmi_user(g, pair->wider_name);
    gmi_say(g, LIT("."));
}

void
pair_lines(struct gmi *g, const struct visit *v, const struct thread *t)
{
    struct pair pair;
    enum err e = pair_get(v->rd, t->id, v->mem, &pair);

    if (e)
        g->out->bad = e;
    if (e)
        return;
    pair_head(g, v, t, &pair);
    if (t->author != v->who.member || !is_acting(v) || t->is_withdrawn)
        return;
    gmi_link(g, route(v, R_widen, .id = t->id));
    gmi_say(g, word(v, WORD_pair_widen));
}

static enum err
widened_after(const struct visit *v, struct response *rs,
              const struct outcome *o)
{
    return redirect(v, rs, route(v, R_thread, .id = o->thread));
}

enum err
page_widen(const struct visit *v, struct response *rs)
{
    return visit_change(v, rs, widened_after, CHANGE_WIDEN, .thread = v->at.id);
}
