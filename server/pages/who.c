/* Who asks: the certificate's member, what stands for them where they write
 * quietly, and whether the operator keeps them out. */
#include <string.h>

#include "forum/quiet.h"
#include "pages/inner.h"

static enum err
tag_make(struct visit *v)
{
    const struct site *site = v->ls->site;
    const struct str secret = {(const char *)site->secret,
                               sizeof(site->secret)};
    unsigned char digest[DIGEST_SIZE];
    enum err e = quiet_tag(secret, v->who.member, digest);

    if (e)
        return e;
    v->who.tag =
        arena_copy(v->mem, (struct str){(const char *)digest, sizeof(digest)});
    return v->mem->bad;
}

/* Whoever is kept out reads what every guest reads, and is told why. */
static enum err
bar_look(struct visit *v)
{
    struct str why;
    enum err e = bar_find(v->rd, v->who.tag, v->mem, &why);

    if (!e && why.p)
        v->who = (struct actor){.role = ROLE_GUEST,
                                .barred = why,
                                .name = STR(""),
                                .peer = v->who.peer};
    return e;
}

enum err
visit_who(struct visit *v)
{
    enum err e = actor_find(v->rd, &v->x->rq.peer, v->now, v->mem, &v->who);

    if (e || v->who.role != ROLE_MEMBER || (e = tag_make(v)))
        return e;
    return bar_look(v);
}

enum err
thread_get_mine(const struct visit *v, int64_t id, struct thread *out)
{
    enum err e = thread_get(v->rd, id, v->who.member, v->mem, out);

    return e ? e : quiet_find(v->rd, id, v->who.tag, v->who.member, &out->me);
}

bool
is_barred(const struct visit *v)
{
    return v->who.barred.p != NULL;
}
