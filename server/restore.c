/* From a backup to a data directory: all of it, or nothing. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/jail.h"
#include "manifest.h"
#include "server.h"
#include "sql.h"

enum { PATH_LENGTH = 4096 };

static enum err
say(char why[static SERVER_WHY], enum err e, const char *what,
    const char *words)
{
    (void)snprintf(why, SERVER_WHY, "%.250s: %.250s", what, words);
    return e;
}

/* from may be the path in out. */
static enum err
manifest_look(const char *from, struct manifest *m, struct server_copy *out,
              char why[static SERVER_WHY])
{
    enum err e = manifest_read(m, from, why);

    if (e)
        return e;
    if (from != out->path)
        (void)snprintf(out->path, sizeof(out->path), "%s", from);
    out->made = m->made;
    out->bytes = 0;
    out->dropped = 0;
    for (int i = 0; i < MANIFEST_FILES; i++)
        out->bytes += m->file[i].is_there ? m->file[i].size : 0;
    return OK;
}

enum err
server_verify(const char *from, struct server_copy *out,
              char why[static SERVER_WHY])
{
    struct manifest m;
    enum err e = manifest_look(from, &m, out, why);

    for (int i = 0; i < MANIFEST_FILES && !e; i++)
        if (m.file[i].is_there)
            e = manifest_verify(&m, (enum manifest_file)i, from, why);
    return e;
}

/* Missing or empty; *st is that of the directory, where it is there. */
static enum err
place_look(const char *dir, struct stat *st, bool *is_there,
           char why[static SERVER_WHY])
{
    DIR *d = opendir(dir);
    const struct dirent *entry;
    bool is_empty = true;

    *is_there = d != NULL;
    if (!d)
        return errno == ENOENT ? OK : say(why, E_IO, dir, strerror(errno));
    while ((entry = readdir(d)))
        is_empty &=
            strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0;
    if (fstat(dirfd(d), st) != 0)
        is_empty = false;
    closedir(d);
    return is_empty ? OK
                    : say(why, E_TAKEN, dir,
                          "is not empty, and nothing in it is touched: give "
                          "another --data, or move what is there away");
}

/* A directory beside the place, in our hands alone. What a broken restore left
 * in it goes. */
