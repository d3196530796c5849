#include "pages/marks.h"

#include "forum/question.h"

#define QUOTED_SIZE 300 /* bytes of a marked answer at the head */
#define QUOTED_MOST 5   /* further ones are marked where they stand */

static bool
has_claim(const struct post *p)
{
    return p->status == POST_HERE && p->claim != CLAIM_NONE &&
           p->claim < CLAIM_CHAT;
}

static struct lit
claim_word(const struct visit *v, const struct post *p)
{
    static const enum word_id words[CLAIM_CHAT] = {
        [CLAIM_NONE] = WORD_claim_idea, /* is not asked for */
        [CLAIM_WORKED] = WORD_claim_worked,
        [CLAIM_IDEA] = WORD_claim_idea,
        [CLAIM_INTENDED] = WORD_claim_intended,
        [CLAIM_HAPPENED] = WORD_claim_happened,
        [CLAIM_DIFFERENCE] = WORD_claim_difference,
        [CLAIM_NEXT] = WORD_claim_next,
        [CLAIM_TRYING] = WORD_claim_trying,
        [CLAIM_STUCK] = WORD_claim_stuck,
        [CLAIM_LEARNED] = WORD_claim_learned,
    };

    return word(v, words[p->claim]);
}

static struct lit
mark_word(const struct visit *v, const struct post *p)
{
    return word(v, p->mark == MARK_ANSWERED ? WORD_mark_answered
                                            : WORD_mark_partly);
}

void
marks_say(struct gmi *g, const struct visit *v, const struct post *p)
{
    if (has_claim(p)) {
        gmi_say(g, LIT(" · "));
        gmi_say(g, claim_word(v, p));
        if (p->claim_where.n > 0) {
            gmi_say(g, LIT(", "));
            gmi_user(g, p->claim_where);
        }
    }
    if (p->mark != MARK_NONE) {
        gmi_say(g, LIT(" · "));
        gmi_say(g, mark_word(v, p));
    }
}

struct str
marks_text(const struct visit *v, struct arena *mem, const struct post *p)
{
    struct str claim = STR(""), where = p->claim_where, mark = STR("");

    if (has_claim(p)) {
        struct str s = claim_word(v, p).s;

        claim = arena_fmt(mem, " · %.*s%s%.*s", (int)s.n, s.p,
                          where.n > 0 ? ", " : "", (int)where.n,
                          where.n > 0 ? where.p : "");
    }
    if (p->mark != MARK_NONE) {
        struct str s = mark_word(v, p).s;

        mark = arena_fmt(mem, " · %.*s", (int)s.n, s.p);
    }
    return arena_fmt(mem, "%.*s%.*s", (int)claim.n, claim.p, (int)mark.n,
                     mark.p);
}

void
marks_tried(struct gmi *g, const struct visit *v, const struct thread *t)
{
    if (t->tried.n == 0 || t->is_withdrawn)
        return;
    gmi_text(g);
    gmi_say(g, word(v, WORD_post_tried));
    gmi_say(g, LIT(" "));
    gmi_user(g, t->tried);
}

enum err
marks_quote(struct gmi *g, const struct visit *v, const struct thread *t)
{
    struct rows r;
    struct post p;

    if (t->kind != KIND_QUESTION)
        return OK;
    r = post_marked(v->rd, t->id);
    for (int i = 0; i < QUOTED_MOST && post_next(&r, &p); i++) {
        gmi_link(g, route(v, R_post, .id = p.thread, .page = p.number));
        gmi_say(g, word(v, p.mark == MARK_ANSWERED ? WORD_marked_answered
                                                   : WORD_marked_partly));
        gmi_say(g, LIT(" "));
        post_by_name(g, v, &p);
        p.mark = MARK_NONE; /* has just been said */
        marks_say(g, v, &p);
        post_quote(g, &p, QUOTED_SIZE);
    }
    return rows_end(&r);
}

static bool
may_answer(const struct visit *v, const struct thread *t)
{
    return is_acting(v) && t->kind == KIND_QUESTION &&
           rules_may_reply(t, v->who.member) == OK;
}

struct href
href_worked(const struct visit *v, const struct thread *t)
{
    if (!may_answer(v, t))
        return (struct href){0};
    return route(v, R_answer_worked, .id = t->id);
}

struct href
href_idea(const struct visit *v, const struct thread *t)
{
    if (!may_answer(v, t))
        return (struct href){0};
    return route(v, R_answer_idea, .id = t->id);
}

void
marks_answer_links(struct gmi *g, const struct visit *v, const struct thread *t)
{
    if (!may_answer(v, t))
        return;
    gmi_link(g, href_worked(v, t));
    gmi_say(g, word(v, WORD_answer_worked));
    gmi_link(g, href_idea(v, t));
    gmi_say(g, word(v, WORD_answer_idea));
}

/* How far this visitor's word counts about that post. */
static enum voice
voice_on(const struct visit *v, const struct thread *t, const struct post *p)
{
    if (!is_acting(v) || t->kind != KIND_QUESTION || p->number < 2 ||
        p->status != POST_HERE)
        return VOICE_NONE;
    return rules_voice(t, t->me, v->now);
}

static void
mark_link(struct gmi *g, const struct visit *v, const struct post *p,
          enum route_id act, enum word_id label)
{
    gmi_link(g, route(v, act, .id = p->thread, .page = p->number));
    gmi_say(g, word(v, label));
}

void
marks_link(struct gmi *g, const struct visit *v, const struct thread *t,
           const struct post *p)
{
    if (voice_on(v, t, p) != VOICE_OWN)
        return;
    if (p->mark != MARK_NONE)
        mark_link(g, v, p, R_mark_none, WORD_mark_back);
    else if (p->author != t->author) /* else only on its own page */
        mark_link(g, v, p, R_mark, WORD_mark_this);
}

/* While its asker is away. */
static enum err
shared_links(struct gmi *g, const struct visit *v, const struct thread *t,
             const struct post *p)
{
    enum post_mark said;
    enum err e = question_wished(v->rd, t, p->number, t->me, &said);

    if (e)
        return e;
    gmi_text(g);
    gmi_say(g, word(v, said ? WORD_mark_waits : WORD_mark_away));
    if (said != MARK_ANSWERED && p->mark != MARK_ANSWERED)
        mark_link(g, v, p, R_mark, WORD_mark_shared);
    if (said != MARK_PARTLY && p->mark != MARK_PARTLY)
        mark_link(g, v, p, R_mark_partly, WORD_mark_shared_partly);
    return OK;
}

enum err
marks_links_rest(struct gmi *g, const struct visit *v, const struct thread *t,
                 const struct post *p)
{
    enum voice voice = voice_on(v, t, p);

    if (voice == VOICE_SHARED)
        return shared_links(g, v, t, p);
    if (voice == VOICE_NONE)
        return OK;
    if (p->mark == MARK_PARTLY ||
        (p->mark == MARK_NONE && p->author == t->author))
        mark_link(g, v, p, R_mark, WORD_mark_this);
    if (p->mark != MARK_PARTLY)
        mark_link(g, v, p, R_mark_partly, WORD_mark_this_partly);
    return OK;
}
