/* What an operator does with the server's key (declared in issue.h). */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "certs/keep.h"

#define NOW "server"
#define NEXT "server.next"
#define BEFORE "server.before"

/* Both, belonging together. */
static enum err
both_load(const struct keep *p, struct identity *out,
          char why[static ISSUE_WHY])
{
    enum err e = keep_load(p, out, why);

    if (!e && out->key == NULL)
        e = keep_say(why, p->key, "is missing");
    else if (!e && out->cert == NULL)
        e = keep_say(why, p->cert, "is missing");
    else if (!e && X509_check_private_key(out->cert, out->key) != 1)
        e = keep_say(why, p->cert, "does not belong to that key");
    if (e)
        identity_release(out);
    return e;
}

enum err
issue_now(const char *dir, struct identity *out, char why[static ISSUE_WHY])
{
    struct keep p;
    enum err e;

    *out = (struct identity){NULL, NULL};
    e = keep_paths(dir, NOW, &p, why);
    return e ? e : both_load(&p, out, why);
}

enum err
issue_renew(const char *dir, const struct str *host, int hosts,
            struct identity *out, char why[static ISSUE_WHY])
{
    struct keep p;
    enum err e;

    *out = (struct identity){NULL, NULL};
    if ((e = keep_paths(dir, NOW, &p, why)) || (e = keep_load(&p, out, why)))
        return e;
    X509_free(out->cert);
    out->cert = NULL;
    if (out->key == NULL)
        return keep_say(why, p.key,
                        "is missing: start the server once, or put "
                        "it back from a backup");
    if ((e = keep_make(&p, host, hosts, out, why)))
        identity_release(out);
    return e;
}

enum err
issue_next(const char *dir, struct identity *out, char why[static ISSUE_WHY])
{
    struct keep p;
    enum err e;

    *out = (struct identity){NULL, NULL};
    if ((e = keep_paths(dir, NEXT, &p, why)))
        return e;
    if (access(p.key, F_OK) != 0 && access(p.cert, F_OK) != 0) {
        (void)keep_say(why, p.cert, "no key is announced");
        return E_NOT_FOUND;
    }
    return both_load(&p, out, why);
}

enum err
issue_announce(const char *dir, const struct str *host, int hosts,
               struct identity *out, char why[static ISSUE_WHY])
{
    struct keep p;
    enum err e = issue_next(dir, out, why);

    if (e != E_NOT_FOUND)
        return e;
    if ((e = keep_paths(dir, NEXT, &p, why)))
        return e;
    return keep_make(&p, host, hosts, out, why);
}

/* The file keeps its old name too, until something new gets that. */
static enum err
file_keep(const char *from, const char *to, char why[static ISSUE_WHY])
{
    if (unlink(to) != 0 && errno != ENOENT)
        return keep_say(why, to, strerror(errno));
    if (link(from, to) != 0 && errno != ENOENT)
        return keep_say(why, to, strerror(errno));
    return OK;
}

static enum err
file_move(const char *from, const char *to, char why[static ISSUE_WHY])
{
    return rename(from, to) == 0 ? OK : keep_say(why, to, strerror(errno));
}

/* A crash between the two moves leaves the new key with its certificate still
 * beside it, and the same call again ends what was begun. */
static bool
is_half_done(const struct keep *now, const struct keep *next)
{
    struct identity id = {NULL, NULL};
    struct keep mixed = *now;
    char why[ISSUE_WHY];
    bool is_half;

    memcpy(mixed.cert, next->cert, sizeof mixed.cert);
    is_half = access(next->key, F_OK) != 0 && both_load(&mixed, &id, why) == OK;
    identity_release(&id);
    return is_half;
}

static enum err
both_move(const struct keep *now, const struct keep *next,
          const struct keep *before, char why[static ISSUE_WHY])
{
    enum err e;

    if ((e = file_keep(now->key, before->key, why)) ||
        (e = file_keep(now->cert, before->cert, why)) ||
        (e = file_move(next->key, now->key, why)))
        return e;
    return file_move(next->cert, now->cert, why);
}

enum err
issue_change(const char *dir, struct identity *out, char why[static ISSUE_WHY])
{
    struct keep now, next, before;
    enum err e;

    *out = (struct identity){NULL, NULL};
    if ((e = keep_paths(dir, NOW, &now, why)) ||
        (e = keep_paths(dir, NEXT, &next, why)) ||
        (e = keep_paths(dir, BEFORE, &before, why)))
        return e;
    if (is_half_done(&now, &next)) {
        e = file_move(next.cert, now.cert, why);
    } else {
        struct identity id;

        if ((e = issue_next(dir, &id, why)))
            return e;
        identity_release(&id);
        e = both_move(&now, &next, &before, why);
    }
    if (!e && !keep_sync(dir))
        e = keep_say(why, dir, strerror(errno));
    return e ? e : both_load(&now, out, why);
}

enum err
issue_import(const char *dir, const char *key, const char *cert,
             struct identity *out, char why[static ISSUE_WHY])
{
    struct keep from = {.dir = dir}, next;
    struct identity id = {NULL, NULL};
    enum err e;

    *out = (struct identity){NULL, NULL};
    if (snprintf(from.key, sizeof from.key, "%s", key) >= PATH_MAX ||
        snprintf(from.cert, sizeof from.cert, "%s", cert) >= PATH_MAX)
        return keep_say(why, key, "the path is too long");
    if ((e = keep_paths(dir, NEXT, &next, why)))
        return e;
    if (access(next.key, F_OK) == 0 || access(next.cert, F_OK) == 0)
        return keep_say(why, next.cert,
                        "another key is announced already: remove both files "
                        "of it if it shall not come");
    if ((e = both_load(&from, &id, why)))
        return e;
    if (!(e = keep_key(&next, id.key, why)) &&
        !(e = keep_cert(&next, id.cert, why)))
        e = issue_change(dir, out, why);
    identity_release(&id);
    return e;
}
