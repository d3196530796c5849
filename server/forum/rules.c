#include "forum/rules.h"

static enum err
may_write(enum openness openness, bool is_participant, int64_t member)
{
    if (member == 0)
        return E_FORBIDDEN;
    if (openness == OPEN || is_participant)
        return OK;
    return openness == CLOSED ? E_NOT_FOUND : E_NOT_JOINED;
}

enum err
rules_may_write(const struct community *c, int64_t member)
{
    return may_write(c->openness, c->is_participant, member);
}

enum err
rules_may_tend(const struct community *c, int64_t member)
{
    if (member == 0)
        return E_FORBIDDEN;
    if (c->is_participant)
        return OK;
    return c->openness == CLOSED ? E_NOT_FOUND : E_NOT_JOINED;
}

enum err
rules_may_reply(const struct thread *t, int64_t member)
{
    enum err e = may_write(t->openness, t->is_participant, member);

    return e ? e : t->is_withdrawn ? E_GONE : OK;
}

enum err
rules_may_take_back(const struct post *p, int64_t member, int64_t now)
{
    enum err e = rules_may_edit(p, member);

    return e ? e : now - p->at > TAKE_BACK_SECONDS ? E_TOO_LATE : OK;
}

enum err
rules_may_edit(const struct post *p, int64_t member)
{
    if (member == 0 || p->author != member)
        return E_FORBIDDEN;
    return p->status == POST_HERE ? OK : E_GONE;
}

enum voice
rules_voice(const struct thread *t, int64_t member, int64_t now)
{
    if (member == 0 || t->is_withdrawn)
        return VOICE_NONE;
    if (t->author == member)
        return VOICE_OWN;
    return t->is_participant && now - t->author_at >= AUTHOR_AWAY ? VOICE_SHARED
                                                                  : VOICE_NONE;
}

enum err
rules_may_steward(const struct community *c, int64_t member)
{
    return member != 0 && c->is_steward ? OK : E_FORBIDDEN;
}
