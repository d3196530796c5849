/* All drafts, and the pages on which one of them is decided about. */
#include "base/text.h"
#include "pages/draft.h"

#define DRAFT_LABEL 60 /* bytes of its text that name an untitled draft */

static enum word_id
list_word(enum draft_aim aim)
{
    switch (aim) {
    case AIM_THREAD:
        return WORD_drafts_thread;
    case AIM_REPLY:
        return WORD_drafts_reply;
    case AIM_EDIT:
        return WORD_drafts_edit;
    case AIM_COMMUNITY:
        return WORD_drafts_community;
    case AIM_RULES:
        return WORD_drafts_rules;
    case AIM_ELSEWHERE:
        return WORD_drafts_elsewhere;
    case AIM_PAGE:
        return WORD_drafts_page;
    }
    return WORD_drafts_thread;
}

/* The title, else how the text begins. */
static void
say_label(struct gmi *g, const struct visit *v, const struct draft *d)
{
    struct rows r;

    if (d->title.n) {
        gmi_user(g, d->title);
        return;
    }
    r = draft_parts(v->rd, d->id);
    if (rows_next(&r))
        gmi_user(g, text_head(rows_text(&r, 1), DRAFT_LABEL));
    else
        gmi_say(g, word(v, WORD_drafts_empty));
    if (rows_end(&r))
        g->out->bad = r.bad;
}

static void
fill_drafts(struct gmi *g, const void *view)
{
    const struct visit *v = ((const struct draft_view *)view)->visit;
    struct rows r = draft_list(v->rd, v->who.member);
    struct draft d;
    bool is_empty = true;

    while (draft_next_all(&r, v->who.tag, &d)) {
        struct str where = d.thread_title.n && d.aim != AIM_PAGE
                               ? d.thread_title
                               : d.community_name;

        is_empty = false;
        gmi_link(g, route(v, R_draft, .id = d.id));
        say_label(g, v, &d);
        gmi_say(g, LIT(" ("));
        gmi_say(g, word(v, list_word(d.aim)));
        if (where.n) {
            gmi_say(g, LIT(" "));
            gmi_say(g, word(v, WORD_drafts_in));
            gmi_say(g, LIT(" "));
            gmi_user(g, where);
        }
        gmi_say(g, LIT(", "));
        line_date(g, v, d.changed_at);
        gmi_say(g, LIT(")"));
    }
    if (rows_end(&r))
        g->out->bad = r.bad;
    if (is_empty) {
        gmi_text(g);
        gmi_say(g, word(v, WORD_drafts_none));
    }
}

const struct hole holes_drafts[] = {LINES("drafts", fill_drafts), {0}};

enum err
page_drafts(const struct visit *v, struct response *rs)
{
    struct draft_view d = {.visit = v};

    return page(v, rs, FRAME_drafts, &d);
}

static void
fill_now(struct gmi *g, const void *view)
{
    const struct visit *v = ((const struct draft_view *)view)->visit;

    if (v->draft->community)
        gmi_user(g, v->draft->community_name);
    else
        gmi_say(g, word(v, WORD_draft_nowhere));
}

static void
fill_places(struct gmi *g, const void *view)
{
    const struct visit *v = ((const struct draft_view *)view)->visit;
    struct rows r = community_mine(v->rd, v->who.member);
    struct community c;
    bool is_empty = true;

    while (community_next(&r, &c)) {
        is_empty = false;
        gmi_link(g, route(v, R_draft_put, .id = v->draft->id, .name = c.slug));
        gmi_user(g, c.name);
    }
    if (rows_end(&r))
        g->out->bad = r.bad;
    if (is_empty) {
        gmi_text(g);
        gmi_say(g, word(v, WORD_draft_no_places));
    }
}

static void
kind_link(struct gmi *g, const struct visit *v, enum thread_kind kind,
          enum word_id label)
{
    gmi_link(g, route(v, R_draft_be, .id = v->draft->id, .page = kind));
    gmi_say(g, word(v, label));
    if (v->draft->kind == kind) {
        gmi_say(g, LIT(", "));
        gmi_say(g, word(v, WORD_draft_is_now));
    }
}

static void
fill_kinds(struct gmi *g, const void *view)
{
    const struct visit *v = ((const struct draft_view *)view)->visit;

    kind_link(g, v, KIND_NOTE, WORD_draft_note);
    kind_link(g, v, KIND_QUESTION, WORD_draft_question);
}

static void
fill_text(struct gmi *g, const void *view)
{
    const struct visit *v = ((const struct draft_view *)view)->visit;
    struct str text = {0};
    enum err e = draft_text(v->rd, v->draft->id, v->mem, &text);

    if (e)
        g->out->bad = e;
    gmi_text(g);
    draft_say_title(g, v, v->draft);
    if (!gmi_user_block_head(g, text, 1000)) {
        gmi_text(g);
        gmi_say(g, word(v, WORD_draft_cut));
    }
}

static struct href
href_draft(const void *view)
{
    const struct visit *v = ((const struct draft_view *)view)->visit;

    return route(v, R_draft, .id = v->draft->id);
}

static struct href
href_delete(const void *view)
{
    const struct visit *v = ((const struct draft_view *)view)->visit;

    return route(v, R_draft_rm, .id = v->draft->id);
}

const struct hole holes_draft_where[] = {WORDS("now", fill_now),
                                         LINES("places", fill_places),
                                         HREF("draft", href_draft),
                                         {0}};

const struct hole holes_draft_kind[] = {
    LINES("kinds", fill_kinds), HREF("draft", href_draft), {0}};

const struct hole holes_draft_rm_sure[] = {LINES("text", fill_text),
                                           HREF("delete", href_delete),
                                           HREF("draft", href_draft),
                                           {0}};

static enum err
draft_page(const struct visit *v, struct response *rs, enum frame_id frame)
{
    struct draft_view d = {.visit = v};
    enum err e;

    return draft_went(v, rs, &e) ? e : page(v, rs, frame, &d);
}

static enum err
draft_choice(const struct visit *v, struct response *rs, enum frame_id frame,
             bool has_choice)
{
    if (!has_choice && v->draft->went_to == 0)
        return draft_show(v, rs, v->draft->id);
    return draft_page(v, rs, frame);
}

enum err
page_draft_where(const struct visit *v, struct response *rs)
{
    return draft_choice(v, rs, FRAME_draft_where, draft_may_move(v->draft));
}

enum err
page_draft_kind(const struct visit *v, struct response *rs)
{
    return draft_choice(v, rs, FRAME_draft_kind, v->draft->aim == AIM_THREAD);
}

enum err
page_draft_rm_sure(const struct visit *v, struct response *rs)
{
    return draft_page(v, rs, FRAME_draft_rm_sure);
}
