/* One draft: what it will become, and each part above its own links. */
#include "pages/draft.h"

#define DRAFT_SHOWN (14 * 1024) /* bytes of text that fit on the page whole */
#define DRAFT_HEAD 150          /* bytes shown of a part where it is longer */

bool
draft_went(const struct visit *v, struct response *rs, enum err *e)
{
    const struct draft *d = v->draft;

    if (d->went_to == 0)
        return false;
    /* Words of a community are no post; they went to its desk. */
    if (d->went_to < -1)
        *e = redirect(v, rs, route(v, R_page, .id = WENT_TO_PAGE(d->went_to)));
    else if (d->went_to < 0)
        *e = redirect(v, rs, route(v, R_desk, .name = d->slug));
    else
        *e = redirect(v, rs,
                      route(v, R_post, .id = POST_THREAD(d->went_to),
                            .page = POST_NUMBER(d->went_to)));
    return true;
}

void
draft_say_title(struct gmi *g, const struct visit *v, const struct draft *d)
{
    bool is_of_community = d->aim == AIM_RULES || d->aim == AIM_ELSEWHERE;
    bool is_of_thread = d->thread && d->aim != AIM_PAGE;
    struct str title = is_of_thread      ? d->thread_title
                       : is_of_community ? d->community_name
                                         : d->title;

    if (title.n)
        gmi_user(g, title);
    else
        gmi_say(g, word(v, d->aim == AIM_COMMUNITY ? WORD_drafts_community
                                                   : WORD_draft_untitled));
}

static void
fill_title(struct gmi *g, const void *view)
{
    const struct visit *v = ((const struct draft_view *)view)->visit;

    draft_say_title(g, v, v->draft);
}

static enum word_id
aim_word(const struct draft *d)
{
    switch (d->aim) {
    case AIM_THREAD:
        return d->kind == KIND_QUESTION ? WORD_draft_thread_question
                                        : WORD_draft_thread_note;
    case AIM_REPLY:
        return WORD_draft_reply;
    case AIM_EDIT:
        return WORD_draft_edit;
    case AIM_COMMUNITY:
        return WORD_draft_community;
    case AIM_RULES:
        return WORD_draft_rules;
    case AIM_ELSEWHERE:
        return WORD_draft_elsewhere;
    case AIM_PAGE:
        return d->page ? WORD_draft_page_again : WORD_draft_page;
    }
    return WORD_draft_thread_note;
}

/* The thing that the draft belongs to; none for a thread or community to be. */
static struct href
aim_href(const struct visit *v, const struct draft *d)
{
    if (d->aim == AIM_RULES || d->aim == AIM_ELSEWHERE)
        return route(v, R_community, .name = d->slug);
    if (d->aim == AIM_PAGE && !d->page && !d->community)
        return (struct href){{NULL, 0}};
    if (d->aim == AIM_PAGE)
        return d->page ? route(v, R_page, .id = d->page)
                       : route(v, R_pages, .name = d->slug);
    if (d->thread && d->answers)
        return route(v, R_post, .id = d->thread, .page = d->answers);
    if (d->thread)
        return route(v, R_thread, .id = d->thread);
    return (struct href){{NULL, 0}};
}

static void
fill_aim(struct gmi *g, const void *view)
{
    const struct visit *v = ((const struct draft_view *)view)->visit;
    struct href to = aim_href(v, v->draft);

    gmi_text(g);
    gmi_say(g, word(v, aim_word(v->draft)));
    if (to.url.n == 0)
        return;
    gmi_link(g, to);
    if (v->draft->aim == AIM_PAGE && !v->draft->page)
        gmi_user(g, v->draft->community_name);
    else
        draft_say_title(g, v, v->draft);
}

static void
head_title(struct gmi *g, const struct visit *v, const struct draft *d)
{
    gmi_text(g);
    draft_say_title(g, v, d);
    gmi_link(g, route(v, R_draft_title, .id = d->id));
    gmi_say(g, word(v, d->title.n ? WORD_draft_title_change
                                  : WORD_draft_title_give));
}

static void
head_place(struct gmi *g, const struct visit *v, const struct draft *d)
{
    gmi_text(g);
    if (d->community)
        gmi_user(g, d->community_name);
    else
        gmi_say(g, word(v, WORD_draft_nowhere));
    gmi_link(g, route(v, R_draft_where, .id = d->id));
    gmi_say(g, word(v, d->community ? WORD_draft_where_change
                                    : WORD_draft_where_choose));
}

/* Title, place and kind of a thread to be, each above its link. */
static void
fill_head(struct gmi *g, const void *view)
{
    const struct visit *v = ((const struct draft_view *)view)->visit;
    const struct draft *d = v->draft;

    if (d->aim == AIM_REPLY && d->thread_kind == KIND_QUESTION)
        draft_show_claim(g, v);
    if (d->aim != AIM_THREAD && d->aim != AIM_PAGE)
        return;
    head_title(g, v, d);
    if (draft_may_move(d))
        head_place(g, v, d);
    if (d->aim == AIM_PAGE && !d->page)
        draft_show_tags(g, v);
    if (d->aim == AIM_PAGE)
        return;
    gmi_text(g);
    gmi_say(g, word(v, d->kind == KIND_QUESTION ? WORD_draft_question
                                                : WORD_draft_note));
    gmi_link(g, route(v, R_draft_kind, .id = d->id));
    gmi_say(g, word(v, WORD_draft_kind_change));
    draft_show_quiet(g, v);
    if (d->kind == KIND_QUESTION)
        draft_show_question(g, v);
    draft_show_tags(g, v);
}