static enum err
stage_take(const char *stage, int *lock, char why[static SERVER_WHY])
{
    for (int i = 0; i < 2; i++) {
        if (mkdir(stage, 0700) != 0 && errno != EEXIST)
            return say(why, errno == ENOSPC ? E_FULL : E_IO, stage,
                       errno == ENOENT
                           ? "can not be made: its parent is missing"
                           : strerror(errno));
        *lock = open(stage, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (*lock < 0)
            return say(why, E_IO, stage, strerror(errno));
        if (flock(*lock, LOCK_EX | LOCK_NB) != 0)
            return say(why, E_TAKEN, stage, "another restore is under way");
        if (i == 1)
            return OK;
        if (manifest_remove(stage) != OK)
            return say(why, E_TAKEN, stage,
                       "holds what is not ours: move it away");
        close(*lock);
        *lock = -1;
    }
    return OK;
}

static enum err
files_copy(const struct manifest *want, const char *from, const char *stage,
           char why[static SERVER_WHY])
{
    struct manifest got = {.made = want->made};
    char path[PATH_LENGTH + 64];
    enum err e = OK;

    for (int i = 0; i < MANIFEST_FILES && !e; i++) {
        if (!want->file[i].is_there)
            continue;
        (void)snprintf(path, sizeof(path), "%s/%s", from,
                       manifest_name((enum manifest_file)i));
        e = manifest_copy(&got, (enum manifest_file)i, path, stage, why);
        if (!e && (got.file[i].size != want->file[i].size ||
                   strcmp(got.file[i].sha256, want->file[i].sha256) != 0))
            e = say(why, E_UNUSABLE, path,
                    "is not what the manifest says: this backup is damaged, "
                    "take another one");
    }
    return e;
}

/* Root makes it for whoever will serve from it. */
static enum err
files_give(const struct manifest *m, const char *stage, uid_t uid, gid_t gid,
           char why[static SERVER_WHY])
{
    char path[PATH_LENGTH + 64];

    for (int i = 0; i < MANIFEST_FILES; i++) {
        if (!m->file[i].is_there)
            continue;
        (void)snprintf(path, sizeof(path), "%s/%s", stage,
                       manifest_name((enum manifest_file)i));
        if (chown(path, uid, gid) != 0)
            return say(why, E_IO, path, strerror(errno));
    }
    return chown(stage, uid, gid) == 0 ? OK
                                       : say(why, E_IO, stage, strerror(errno));
}

static enum err
give(const struct config *config, const struct manifest *m, const char *stage,
     const struct stat *st, bool is_there, char why[static SERVER_WHY])
{
    char words[JAIL_WHY] = "";
    uid_t uid = is_there ? st->st_uid : geteuid();
    gid_t gid = is_there ? st->st_gid : (gid_t)-1;

    if (geteuid() != 0)
        return OK;
    if (config->user.n > 0 && jail_user_find(config->user.p, &uid, words)) {
        (void)snprintf(why, SERVER_WHY, "%s", words);
        return E_NOT_FOUND;
    }
    return files_give(m, stage, uid, gid, why);
}

/* The name is given last: a crash before leaves the place as it was. */
static enum err
name_give(const char *stage, const char *dir, char why[static SERVER_WHY])
{
    char copy[PATH_LENGTH];
    int fd = open(stage, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool is_synced = fd >= 0 && fsync(fd) == 0;

    if (fd >= 0)
        close(fd);
    if (!is_synced)
        return say(why, E_IO, stage, strerror(errno));
    if (rename(stage, dir) != 0)
        return say(why, E_IO, dir,
                   errno == EBUSY ? "is a mount point: restore into a "
                                    "directory below it"
                                  : strerror(errno));
    (void)snprintf(copy, sizeof(copy), "%s", dir);
    fd = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    is_synced = fd >= 0 && fsync(fd) == 0;
    if (fd >= 0)
        close(fd);
    return is_synced ? OK
                     : say(why, E_IO, dir,
                           "is restored, but the disk does not confirm it: "
                           "see whether it lasts");
}

static enum err
place_fill(const struct config *config, const struct manifest *m,
           const char *from, const char *dir, char why[static SERVER_WHY])
{
    char stage[PATH_LENGTH + 16];
    struct stat st;
    bool is_there;
    int lock = -1;
    enum err e = place_look(dir, &st, &is_there, why);

    if (e)
        return e;
    (void)snprintf(stage, sizeof(stage), "%s.restoring", dir);
    if ((e = stage_take(stage, &lock, why))) {
        if (lock >= 0)
            close(lock);
        return e;
    }
    if ((e = files_copy(m, from, stage, why)) ||
        (e = give(config, m, stage, &st, is_there, why)) ||
        (e = name_give(stage, dir, why)))
        (void)manifest_remove(stage); /* e is the news */
    close(lock);
    return e;
}

enum err
server_restore(const struct config *config, const char *from,
               struct server_copy *out, char why[static SERVER_WHY])
{
    char dir[PATH_LENGTH];
    struct manifest m;
    size_t n = config->data.n;
    enum err e = manifest_look(from, &m, out, why);

    if (e)
        return e;
    if (m.schema > schema_count) {
        (void)snprintf(why, SERVER_WHY,
                       "%.300s: made by a newer Understory (version %d, this "
                       "one knows %d): use the newer program",
                       from, m.schema, schema_count);
        return E_CONFLICT;
    }
    while (n > 1 && config->data.p[n - 1] == '/')
        n--;
    if (n >= PATH_LENGTH)
        return say(why, E_IO, "data", "too long a path");
    memcpy(dir, config->data.p, n);
    dir[n] = '\0';
    return place_fill(config, &m, from, dir, why);
}
