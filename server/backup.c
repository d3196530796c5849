/* Backups: a consistent copy of everything, in a directory of its own. */
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "manifest.h"
#include "server.h"
#include "sql.h"
#include "store/migrate.h"

enum { PATH_LENGTH = 4096, SAME_SECOND = 100 };

#define PART ".part"

static enum err
say(char why[static SERVER_WHY], enum err e, const char *what,
    const char *words)
{
    (void)snprintf(why, SERVER_WHY, "%.250s: %.250s", what, words);
    return e;
}

/* "understory-20261124T160500Z", or with "-2" behind it. */
static int
is_ours(const struct dirent *d)
{
    static const char form[] = "understory-00000000T000000Z";
    const char *name = d->d_name;
    int64_t number;

    for (size_t i = 0; form[i]; i++)
        if (form[i] == '0' ? !isdigit((unsigned char)name[i])
                           : name[i] != form[i])
            return 0;
    name += strlen(form);
    return name[0] == '\0' ||
           (name[0] == '-' && str_to_int(str_of(name + 1), &number));
}

static int
is_part(const struct dirent *d)
{
    struct dirent whole = *d;
    size_t n = strlen(d->d_name), part = strlen(PART);

    if (n <= part || strcmp(d->d_name + n - part, PART) != 0)
        return 0;
    whole.d_name[n - part] = '\0';
    return is_ours(&whole);
}

static void
names_free(struct dirent **name, int n)
{
    for (int i = 0; i < n; i++)
        free(name[i]);
    free(name);
}

/* What a crash left of a backup; the lock says that nobody makes one now. */
static void
parts_remove(const char *to)
{
    struct dirent **name = NULL;
    int n = scandir(to, &name, is_part, alphasort);
    char path[PATH_LENGTH];

    for (int i = 0; i < n; i++)
        if (snprintf(path, sizeof(path), "%s/%s", to, name[i]->d_name) <
            PATH_LENGTH)
            (void)manifest_remove(path); /* it takes room, and no harm */
    if (n >= 0)
        names_free(name, n);
}

/* Fills *out from a manifest below to. False: it is no whole backup. */
static bool
copy_look(const char *to, const char *name, struct server_copy *out)
{
    struct manifest m;
    char why[MANIFEST_WHY];

    if (snprintf(out->path, sizeof(out->path), "%s/%s", to, name) >=
            PATH_LENGTH ||
        manifest_read(&m, out->path, why))
        return false;
    out->made = m.made;
    out->bytes = 0;
    for (int i = 0; i < MANIFEST_FILES; i++)
        out->bytes += m.file[i].is_there ? m.file[i].size : 0;
    return true;
}

/* The oldest first; only what has the manifest of a backup counts. */
static int
old_remove(const char *to, int64_t keep)
{
    struct dirent **name = NULL;
    int n = scandir(to, &name, is_ours, versionsort), whole = 0, dropped = 0;
    struct server_copy copy;

    for (int i = n - 1; i >= 0; i--)
        if (copy_look(to, name[i]->d_name, &copy) && ++whole > keep)
            dropped += manifest_remove(copy.path) == OK;
    if (n >= 0)
        names_free(name, n);
    return dropped;
}

enum err
server_newest(const char *dir, struct server_copy *out)
{
    struct dirent **name = NULL;
    int n = scandir(dir, &name, is_ours, versionsort);
    bool is_found = false;

    memset(out, 0, sizeof(*out));
    for (int i = n - 1; i >= 0 && !is_found; i--)
        is_found = copy_look(dir, name[i]->d_name, out);
    if (n >= 0)
        names_free(name, n);
    return is_found ? OK : E_NOT_FOUND;
}