static void
part_link(struct gmi *g, const struct visit *v, struct href to,
          enum word_id label, int64_t position)
{
    gmi_link(g, to);
    gmi_say(g, word(v, label));
    gmi_say(g, LIT(" "));
    gmi_int(g, position);
}

/* The part stands directly above its links, so that a client can paste it into
 * the prompt and anyone else can read it while typing. */
static void
part_show(struct gmi *g, const struct draft_view *view, int64_t position,
          struct str text)
{
    const struct visit *v = view->visit;
    int64_t id = v->draft->id;

    if (!gmi_user_block_head(g, text, view->is_long ? DRAFT_HEAD : POST_MAX)) {
        gmi_text(g);
        gmi_say(g, word(v, WORD_draft_cut));
    }
    sheet_show(g, v, position, text);
    part_link(g, v, route(v, R_draft_replace, .id = id, .page = position),
              WORD_draft_replace, position);
    if (position > 1)
        part_link(g, v, route(v, R_draft_up, .id = id, .page = position),
                  WORD_draft_up, position);
    part_link(g, v, route(v, R_draft_drop, .id = id, .page = position),
              WORD_draft_drop, position);
    gmi_blank(g);
}

static void
fill_parts(struct gmi *g, const void *view)
{
    const struct draft_view *d = view;
    struct rows r = draft_parts(d->visit->rd, d->visit->draft->id);
    bool is_empty = true;

    if (d->is_long) {
        gmi_text(g);
        gmi_say(g, word(d->visit, WORD_draft_heads));
        gmi_blank(g);
    }
    while (rows_next(&r)) {
        part_show(g, d, rows_int(&r, 0), rows_text(&r, 1));
        is_empty = false;
    }
    if (rows_end(&r))
        g->out->bad = r.bad;
    if (is_empty) {
        gmi_text(g);
        gmi_say(g, word(d->visit, WORD_draft_empty));
    }
}

static void
fill_sources(struct gmi *g, const void *view)
{
    draft_sources_show(g, ((const struct draft_view *)view)->visit);
}

static struct href
href_add(const void *view)
{
    const struct visit *v = ((const struct draft_view *)view)->visit;

    return route(v, R_draft_add, .id = v->draft->id);
}

static struct href
href_say(const void *view)
{
    const struct visit *v = ((const struct draft_view *)view)->visit;

    if (v->draft->aim != AIM_THREAD && v->draft->aim != AIM_REPLY)
        return (struct href){{NULL, 0}};
    return route(v, R_draft_say, .id = v->draft->id);
}

static struct href
upload_href(const struct visit *v, bool is_edit)
{
    return route_upload(v,
                        (struct at){.route = R_draft_upload,
                                    .is_inside = true,
                                    .id = v->draft->id},
                        is_edit);
}

static struct href
href_edit(const void *view)
{
    return upload_href(((const struct draft_view *)view)->visit, true);
}

static struct href
href_upload(const void *view)
{
    return upload_href(((const struct draft_view *)view)->visit, false);
}

static struct href
href_publish(const void *view)
{
    const struct visit *v = ((const struct draft_view *)view)->visit;

    if (v->draft->aim == AIM_COMMUNITY)
        return (struct href){{NULL, 0}};
    return route(v, R_draft_go, .id = v->draft->id);
}

static struct href
href_found(const void *view)
{
    const struct visit *v = ((const struct draft_view *)view)->visit;

    if (v->draft->aim != AIM_COMMUNITY)
        return (struct href){{NULL, 0}};
    return route(v, R_start_name, .id = v->draft->id);
}

static struct href
href_delete(const void *view)
{
    const struct visit *v = ((const struct draft_view *)view)->visit;

    return route(v, R_draft_rm_sure, .id = v->draft->id);
}

const struct hole holes_draft[] = {
    WORDS("title", fill_title),  LINES("aim", fill_aim),
    LINES("head", fill_head),    LINES("sources", fill_sources),
    LINES("parts", fill_parts),  HREF("add", href_add),
    HREF("say", href_say),       HREF("edit", href_edit),
    HREF("upload", href_upload), HREF("publish", href_publish),
    HREF("found", href_found),   HREF("delete", href_delete),
    ROUTE("drafts", R_drafts),   {0}};

enum err
page_draft(const struct visit *v, struct response *rs)
{
    struct draft_view d = {.visit = v};
    struct str text = {0};
    enum err e;

    if (draft_went(v, rs, &e))
        return e;
    if ((e = draft_text(v->rd, v->draft->id, v->mem, &text)))
        return e;
    d.is_long = text.n > DRAFT_SHOWN;
    return page(v, rs, FRAME_draft, &d);
}
