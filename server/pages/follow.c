/* What a member follows and mutes: to begin, to end, and the two lists with
 * the way back from each. Nobody else sees any of it. */
#include "forum/follow.h"
#include "base/text.h"
#include "pages/reading.h"

#define LINES_OF_A_PAGE 50
#define BEGINNING (-1)

/* To where one did it, which shows now what can be undone. */
static enum err
followed(const struct visit *v, struct response *rs, const struct outcome *o)
{
    (void)o;
    if (v->thread)
        return redirect(v, rs, route(v, R_thread_more, .id = v->thread->id));
    if (v->community)
        return redirect(v, rs,
                        route(v, R_community, .name = v->community->slug));
    if (str_has_prefix(str_of(route_row(v->at.route)->pattern), STR("/u/")))
        return redirect(v, rs, route(v, R_member, .name = v->at.name));
    return redirect(v, rs, route(v, R_tag, .name = v->at.name));
}

static enum err
act(const struct visit *v, struct response *rs, enum change_kind verb,
    enum follow_kind kind, int64_t thing)
{
    return visit_change_with(
        v, rs, followed,
        &(struct change){.kind = verb, .value = (int)kind, .thing = thing});
}

static enum err
act_tag(const struct visit *v, struct response *rs, enum change_kind verb)
{
    int64_t tag;
    enum err e = follow_tag(v->rd, text_fold(v->mem, v->at.name), &tag);

    return e ? e : act(v, rs, verb, FOLLOW_TAG, tag);
}

static enum err
act_member(const struct visit *v, struct response *rs, enum change_kind verb)
{
    struct member m;
    enum err e = member_by_name(v->rd, v->at.name, v->mem, &m);

    return e ? e : act(v, rs, verb, FOLLOW_MEMBER, m.id);
}

enum err
page_follow_community(const struct visit *v, struct response *rs)
{
    return act(v, rs, CHANGE_FOLLOW, FOLLOW_COMMUNITY, v->community->id);
}

enum err
page_unfollow_community(const struct visit *v, struct response *rs)
{
    return act(v, rs, CHANGE_UNFOLLOW, FOLLOW_COMMUNITY, v->community->id);
}

enum err
page_mute_community(const struct visit *v, struct response *rs)
{
    return act(v, rs, CHANGE_MUTE, FOLLOW_COMMUNITY, v->community->id);
}

enum err
page_unmute_community(const struct visit *v, struct response *rs)
{
    return act(v, rs, CHANGE_UNMUTE, FOLLOW_COMMUNITY, v->community->id);
}

enum err
page_follow_thread(const struct visit *v, struct response *rs)
{
    return act(v, rs, CHANGE_FOLLOW, FOLLOW_THREAD, v->thread->id);
}

enum err
page_unfollow_thread(const struct visit *v, struct response *rs)
{
    return act(v, rs, CHANGE_UNFOLLOW, FOLLOW_THREAD, v->thread->id);
}

enum err
page_mute_thread(const struct visit *v, struct response *rs)
{
    return act(v, rs, CHANGE_MUTE, FOLLOW_THREAD, v->thread->id);
}

enum err
page_unmute_thread(const struct visit *v, struct response *rs)
{
    return act(v, rs, CHANGE_UNMUTE, FOLLOW_THREAD, v->thread->id);
}

enum err
page_follow_tag(const struct visit *v, struct response *rs)
{
    return act_tag(v, rs, CHANGE_FOLLOW);
}

enum err
page_unfollow_tag(const struct visit *v, struct response *rs)
{
    return act_tag(v, rs, CHANGE_UNFOLLOW);
}

enum err
page_mute_tag(const struct visit *v, struct response *rs)
{
    return act_tag(v, rs, CHANGE_MUTE);
}

enum err
page_unmute_tag(const struct visit *v, struct response *rs)
{
    return act_tag(v, rs, CHANGE_UNMUTE);
}