/* The directory of all backups, in our hands alone. */
static enum err
place_take(const char *to, int *lock, char why[static SERVER_WHY])
{
    *lock = -1;
    if (mkdir(to, 0700) != 0 && errno != EEXIST)
        return say(why, E_IO, to,
                   errno == ENOENT ? "can not be made: its parent is missing"
                                   : strerror(errno));
    *lock = open(to, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (*lock < 0)
        return say(why, E_IO, to,
                   errno == ENOTDIR ? "is not a directory" : strerror(errno));
    if (flock(*lock, LOCK_EX | LOCK_NB) == 0)
        return OK;
    return errno == EWOULDBLOCK
               ? say(why, E_TAKEN, to, "another backup is being made there")
               : say(why, E_IO, to, strerror(errno));
}

/* A free name for this second. */
static enum err
name_choose(const char *to, int64_t now, char path[static PATH_LENGTH],
            char why[static SERVER_WHY])
{
    struct arena mem;
    struct str s;
    char stamp[32] = "", suffix[16] = "";
    int n = 0, length = 0;

    arena_init(&mem, 1024);
    s = clock_stamp(&mem, now);
    for (size_t i = 0; i < s.n && n < 31; i++)
        if (s.p[i] != '-' && s.p[i] != ':')
            stamp[n++] = s.p[i];
    arena_release(&mem);
    for (int i = 1; i < SAME_SECOND; i++) {
        if (i > 1)
            (void)snprintf(suffix, sizeof(suffix), "-%d", i);
        length = snprintf(path, PATH_LENGTH, "%s/understory-%s%s", to, stamp,
                          suffix);
        if (length + (int)sizeof(PART) > PATH_LENGTH)
            return say(why, E_IO, to, "too long a path");
        if (access(path, F_OK) != 0 && errno == ENOENT)
            return OK;
    }
    return say(why, E_TAKEN, path, "is there already: try again in a second");
}

static const char *
words_of(enum err e)
{
    return e == E_FULL    ? "the disk is full: make room and try again"
           : e == E_NOMEM ? "not enough memory"
           : e == E_BUSY  ? "the database is locked by another program"
                          : "can not be read or copied; 'understory check' "
                            "says more of the database";
}

/* Opened for writing, so that nothing is left beside it when it is closed. */
static enum err
copy_check(const char *path, char why[static SERVER_WHY])
{
    struct db *db = NULL;
    enum err e = db_open(path, DB_WRITE, &sql_statements, &db);
    int64_t bad;

    if (e)
        return say(why, e, path, words_of(e));
    db_set_budget(db, 0);
    bad = db_number(db,
                    "SELECT count(*) FROM pragma_integrity_check(1) "
                    "WHERE integrity_check <> 'ok'",
                    1);
    db_close(db);
    return bad ? say(why, E_UNUSABLE, path,
                     "the database is damaged, so no backup was made: see "
                     "'understory check', or restore an older backup")
               : OK;
}

static enum err
database_copy(const struct config *config, const char *part, struct manifest *m,
              char why[static SERVER_WHY])
{
    char from[PATH_LENGTH + 64], to[PATH_LENGTH + 64];
    struct db *db = NULL;
    enum err e;

    (void)snprintf(from, sizeof(from), "%s/%s", config->data.p,
                   SERVER_DATABASE);
    (void)snprintf(to, sizeof(to), "%s/%s", part,
                   manifest_name(MANIFEST_DATABASE));
    if (access(from, R_OK) != 0)
        return say(why, E_IO, from,
                   errno == ENOENT ? "there is no database: give its --data"
                                   : strerror(errno));
    if ((e = db_open(from, DB_READ, &sql_statements, &db)))
        return say(why, e, from, words_of(e));
    m->schema = (int)db_number(db, "PRAGMA user_version", 0);
    if (m->schema < 1)
        e = say(why, E_UNUSABLE, from, "is no database of Understory");
    else if ((e = backup(db, to)))
        (void)say(why, e, from, words_of(e));
    db_close(db);
    if (!e && !(e = copy_check(to, why)))
        e = manifest_note(m, MANIFEST_DATABASE, part, why);
    return e;
}

/* Key and certificate must be there; those that were announced may be. */
static enum err
rest_copy(const struct config *config, const char *part, struct manifest *m,
          char why[static SERVER_WHY])
{
    static const struct {
        enum manifest_file file;
        bool is_needed;
    } of[] = {{MANIFEST_KEY, true},
              {MANIFEST_CERTIFICATE, true},
              {MANIFEST_NEXT_KEY, false},
              {MANIFEST_NEXT_CERTIFICATE, false}};
    const char *certs =
        config->certificates.n > 0 ? config->certificates.p : config->data.p;
    char from[PATH_LENGTH + 64];
    enum err e = OK;

    for (size_t i = 0; i < sizeof(of) / sizeof(of[0]) && !e; i++) {
        (void)snprintf(from, sizeof(from), "%s/%s", certs,
                       manifest_name(of[i].file));
        if (of[i].is_needed || access(from, F_OK) == 0)
            e = manifest_copy(m, of[i].file, from, part, why);
    }
    if (!e && config->file.n > 0)
        e = manifest_copy(m, MANIFEST_SETTINGS, config->file.p, part, why);
    return e;
}

static enum err
directory_sync(const char *path, char why[static SERVER_WHY])
{
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    enum err e =
        fd < 0 || fsync(fd) != 0 ? say(why, E_IO, path, strerror(errno)) : OK;

    if (fd >= 0)
        close(fd);
    return e;
}

/* All files in a directory that is no backup yet, and then is one. */
static enum err
backup_make(const struct config *config, const char *to,
            struct server_copy *out, char why[static SERVER_WHY])
{
    struct manifest m = {.made = clock_now()};
    char part[PATH_LENGTH + sizeof(PART)];
    enum err e = name_choose(to, m.made, out->path, why);

    if (e)
        return e;
    (void)snprintf(part, sizeof(part), "%s%s", out->path, PART);
    if (mkdir(part, 0700) != 0)
        return say(why, errno == ENOSPC ? E_FULL : E_IO, part, strerror(errno));
    if (!(e = database_copy(config, part, &m, why)) &&
        !(e = rest_copy(config, part, &m, why)) &&
        !(e = manifest_write(&m, part, why)) &&
        !(e = directory_sync(part, why)) && rename(part, out->path) != 0)
        e = say(why, E_IO, out->path, strerror(errno));
    if (e)
        (void)manifest_remove(part); /* e is the news; the next one tries too */
    return e ? e : directory_sync(to, why);
}

enum err
server_backup(const struct config *config, const char *to,
              struct server_copy *out, char why[static SERVER_WHY])
{
    int lock;
    enum err e = place_take(to, &lock, why);

    memset(out, 0, sizeof(*out));
    if (!e) {
        parts_remove(to);
        e = backup_make(config, to, out, why);
    }
    if (!e && !copy_look(to, strrchr(out->path, '/') + 1, out))
        e = say(why, E_IO, out->path, "can not be read again");
    if (!e && config->backup_keep > 0)
        out->dropped = old_remove(to, config->backup_keep);
    if (lock >= 0)
        close(lock);
    return e;
}
