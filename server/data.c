#include "data.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/jail.h"

static enum err
say(char why[static DATA_WHY], enum err e, const char *dir, const char *words)
{
    (void)snprintf(why, DATA_WHY, "%.250s: %.250s", dir, words);
    return e;
}

/* What root makes for a user belongs to that user. */
static enum err
directory_give(const char *dir, const char *user, struct stat *st,
               char why[static DATA_WHY])
{
    char words[JAIL_WHY] = "";
    enum err e = jail_user_find(user, &st->st_uid, words);

    if (e)
        (void)snprintf(why, DATA_WHY, "%s", words);
    else if (chown(dir, st->st_uid, (gid_t)-1) != 0)
        return say(why, E_IO, dir, strerror(errno));
    return e;
}

/* Before any file is made, so that none is root's. */
static enum err
root_leave(const char *user, const struct stat *st, char why[static DATA_WHY])
{
    char words[JAIL_WHY] = "";
    enum err e = jail_user(user, st->st_uid, st->st_gid, words);

    if (e)
        (void)snprintf(why, DATA_WHY, "%s", words);
    return e;
}

static enum err
directory_make(const char *dir, const char *user, char why[static DATA_WHY])
{
    struct stat st;
    bool is_new = mkdir(dir, 0700) == 0;
    enum err e = OK;

    if (!is_new && errno == ENOENT)
        return say(why, E_IO, dir, "can not be made: its parent is missing");
    if (stat(dir, &st) != 0)
        return say(why, E_IO, dir, strerror(errno));
    if (!S_ISDIR(st.st_mode))
        return say(why, E_IO, dir, "is not a directory: give another --data");
    if (is_new && *user && geteuid() == 0)
        e = directory_give(dir, user, &st, why);
    if (e || (e = root_leave(user, &st, why)))
        return e;
    if (st.st_uid != geteuid()) {
        (void)snprintf(why, DATA_WHY,
                       "%.200s: is owned by another user (%ld, we are %ld): "
                       "start as that user, or give another --data",
                       dir, (long)st.st_uid, (long)geteuid());
        return E_FORBIDDEN;
    }
    if (access(dir, R_OK | W_OK | X_OK) != 0)
        return say(why, E_IO, dir, "can not be written: see its permissions");
    return OK;
}

enum err
data_take(const char *dir, const char *user, struct data *out,
          char why[static DATA_WHY])
{
    char path[4096];
    enum err e;

    out->lock = -1;
    if ((e = directory_make(dir, user, why)))
        return e;
    if (snprintf(path, sizeof(path), "%s/lock", dir) >= (int)sizeof(path))
        return say(why, E_IO, dir, "is too long a path");
    out->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (out->lock < 0)
        return say(why, E_IO, path, strerror(errno));
    if (flock(out->lock, LOCK_EX | LOCK_NB) == 0)
        return OK;
    e = errno == EWOULDBLOCK
            ? say(why, E_TAKEN, dir,
                  "another Understory serves from it: stop that one, or "
                  "give another --data")
            : say(why, E_IO, path, strerror(errno));
    data_release(out);
    return e;
}

void
data_release(struct data *d)
{
    if (d->lock >= 0)
        close(d->lock);
    d->lock = -1;
}