enum err
page_mute_member(const struct visit *v, struct response *rs)
{
    return act_member(v, rs, CHANGE_MUTE);
}

enum err
page_unmute_member(const struct visit *v, struct response *rs)
{
    return act_member(v, rs, CHANGE_UNMUTE);
}

struct list_view {
    const struct visit *visit; /* first */
    bool is_mutes;
    int64_t kind, thing;   /* behind which it begins */
    struct followed *last; /* where the next page begins */
    bool *has_more;
    enum err *bad;
};

static struct href
place_href(const struct visit *v, const struct followed *f)
{
    if (!f->name.p)
        return (struct href){0};
    switch (f->kind) {
    case FOLLOW_COMMUNITY:
        return route(v, R_community, .name = f->short_name);
    case FOLLOW_THREAD:
        return route(v, R_thread, .id = f->thing);
    case FOLLOW_MEMBER:
        return route(v, R_member, .name = f->name);
    case FOLLOW_TAG:
        return route(v, R_tag, .name = f->short_name);
    }
    return (struct href){0};
}

static struct href
undo_href(const struct visit *v, const struct followed *f, bool is_mutes)
{
    switch (f->kind) {
    case FOLLOW_COMMUNITY:
        if (!f->name.p)
            break;
        return is_mutes ? route(v, R_unmute_community, .name = f->short_name)
                        : route(v, R_unfollow_community, .name = f->short_name);
    case FOLLOW_THREAD:
        if (!f->name.p)
            break;
        return is_mutes ? route(v, R_unmute_thread, .id = f->thing)
                        : route(v, R_unfollow_thread, .id = f->thing);
    case FOLLOW_TAG:
        return is_mutes ? route(v, R_unmute_tag, .name = f->short_name)
                        : route(v, R_unfollow_tag, .name = f->short_name);
    case FOLLOW_MEMBER:
        return route(v, R_unmute_member, .name = f->name);
    }
    return (struct href){0};
}

static struct lit
kind_word(const struct visit *v, enum follow_kind kind)
{
    static const enum word_id words[] = {[FOLLOW_COMMUNITY] =
                                             WORD_follow_community,
                                         [FOLLOW_THREAD] = WORD_follow_thread,
                                         [FOLLOW_TAG] = WORD_follow_tag,
                                         [FOLLOW_MEMBER] = WORD_follow_member};

    return word(v, words[kind]);
}

static void
line_show(struct gmi *g, const struct visit *v, const struct followed *f,
          bool is_mutes)
{
    struct href to = place_href(v, f), undo = undo_href(v, f, is_mutes);

    gmi_blank(g);
    if (to.url.n > 0)
        gmi_link(g, to);
    else
        gmi_text(g);
    gmi_say(g, kind_word(v, f->kind));
    gmi_say(g, LIT(" "));
    if (f->name.p)
        gmi_user(g, f->name);
    else
        gmi_say(g, word(v, WORD_follow_gone));
    if (undo.url.n == 0)
        return;
    gmi_link(g, undo);
    gmi_say(g, word(v, is_mutes ? WORD_follow_unmute : WORD_follow_end));
}

static void
fill_list(struct gmi *g, const void *view)
{
    const struct list_view *lv = view;
    const struct visit *v = lv->visit;
    struct rows r = lv->is_mutes ? mute_list(v->rd, v->who.member, lv->kind,
                                             lv->thing, LINES_OF_A_PAGE + 1)
                                 : follow_list(v->rd, v->who.member, lv->kind,
                                               lv->thing, LINES_OF_A_PAGE + 1);
    struct followed f;
    int n = 0;

    while (!*lv->has_more && followed_next(&r, &f)) {
        *lv->has_more = n == LINES_OF_A_PAGE;
        if (*lv->has_more)
            break;
        line_show(g, v, &f, lv->is_mutes);
        *lv->last = f;
        n++;
    }
    *lv->bad = rows_end(&r);
    if (n > 0)
        return;
    gmi_text(g);
    gmi_say(g, word(v, lv->is_mutes ? WORD_mutes_none : WORD_follows_none));
}

