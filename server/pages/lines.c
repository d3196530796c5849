/* Lines that many pages share. */
#include "base/clock.h"
#include "base/text.h"
#include "pages/visit.h"

#define SIZE_FROM (8 * 1024) /* a link to more says how much */

/* As much of s as a link's label bears, in whole letters. */
void
line_label(struct gmi *g, struct str s)
{
    struct str head = text_head(s, LINE_LABEL_MAX);

    gmi_user(g, head);
    if (head.n < s.n)
        gmi_say(g, LIT(" ..."));
}

void
line_date(struct gmi *g, const struct visit *v, int64_t at)
{
    gmi_plain(g, clock_date(v->mem, at));
}

void
line_community(struct gmi *g, const struct visit *v, const struct community *c)
{
    gmi_link(g, route(v, R_community, .name = c->slug));
    gmi_user(g, c->name);
    if (c->purpose.n > 0 && !str_eq(c->purpose, c->name)) {
        gmi_say(g, LIT(": "));
        line_label(g, c->purpose);
    }
    if (c->openness == CLOSED) {
        gmi_say(g, LIT(" "));
        gmi_say(g, word(v, WORD_line_closed));
    }
}

void
line_state(struct gmi *g, const struct visit *v, const struct thread *t)
{
    static const enum word_id words[STATE_COUNT] = {
        [STATE_OPEN] = WORD_line_open,
        [STATE_PARTLY] = WORD_line_partly,
        [STATE_ANSWERED] = WORD_line_answered,
        [STATE_NOT_NEEDED] = WORD_line_not_needed,
    };

    if (t->state == STATE_NONE || t->is_withdrawn)
        return;
    gmi_say(g, LIT(" \xc2\xb7 "));
    gmi_say(g, word(v, words[t->state]));
    if (t->needed_by == 0 ||
        (t->state != STATE_OPEN && t->state != STATE_PARTLY))
        return;
    gmi_say(g, LIT(" \xc2\xb7 "));
    gmi_say(g, word(v, WORD_line_needed_by));
    gmi_say(g, LIT(" "));
    line_date(g, v, t->needed_by);
}

void
line_thread(struct gmi *g, const struct visit *v, const struct thread *t,
            bool with_community)
{
    gmi_link(g, route(v, R_thread, .id = t->id));
    line_date(g, v, t->last_at);
    gmi_say(g, LIT(" "));
    if (t->is_withdrawn || t->title.n == 0)
        gmi_say(g, word(v, WORD_line_withdrawn));
    else
        line_label(g, t->title);
    if (!t->is_withdrawn) {
        gmi_say(g, LIT(" \xc2\xb7 "));
        gmi_user(g, t->author_name);
    }
    if (with_community) {
        gmi_say(g, LIT(" \xc2\xb7 "));
        gmi_user(g, t->community_name);
    }
    line_state(g, v, t);
}

void
line_page(struct gmi *g, const struct visit *v, const struct page *p,
          bool with_community)
{
    gmi_link(g, route(v, R_page, .id = p->id));
    line_date(g, v, p->changed_at);
    gmi_say(g, LIT(" "));
    line_label(g, p->title);
    if (with_community) {
        gmi_say(g, LIT(" \xc2\xb7 "));
        gmi_user(g, p->community_name);
    }
}

void
line_member(struct gmi *g, const struct visit *v, struct str name)
{
    /* A quiet name, and no other, has brackets; it leads nowhere. */
    if (str_find(name, '(') >= 0)
        gmi_text(g);
    else
        gmi_link(g, route(v, R_member, .name = name));
    gmi_user(g, name);
}

static struct lit
act_word(const struct visit *v, enum act_kind kind)
{
    static const enum word_id words[] = {
        [ACT_STARTED] = WORD_act_started,
        [ACT_NAME] = WORD_act_name,
        [ACT_PURPOSE] = WORD_act_purpose,
        [ACT_RULES] = WORD_act_rules,
        [ACT_ELSEWHERE] = WORD_act_elsewhere,
        [ACT_OPENNESS] = WORD_act_openness,
        [ACT_STEWARD_ADDED] = WORD_act_steward_added,
        [ACT_STEWARD_LEFT] = WORD_act_steward_left,
        [ACT_POST_REMOVED] = WORD_act_post_removed};

    if ((size_t)kind >= sizeof(words) / sizeof(words[0]))
        return LIT("");
    return word(v, words[kind]);
}

/* Most acts keep the new words; this one the number of an openness. */
static void
act_text(struct gmi *g, const struct visit *v, const struct act *a)
{
    static const enum word_id words[] = {[OPEN] = WORD_act_open,
                                         [JOIN_TO_WRITE] = WORD_act_join,
                                         [CLOSED] = WORD_act_closed};
    int64_t n;

    gmi_say(g, LIT(": "));
    if (a->kind != ACT_OPENNESS)
        line_label(g, a->text);
    else if (str_to_int(a->text, &n) && n <= CLOSED)
        gmi_say(g, word(v, words[n]));
}

void
line_act(struct gmi *g, const struct visit *v, const struct act *a,
         bool with_community)
{
    if (a->post)
        gmi_link(g, route(v, R_post, .id = POST_THREAD(a->post),
                          .page = POST_NUMBER(a->post)));
    else
        gmi_item(g);
    line_date(g, v, a->at);
    gmi_say(g, LIT(" "));
    gmi_user(g, a->steward);
    gmi_say(g, LIT(" "));
    gmi_say(g, act_word(v, a->kind));
    if (a->about.n > 0) {
        gmi_say(g, LIT(" "));
        gmi_user(g, a->about);
    }
    if (a->text.n > 0)
        act_text(g, v, a);
    if (with_community) {
        gmi_say(g, LIT(" \xc2\xb7 "));
        gmi_user(g, a->community);
    }
}

void
line_size(struct gmi *g, const struct visit *v, size_t n)
{
    if (n <= SIZE_FROM)
        return;
    gmi_say(g, LIT(" ("));
    gmi_int(g, (int64_t)((n + 1023) / 1024));
    gmi_say(g, LIT(" "));
    gmi_say(g, word(v, WORD_line_size));
    gmi_say(g, LIT(")"));
}
