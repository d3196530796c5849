#include "forum/actor.h"

#include "base/clock.h"
#include "sql.h"

/* A certificate made just now by a device whose clock runs ahead. */
#define CLOCK_GRACE DAY

static bool
is_outside_dates(const struct peer *peer, int64_t now)
{
    return now > peer->not_after || now + CLOCK_GRACE < peer->not_before;
}

enum err
actor_find(struct db *db, const struct peer *peer, int64_t now,
           struct arena *mem, struct actor *out)
{
    struct str key = {(const char *)peer->key, sizeof(peer->key)};
    struct rows r;
    enum err e;

    *out = (struct actor){.role = ROLE_GUEST, .peer = *peer};
    if (!peer->is_there)
        return OK;
    if (is_outside_dates(peer, now)) {
        out->is_expired = true;
        return OK;
    }
    /* The same certificate has the same key, so the key alone finds both it
     * and a renewed one. */
    out->role = ROLE_STRANGER;
    r = q_actor_by_key(db, key);
    if (rows_next(&r) && !(out->is_retired = !rows_is_null(&r, 2))) {
        out->role = ROLE_MEMBER;
        out->certificate = rows_int(&r, 0);
        out->member = rows_int(&r, 1);
        out->name = arena_copy(mem, rows_text(&r, 3));
    }
    e = rows_end(&r);
    return e ? e : mem->bad;
}
