/* What stands below a post: what came of it, thanks that are shown, and the
 * links with which one thanks and tells. */
#include "forum/came.h"
#include "forum/thanks.h"
#include "pages/reading.h"

#define CAME_IN_SLICE 3
#define CAME_ON_PAGE 10

static struct lit
came_word(const struct visit *v, enum came_kind kind)
{
    static const enum word_id words[CAME_COUNT] = {
        [CAME_WILL_TRY] = WORD_came_will_try,
        [CAME_TRIED] = WORD_came_tried,
        [CAME_WORKED] = WORD_came_worked,
        [CAME_DID_NOT] = WORD_came_did_not,
        [CAME_DIFFERENTLY] = WORD_came_differently,
        [CAME_USED_AT] = WORD_came_used_at,
    };

    return word(v, words[(unsigned)kind < CAME_COUNT ? kind : CAME_TRIED]);
}

/* "Amina, 2026-03-09, it worked" */
static void
came_head(struct gmi *g, const struct visit *v, const struct came *w)
{
    gmi_user(g, w->name);
    gmi_say(g, LIT(", "));
    line_date(g, v, w->at);
    gmi_say(g, LIT(", "));
    gmi_say(g, came_word(v, w->kind));
}

void
came_show(struct gmi *g, const struct visit *v, struct came_lines *c)
{
    struct came w;
    int shown = 0;
    /* What is told of a page is told by name. */
    int64_t me = v->thread ? v->thread->me : v->who.member;
    int64_t last = 0;

    while (came_next(&c->rows, &w)) {
        if (shown++ == c->most) {
            c->last = last;
            break;
        }
        gmi_item(g);
        came_head(g, v, &w);
        gmi_say(g, LIT(": "));
        gmi_user(g, w.text);
        last = w.id;
        if (!c->has_own_links || !is_acting(v) || w.member != me)
            continue;
        gmi_link(g, route(v, R_came_drop, .id = w.id));
        gmi_say(g, word(v, WORD_value_came_drop));
    }
    c->bad = rows_end(&c->rows);
}

void
came_link(struct gmi *g, const struct visit *v, const struct came *w)
{
    if (w->page)
        gmi_link(g, route(v, R_page, .id = w->page));
    else
        gmi_link(g, route(v, R_post, .id = POST_THREAD(w->post),
                          .page = POST_NUMBER(w->post)));
    came_head(g, v, w);
    if (w->title.n > 0) {
        gmi_say(g, LIT(" \xc2\xb7 "));
        gmi_user(g, w->title);
    }
    if (w->community_name.n > 0) {
        gmi_say(g, LIT(" \xc2\xb7 "));
        gmi_user(g, w->community_name);
    }
    gmi_quote(g);
    gmi_user(g, w->text);
}

/* Above lines of others stands a link of ours, without a host: the text of the
 * post before it can imitate anything but that. */
static void
value_came(struct gmi *g, const struct visit *v, const struct post *p,
           bool is_own_page)
{
    struct came_lines c = {
        .most = is_own_page ? CAME_ON_PAGE : CAME_IN_SLICE,
        .has_own_links = is_own_page,
    };
    struct mark before = mark_take(g);
    size_t empty;

    gmi_link(g, route(v, R_post_came, .id = p->thread, .page = p->number,
                      .name = STR("0")));
    gmi_say(g, word(v, WORD_value_came));
    empty = g->out->n;
    c.rows = came_of_post(v->rd, POST_ID(p->thread, p->number), INT64_MAX,
                          c.most + 1);
    came_show(g, v, &c);
    if (c.bad && !g->out->bad)
        g->out->bad = c.bad;
    if (g->out->n == empty)
        mark_back(g, &before);
}

static void
value_thanks(struct gmi *g, const struct visit *v, const struct post *p)
{
    struct rows r = thanks_shown(v->rd, POST_ID(p->thread, p->number));
    struct thanks h;
    enum err e;

    for (int i = 0; thanks_next(&r, &h); i++) {
        if (i == 0) {
            gmi_link(g, route(v, R_post, .id = p->thread, .page = p->number));
            gmi_say(g, word(v, WORD_value_thanks));
        }
        gmi_item(g);
        gmi_user(g, h.name);
        gmi_say(g, LIT(", "));
        line_date(g, v, h.at);
        if (h.text.n > 0) {
            gmi_say(g, LIT(": "));
            gmi_user(g, h.text);
        }
    }
    e = rows_end(&r);
    if (e && !g->out->bad)
        g->out->bad = e;
}

void
post_value(struct gmi *g, const struct visit *v, const struct post *p,
           bool is_own_page)
{
    if (p->status != POST_HERE || !p->has_value)
        return;
    value_came(g, v, p, is_own_page);
    value_thanks(g, v, p);
}

static void
thank_link(struct gmi *g, const struct visit *v, const struct thread *t,
           const struct post *p)
{
    struct thanks h;
    enum err e =
        thanks_get(v->rd, POST_ID(p->thread, p->number), t->me, v->mem, &h);

    if (!e) {
        gmi_link(g, route(v, R_thanked, .id = p->thread, .page = p->number));
        gmi_say(g, word(v, WORD_value_thanked));
        return;
    }
    gmi_link(g, route(v, R_thank, .id = p->thread, .page = p->number));
    gmi_say(g, word(v, WORD_value_thank));
    gmi_say(g, LIT(" "));
    gmi_user(g, p->author_name);
    gmi_say(g, LIT(" "));
    gmi_say(g, word(v, WORD_value_thank_only));
    gmi_say(g, LIT(" "));
    gmi_user(g, p->author_name);
    gmi_say(g, LIT(" "));
    gmi_say(g, word(v, WORD_value_thank_sees));
}

void
post_value_links(struct gmi *g, const struct visit *v, const struct thread *t,
                 const struct post *p, bool is_own_page)
{
    bool is_answer = p->number > 1 && t->kind == KIND_QUESTION;

    if (p->author == t->me || (!is_own_page && !is_answer))
        return;
    thank_link(g, v, t, p);
    gmi_link(g, route(v, R_came_tell, .id = p->thread, .page = p->number));
    gmi_say(g, word(v, WORD_value_tried));
}
