#include "pages/reading.h"

struct mark
mark_take(struct gmi *g)
{
    gmi_end(g);
    return (struct mark){*g, g->out->n};
}

void
mark_back(struct gmi *g, const struct mark *m)
{
    *g = m->g;
    g->out->n = m->n;
}

bool
is_acting(const struct visit *v)
{
    return v->at.is_inside && v->who.role == ROLE_MEMBER;
}

struct href
come_inside(const struct visit *v, struct at at)
{
    if (v->came_inside)
        return (struct href){0};

    at.is_inside = true;
    return route_at(v, at);
}

/* An upload goes to the same host and port by another scheme. */
struct href
address(const struct visit *v, struct at at)
{
    struct str url = route_upload(v, at, false).url;

    (void)str_cut(&url, ':'); /* titan */
    return (struct href){arena_fmt(v->mem, "gemini:%.*s", (int)url.n, url.p)};
}

void
thread_name(struct gmi *g, const struct visit *v, const struct thread *t)
{
    if (t->is_withdrawn)
        gmi_say(g, word(v, WORD_thread_withdrawn));
    else
        gmi_user(g, t->title);
}

bool
is_quiet_here(const struct visit *v, const struct thread *t)
{
    return is_acting(v) && t->me != v->who.member && t->me == t->author;
}

void
quiet_show(struct gmi *g, const struct visit *v, const struct thread *t)
{
    if (!is_quiet_here(v, t))
        return;
    gmi_text(g);
    gmi_say(g, word(v, WORD_quiet_here));
    gmi_say(g, LIT(" "));
    gmi_user(g, t->author_name);
    gmi_say(g, LIT(". "));
    gmi_say(g, word(v, WORD_quiet_here_more));
}

void
thread_kind_say(struct gmi *g, const struct visit *v, const struct thread *t)
{
    static const enum word_id kinds[KIND_COUNT] = {
        [KIND_NOTE] = WORD_kind_note,
        [KIND_QUESTION] = WORD_kind_question,
        [KIND_REVIEW] = WORD_kind_review,
        [KIND_NEED] = WORD_kind_need,
        [KIND_OFFER] = WORD_kind_offer,
        [KIND_WORKING_ON] = WORD_kind_working_on,
        [KIND_CHAT] = WORD_kind_chat,
    };

    gmi_say(g, word(v, kinds[t->kind]));
    line_state(g, v, t);
}

void
thread_place(struct gmi *g, const struct visit *v, const struct thread *t)
{
    enum room_kind room = v->community ? v->community->room : ROOM_NONE;

    if (room == ROOM_PAIR) {
        pair_lines(g, v, t);
        return;
    }
    if (room == ROOM_SELF) /* it has no page of its own */
        gmi_link(g, route(v, R_own_work));
    else
        gmi_link(g, route(v, R_community, .name = t->slug));
    gmi_say(g, word(v, WORD_thread_in));
    gmi_say(g, LIT(" "));
    gmi_user(g, t->community_name);
    gmi_say(g, LIT(" · "));
    thread_kind_say(g, v, t);
}

struct lit
openness_word(const struct visit *v, enum openness openness)
{
    static const enum word_id words[] = {
        [OPEN] = WORD_openness_open,
        [JOIN_TO_WRITE] = WORD_openness_join,
        [CLOSED] = WORD_openness_closed,
    };

    return word(v, words[openness]);
}