static struct href
href_more(const void *view)
{
    const struct list_view *lv = view;

    if (!*lv->has_more)
        return (struct href){0};
    return route(lv->visit, lv->is_mutes ? R_mutes_more : R_follows_more,
                 .page = (int64_t)lv->last->kind, .id = lv->last->thing);
}

static enum err
chat_get(const struct visit *v, bool *is_heard)
{
    struct keep_up own = {.hears_chat = true};
    enum err e = keep_up_get(v->rd, v->who.member, v->mem, &own);

    *is_heard = own.hears_chat;
    return e;
}

static struct href
href_chat(const struct list_view *lv, bool is_on)
{
    bool is_heard;
    enum err e = chat_get(lv->visit, &is_heard);

    if (e && !*lv->bad)
        *lv->bad = e;
    if (e || is_heard == is_on)
        return (struct href){0};
    return route(lv->visit, is_on ? R_chat_on : R_chat_off);
}

static struct href
href_chat_on(const void *view)
{
    return href_chat(view, true);
}

static struct href
href_chat_off(const void *view)
{
    return href_chat(view, false);
}

const struct hole holes_follows[] = {LINES("list", fill_list),
                                     HREF("more", href_more),
                                     HREF("chat-on", href_chat_on),
                                     HREF("chat-off", href_chat_off),
                                     ROUTE("new", R_catch_up),
                                     ROUTE("mutes", R_mutes),
                                     ROUTE("erase", R_marks_sure),
                                     ROUTE("me", R_me),
                                     {0}};

const struct hole holes_mutes[] = {LINES("list", fill_list),
                                   HREF("more", href_more),
                                   ROUTE("follows", R_follows),
                                   {0}};

static enum err
list_page(const struct visit *v, struct response *rs, bool is_mutes,
          bool is_further)
{
    struct followed last = {.kind = FOLLOW_COMMUNITY};
    bool has_more = false;
    enum err bad = OK, e;
    struct list_view view = {v,
                             is_mutes,
                             is_further ? v->at.page : BEGINNING,
                             is_further ? v->at.id : 0,
                             &last,
                             &has_more,
                             &bad};

    e = page(v, rs, is_mutes ? FRAME_mutes : FRAME_follows, &view);
    return e ? e : bad;
}

enum err
page_follows(const struct visit *v, struct response *rs)
{
    return list_page(v, rs, false, false);
}

enum err
page_follows_more(const struct visit *v, struct response *rs)
{
    return list_page(v, rs, false, true);
}

enum err
page_mutes(const struct visit *v, struct response *rs)
{
    return list_page(v, rs, true, false);
}

enum err
page_mutes_more(const struct visit *v, struct response *rs)
{
    return list_page(v, rs, true, true);
}

static enum err
to_follows(const struct visit *v, struct response *rs, const struct outcome *o)
{
    (void)o;
    return redirect(v, rs, route(v, R_follows));
}

enum err
page_marks_sure(const struct visit *v, struct response *rs)
{
    const struct action actions[] = {
        {word(v, WORD_marks_erase), route(v, R_marks_erase)},
        {word(v, WORD_marks_keep), route(v, R_follows)},
    };

    return page_note(v, rs, word(v, WORD_marks_heading),
                     word(v, WORD_marks_sure), actions, 2);
}

enum err
page_marks_erase(const struct visit *v, struct response *rs)
{
    return visit_change_with(v, rs, to_follows,
                             &(struct change){.kind = CHANGE_UNFOLLOW_ALL});
}

enum err
page_chat_on(const struct visit *v, struct response *rs)
{
    return visit_change(v, rs, to_follows, CHANGE_HEAR_CHAT, .value = 1);
}

enum err
page_chat_off(const struct visit *v, struct response *rs)
{
    return visit_change(v, rs, to_follows, CHANGE_HEAR_CHAT, .value = 0);
}
