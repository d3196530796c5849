/* The inbox: a line or two for each thing, with its link, until it is
 * cleared. */
#include "base/text.h"
#include "pages/notice.h"
#include "pages/reading.h"

#define NOTICES 20
#define TEXT_MOST 300 /* bytes of what was written */

/* How each kind is told. */
static const struct way {
    enum word_id words;
    bool has_name; /* of the other, before the words */
} ways[INBOX_KINDS] = {
    [INBOX_REPLY] = {WORD_inbox_reply, true},
    [INBOX_MENTION] = {WORD_inbox_mention, true},
    [INBOX_MARKED] = {WORD_inbox_marked, false},
    [INBOX_THANKS] = {WORD_inbox_thanked, true},
    [INBOX_CAME] = {WORD_inbox_came, true},
    [INBOX_ASKED] = {WORD_inbox_asked, true},
    [INBOX_UNANSWERED] = {WORD_inbox_unanswered, false},
    [INBOX_WHAT_CAME] = {WORD_inbox_what_came, false},
    [INBOX_STILL] = {WORD_inbox_still, false},
    [INBOX_MATCH] = {WORD_inbox_match, false},
    [INBOX_KEPT] = {WORD_inbox_kept, true},
    [INBOX_DOUBT] = {WORD_inbox_doubt, true},
    [INBOX_NOTE] = {WORD_inbox_note, true},
    [INBOX_DEVICE] = {WORD_inbox_device, false},
    [INBOX_CIRCLE] = {WORD_inbox_circle, false},
};

struct inbox_view {
    const struct visit *visit;
    int64_t *newest, *older; /* shown; where there are more */
    enum err *bad;
};

/* Where a notice leads; empty where to nothing that may be read. */
static struct href
notice_href(const struct visit *v, const struct inbox_line *l)
{
    const struct notice *n = &l->notice;

    if (n->kind == INBOX_DEVICE)
        return route(v, R_me_certs);
    if (!l->is_readable)
        return (struct href){0};
    if (n->kind == INBOX_CIRCLE)
        return route(v, R_circle, .name = l->slug);
    if (n->page)
        return route(v, R_page, .id = n->page);
    return route(v, R_post, .id = POST_THREAD(n->post),
                 .page = POST_NUMBER(n->post));
}

/* What it is about stands in a place that this member left, or that closed. */
static bool
is_lost(const struct inbox_line *l)
{
    const struct notice *n = &l->notice;

    return !l->is_readable && (n->post || n->page || n->kind == INBOX_CIRCLE);
}

void
notice_say(struct gmi *g, const struct visit *v, const struct inbox_line *l)
{
    const struct way *way = &ways[l->notice.kind];

    if (is_lost(l)) {
        gmi_say(g, word(v, WORD_inbox_gone));
        return;
    }
    if (way->has_name && l->other_name.n > 0) {
        gmi_user(g, l->other_name);
        gmi_say(g, LIT(" "));
    }
    gmi_say(g, word(v, way->words));
    if (l->title.n > 0) {
        gmi_say(g, LIT(" \xc2\xb7 "));
        gmi_user(g, text_head(l->title, TEXT_MOST));
    }
}

static void
notice_head(struct gmi *g, const struct visit *v, const struct inbox_line *l)
{
    struct href to = notice_href(v, l);

    if (to.url.n > 0)
        gmi_link(g, to);
    else
        gmi_text(g);
    line_date(g, v, l->at);
    gmi_say(g, LIT(" "));
    notice_say(g, v, l);
}

/* The sentence, or the first words of the post, on one line. */
static void
notice_text(struct gmi *g, const struct visit *v, const struct inbox_line *l)
{
    bool is_post = l->notice.text.n == 0;
    struct str text = is_post ? l->post_text : l->notice.text;
    struct str head;

    if (is_lost(l))
        return;
    text = text_line(v->mem, text);
    head = is_post ? text_head(text, TEXT_MOST) : text;
    if (head.n == 0)
        return;
    gmi_quote(g);
    gmi_user(g, head);
    if (head.n < text.n)
        gmi_say(g, LIT(" ..."));
}

