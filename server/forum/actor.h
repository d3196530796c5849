/* Who is asking: a certificate become a guest, a stranger or a member. */
#ifndef FORUM_ACTOR_H
#define FORUM_ACTOR_H

#include "base/peer.h"
#include "store/db.h"

enum role {
    ROLE_GUEST,    /* no certificate, or one outside its dates */
    ROLE_STRANGER, /* a certificate that no member has (or a retired one) */
    ROLE_MEMBER
};

struct actor {
    enum role role;
    bool is_expired;     /* a certificate came, but outside its dates */
    bool is_retired;     /* a stranger whose certificate was retired */
    int64_t member;      /* 0 unless ROLE_MEMBER */
    int64_t certificate; /* its row; 0 unless ROLE_MEMBER */
    struct str tag;      /* stands for member where they write quietly;
                          * pages/who.c fills it and barred */
    struct str barred;   /* why the operator keeps them out; p NULL: they do
                          * not. Such a one is a guest */
    struct str name;     /* the member's; lives in mem */
    struct peer peer;
};

/* By certificate or by its public key (a renewed one is the same member). */
enum err actor_find(struct db *db, const struct peer *peer, int64_t now,
                    struct arena *mem, struct actor *out);

#endif
