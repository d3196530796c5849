/* What a draft says beside its text: until when something is needed, what was
 * tried, tags; how sure an answer is. */
#include "pages/draft.h"

static void
link_line(struct gmi *g, const struct visit *v, enum route_id act,
          enum word_id label)
{
    gmi_link(g, route(v, act, .id = v->draft->id));
    gmi_say(g, word(v, label));
}

/* Where the switch stands, and the other way. */
void
draft_show_quiet(struct gmi *g, const struct visit *v)
{
    const struct draft *d = v->draft;

    if ((d->kind != KIND_QUESTION && !d->is_quiet) || draft_show_asked(g, v))
        return;
    gmi_text(g);
    gmi_say(g,
            word(v, d->is_quiet ? WORD_draft_quiet_yes : WORD_draft_quiet_no));
    gmi_link(g, route(v, R_draft_quiet, .id = d->id, .page = !d->is_quiet));
    gmi_say(g, word(v, d->is_quiet ? WORD_draft_quiet_by_name
                                   : WORD_draft_quiet_ask));
}

void
draft_show_question(struct gmi *g, const struct visit *v)
{
    const struct draft *d = v->draft;

    gmi_text(g);
    gmi_say(g, word(v, d->needed_by ? WORD_draft_needed_by_set
                                    : WORD_draft_needed_by_none));
    if (d->needed_by) {
        gmi_say(g, LIT(" "));
        line_date(g, v, d->needed_by);
    }
    link_line(g, v, R_draft_needed_by,
              d->needed_by ? WORD_thread_needed_by_change
                           : WORD_thread_needed_by);
    if (d->tried.n) {
        gmi_text(g);
        gmi_say(g, word(v, WORD_post_tried));
        gmi_say(g, LIT(" "));
        gmi_user(g, d->tried);
    }
    link_line(g, v, R_draft_tried,
              d->tried.n ? WORD_draft_tried_change : WORD_draft_tried_none);
}

void
draft_show_tags(struct gmi *g, const struct visit *v)
{
    const struct draft *d = v->draft;

    if (d->tags.n) {
        gmi_text(g);
        gmi_say(g, word(v, WORD_draft_tags));
        gmi_say(g, LIT(" "));
        gmi_user(g, d->tags);
    }
    link_line(g, v, R_draft_tags,
              d->tags.n ? WORD_draft_tags_change : WORD_draft_tags_none);
}

static void
claim_link(struct gmi *g, const struct visit *v, enum post_claim claim,
           enum word_id label)
{
    if (v->draft->claim == claim)
        return;
    gmi_link(g, route(v, R_draft_claim, .id = v->draft->id, .page = claim));
    gmi_say(g, word(v, label));
}

void
draft_show_claim(struct gmi *g, const struct visit *v)
{
    const struct draft *d = v->draft;

    gmi_text(g);
    gmi_say(g, word(v, d->claim == CLAIM_WORKED ? WORD_claim_worked
                       : d->claim == CLAIM_IDEA ? WORD_claim_idea
                                                : WORD_draft_claim_none));
    if (d->claim_where.n) {
        gmi_say(g, LIT(", "));
        gmi_user(g, d->claim_where);
    }
    link_line(g, v, R_draft_worked, WORD_draft_worked);
    claim_link(g, v, CLAIM_IDEA, WORD_draft_idea);
    claim_link(g, v, CLAIM_NONE, WORD_draft_plain);
}

static enum err
wish_after(const struct visit *v, struct response *rs, const struct outcome *o)
{
    (void)o; /* once it is published, its address leads to the post */
    return draft_show(v, rs, v->at.id);
}

static enum err
wish(const struct visit *v, struct response *rs, struct change c)
{
    enum err e;

    if (draft_went(v, rs, &e))
        return e;
    c.draft = v->draft->id;
    return visit_change_with(v, rs, wish_after, &c);
}

enum err
page_draft_needed_by(const struct visit *v, struct response *rs)
{
    struct change c = {.kind = CHANGE_DRAFT_NEEDED_BY, .text = v->input};

    return wish(v, rs, c);
}

enum err
page_draft_tried(const struct visit *v, struct response *rs)
{
    struct change c = {.kind = CHANGE_DRAFT_TRIED, .text = v->input};

    return wish(v, rs, c);
}

enum err
page_draft_one(const struct visit *v, struct response *rs)
{
    struct change c = {.kind = CHANGE_DRAFT_ASK, .text = v->input};

    return wish(v, rs, c);
}

enum err
page_draft_quiet(const struct visit *v, struct response *rs)
{
    struct change c = {.kind = CHANGE_DRAFT_QUIET, .value = v->at.page == 1};

    return v->at.page > 1 ? E_NOT_FOUND : wish(v, rs, c);
}

enum err
page_draft_tags(const struct visit *v, struct response *rs)
{
    struct change c = {.kind = CHANGE_DRAFT_TAGS, .text = v->input};

    return wish(v, rs, c);
}

enum err
page_draft_worked(const struct visit *v, struct response *rs)
{
    struct change c = {
        .kind = CHANGE_DRAFT_CLAIM, .claim = CLAIM_WORKED, .where = v->input};

    return wish(v, rs, c);
}

enum err
page_draft_claim(const struct visit *v, struct response *rs)
{
    struct change c = {.kind = CHANGE_DRAFT_CLAIM};

    if (v->at.page != CLAIM_NONE && v->at.page != CLAIM_IDEA)
        return E_NOT_FOUND;
    c.claim = (enum post_claim)v->at.page;
    return wish(v, rs, c);
}