static void
notice_links(struct gmi *g, const struct visit *v, const struct inbox_line *l)
{
    const struct notice *n = &l->notice;

    if (n->kind == INBOX_WHAT_CAME) {
        if (l->is_readable) {
            gmi_link(g, route(v, R_came_tell, .id = POST_THREAD(n->post),
                              .page = POST_NUMBER(n->post)));
            gmi_say(g, word(v, WORD_inbox_tell));
        }
        gmi_link(g, route(v, R_me_asked, .id = 0));
        gmi_say(g, word(v, WORD_inbox_never));
    }
    if (n->kind == INBOX_UNANSWERED && l->is_readable) {
        gmi_link(g, route(v, R_widen, .id = POST_THREAD(n->post)));
        gmi_say(g, word(v, WORD_pair_widen));
    }
    if (!inbox_may_clear(l, v->now))
        return;
    gmi_link(g, route(v, R_inbox_drop, .id = l->id));
    gmi_say(g, word(v, n->kind == INBOX_MATCH || n->kind == INBOX_ASKED
                           ? WORD_inbox_pass
                           : WORD_inbox_clear_one));
}

static void
inbox_notices(struct gmi *g, const void *view)
{
    const struct inbox_view *in = view;
    const struct visit *v = in->visit;
    int64_t before = v->at.route == R_inbox_older ? v->at.id : INT64_MAX;
    struct rows r =
        inbox_list(v->rd, v->who.member, v->who.tag, before, NOTICES + 1);
    struct inbox_line l;
    int64_t last = 0;
    int shown = 0;

    while (inbox_next(&r, &l)) {
        if (shown++ == NOTICES) {
            *in->older = last;
            break;
        }
        if (shown == 1)
            *in->newest = l.id;
        last = l.id;
        if ((unsigned)l.notice.kind >= INBOX_KINDS)
            continue;
        gmi_blank(g);
        notice_head(g, v, &l);
        notice_text(g, v, &l);
        notice_links(g, v, &l);
    }
    *in->bad = rows_end(&r);
    if (shown == 0) {
        gmi_text(g);
        gmi_say(g, word(v, WORD_inbox_nothing));
    }
}

static struct href
inbox_further(const void *view)
{
    const struct inbox_view *in = view;

    if (!*in->older)
        return (struct href){0};
    return route(in->visit, R_inbox_older, .id = *in->older);
}

/* Up to the newest that is shown: what came meanwhile stays. */
static struct href
inbox_all(const void *view)
{
    const struct inbox_view *in = view;

    if (!*in->newest)
        return (struct href){0};
    return route(in->visit, R_inbox_clear, .id = *in->newest);
}

const struct hole holes_inbox[] = {LINES("notices", inbox_notices),
                                   HREF("older", inbox_further),
                                   HREF("clear", inbox_all),
                                   ROUTE("thanks", R_me_thanks),
                                   ROUTE("me", R_me),
                                   {0}};

enum err
page_inbox(const struct visit *v, struct response *rs)
{
    int64_t newest = 0, older = 0;
    enum err bad = OK, e;
    struct inbox_view view = {v, &newest, &older, &bad};

    e = page(v, rs, FRAME_inbox, &view);
    return e ? e : bad;
}

enum err
page_inbox_older(const struct visit *v, struct response *rs)
{
    return page_inbox(v, rs);
}

static enum err
cleared_after(const struct visit *v, struct response *rs,
              const struct outcome *o)
{
    (void)o; /* what is left is shown */
    return redirect(v, rs, route(v, R_inbox));
}

enum err
page_inbox_drop(const struct visit *v, struct response *rs)
{
    return visit_change(v, rs, cleared_after, CHANGE_INBOX_DROP,
                        .thing = v->at.id);
}

enum err
page_inbox_clear(const struct visit *v, struct response *rs)
{
    return visit_change(v, rs, cleared_after, CHANGE_INBOX_CLEAR,
                        .thing = v->at.id);
}
