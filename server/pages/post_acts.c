/* What authors may do to their own posts: take back, edit, remove. */
#include "pages/posted.h"

struct remove_view {
    const struct visit *visit;
};

static void
fill_text(struct gmi *g, const void *view)
{
    const struct remove_view *r = view;

    if (!gmi_user_block_head(g, r->visit->post->text, 1000)) {
        gmi_text(g);
        gmi_say(g, word(r->visit, WORD_draft_cut));
    }
}

static struct href
href_remove(const void *view)
{
    const struct visit *v = ((const struct remove_view *)view)->visit;

    return route(v, R_remove, .id = v->post->thread, .page = v->post->number);
}

static struct href
href_post(const void *view)
{
    const struct visit *v = ((const struct remove_view *)view)->visit;

    return route(v, R_post, .id = v->post->thread, .page = v->post->number);
}

const struct hole holes_remove_sure[] = {LINES("text", fill_text),
                                         HREF("remove", href_remove),
                                         HREF("post", href_post),
                                         {0}};

static enum err
post_show(const struct visit *v, struct response *rs)
{
    return redirect(v, rs,
                    route(v, R_post, .id = v->at.id, .page = v->at.page));
}

/* The text went into a draft; a repeat may find that draft deleted. */
static enum err
taken_after(const struct visit *v, struct response *rs, const struct outcome *o)
{
    struct draft d;

    if (o->draft &&
        !draft_get(v->rd, o->draft, v->who.member, v->who.tag, v->mem, &d))
        return draft_show(v, rs, o->draft);
    return post_show(v, rs);
}

enum err
page_take_back(const struct visit *v, struct response *rs)
{
    return visit_change(v, rs, taken_after, CHANGE_TAKE_BACK,
                        .thread = v->at.id, .number = v->at.page);
}

enum err
page_remove_sure(const struct visit *v, struct response *rs)
{
    struct remove_view r = {.visit = v};
    enum err e = rules_may_edit(v->post, v->thread->me);

    if (e == E_GONE)
        return post_show(v, rs);
    return e ? e : page(v, rs, FRAME_remove_sure, &r);
}

enum err
page_remove(const struct visit *v, struct response *rs)
{
    return visit_change(v, rs, taken_after, CHANGE_REMOVE, .thread = v->at.id,
                        .number = v->at.page);
}

enum err
page_edit(const struct visit *v, struct response *rs)
{
    if (v->post->status != POST_HERE)
        return post_show(v, rs);
    return visit_change(v, rs, opened_after, CHANGE_DRAFT_OPEN, .aim = AIM_EDIT,
                        .thread = v->at.id, .number = v->at.page);
}

enum err
page_edit_upload(const struct visit *v, struct response *rs)
{
    if (v->is_edit)
        return raw_text(rs, v->post->text);
    /* No based_on: a text that was changed meanwhile stays as a version. */
    return visit_change(v, rs, posted_after, CHANGE_EDIT, .thread = v->at.id,
                        .number = v->at.page, .text = v->input,
                        .is_whole = true);
}

static enum err
version_after(const struct visit *v, struct response *rs,
              const struct outcome *o)
{
    (void)o; /* the list shows what is left */
    return redirect(
        v, rs, route(v, R_post_versions, .id = v->at.id, .page = v->at.page));
}

enum err
page_version_drop(const struct visit *v, struct response *rs)
{
    int64_t number;

    if (!str_to_int(v->at.name, &number) || number > INT32_MAX)
        return E_NOT_FOUND;
    return visit_change(v, rs, version_after, CHANGE_VERSION_DROP,
                        .thread = v->at.id, .number = v->at.page,
                        .value = (int)number);
}
