/* The address of a member's private feed. */
#include "base/secret.h"
#include "forum/apply.h"
#include "forum/follow.h"
#include "forum/own_feed.h"
#include "sql.h"

/* A new one in place of that which its owner saw; the old one finds nothing
 * any more. */
enum err
feed_new(struct db *db, struct change_job *cj)
{
    const struct change *c = &cj->change;
    unsigned char random[DIGEST_SIZE];
    char secret[FEED_SECRET_LENGTH];
    struct keep_up own;
    int64_t mark;
    enum err e;

    if ((e = keep_up_get(db, c->member, cj->mem, &own)) ||
        (e = feed_mark(own.feed, &mark)))
        return e;
    if (mark != c->thing) {
        cj->out.is_repeat = true;
        return OK;
    }
    if ((e = secret_random(random, sizeof(random))))
        return e;
    secret_letters(random, secret, sizeof(secret));
    return x_feed_secret(db, c->member, (struct str){secret, sizeof(secret)});
}

enum err
feed_drop(struct db *db, struct change_job *cj)
{
    return x_feed_secret_drop(db, cj->change.member);
}
