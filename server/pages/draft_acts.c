/* What may be done to a draft. Each act leads back to it; once it is a post,
 * each leads there. */
#include "pages/draft.h"

static enum err
act_after(const struct visit *v, struct response *rs, const struct outcome *o)
{
    struct outcome kept = *o;

    kept.draft = o->draft ? o->draft : v->at.id;
    if (o->why)
        return draft_kept(v, rs, &kept);
    return draft_show(v, rs, v->at.id);
}

/* Text for a draft that is a post by now is kept in another one, so the change
 * is made whatever became of the draft. */
static enum err
act_text(const struct visit *v, struct response *rs, after_fn *after,
         struct change c)
{
    c.draft = v->draft->id;
    c.text = v->input;
    return visit_change_with(v, rs, after, &c);
}

static enum err
act(const struct visit *v, struct response *rs, after_fn *after,
    struct change c)
{
    enum err e;

    if (draft_went(v, rs, &e))
        return e;
    c.draft = v->draft->id;
    return visit_change_with(v, rs, after, &c);
}

enum err
page_draft_add(const struct visit *v, struct response *rs)
{
    struct change c = {.kind = CHANGE_DRAFT_ADD};

    return act_text(v, rs, act_after, c);
}

enum err
page_draft_replace(const struct visit *v, struct response *rs)
{
    struct change c = {.kind = CHANGE_DRAFT_REPLACE, .number = v->at.page};

    return act_text(v, rs, act_after, c);
}

enum err
page_draft_up(const struct visit *v, struct response *rs)
{
    struct change c = {.kind = CHANGE_DRAFT_UP, .number = v->at.page};

    return act(v, rs, act_after, c);
}

enum err
page_draft_drop(const struct visit *v, struct response *rs)
{
    struct change c = {.kind = CHANGE_DRAFT_DROP, .number = v->at.page};

    return act(v, rs, act_after, c);
}

enum err
page_draft_title(const struct visit *v, struct response *rs)
{
    struct change c = {.kind = CHANGE_DRAFT_TITLE, .text = v->input};

    return act(v, rs, act_after, c);
}

enum err
page_draft_put(const struct visit *v, struct response *rs)
{
    struct change c = {.kind = CHANGE_DRAFT_WHERE};
    struct community place;
    enum err e =
        community_get(v->rd, v->at.name, v->who.member, v->mem, &place);

    if (e)
        return e;
    c.community = place.id;
    return act(v, rs, act_after, c);
}

enum err
page_draft_be(const struct visit *v, struct response *rs)
{
    struct change c = {.kind = CHANGE_DRAFT_KIND};

    if (v->at.page != KIND_NOTE && v->at.page != KIND_QUESTION)
        return E_NOT_FOUND;
    c.value = (int)v->at.page;
    return act(v, rs, act_after, c);
}

enum err
page_draft_upload(const struct visit *v, struct response *rs)
{
    struct change c = {.kind = CHANGE_DRAFT_SET,
                       .is_whole = true,
                       .based_on = v->draft->revision};
    struct str text = {0};
    enum err e;

    if (!v->is_edit)
        return act_text(v, rs, act_after, c);
    e = draft_text(v->rd, v->draft->id, v->mem, &text);
    return e ? e : raw_text(rs, text);
}

/* Where a published draft can be read now. */
static enum err
gone_after(const struct visit *v, struct response *rs, const struct outcome *o)
{
    struct str slug = str_of(o->slug);

    if (o->why || o->goes_on)
        return posted_after(v, rs, o);
    if (o->number == 0 && o->page == 0)
        return redirect(v, rs, route(v, R_desk, .name = slug));
    if (o->number == 1 && v->draft && v->draft->aim == AIM_THREAD)
        return redirect(v, rs, route(v, R_thread, .id = o->thread));
    return posted_after(v, rs, o);
}

enum err
page_draft_go(const struct visit *v, struct response *rs)
{
    struct change c = {.kind = CHANGE_DRAFT_GO};

    if (v->draft->aim == AIM_COMMUNITY)
        return redirect(v, rs, route(v, R_start_name, .id = v->draft->id));
    return act(v, rs, gone_after, c);
}

/* To a community that was chosen just now, and published there. */
enum err
page_draft_go_in(const struct visit *v, struct response *rs)
{
    struct change c = {.kind = CHANGE_DRAFT_GO};
    struct community place;
    enum err e =
        community_get(v->rd, v->at.name, v->who.member, v->mem, &place);

    if (e)
        return e;
    c.community = place.id;
    return act(v, rs, gone_after, c);
}

enum err
page_draft_over(const struct visit *v, struct response *rs)
{
    struct change c = {.kind = CHANGE_DRAFT_OVER};

    if (v->at.page > INT32_MAX)
        return E_NOT_FOUND;
    c.value = (int)v->at.page;
    return act(v, rs, gone_after, c);
}

enum err
page_draft_say(const struct visit *v, struct response *rs)
{
    struct change say = {.kind = CHANGE_DRAFT_SAY};
    bool is_none = str_eq(str_trim(v->input), STR("."));

    return is_none ? page_draft_go(v, rs) : act_text(v, rs, gone_after, say);
}

static enum err
deleted_after(const struct visit *v, struct response *rs,
              const struct outcome *o)
{
    (void)o; /* the list no longer has it */
    return redirect(v, rs, route(v, R_drafts));
}

enum err
page_draft_rm(const struct visit *v, struct response *rs)
{
    struct change c = {.kind = CHANGE_DRAFT_DELETE};

    return act(v, rs, deleted_after, c);
}
