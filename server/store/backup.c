#include "store/migrate.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <unistd.h>

#include "store/inside.h"

enum { PATH_LENGTH = 4096 };

/* In one go: beside a WAL that holds up nobody, and no change of others makes
 * it start again. */
static enum err
copy_into(struct db *db, sqlite3 *to)
{
    sqlite3_backup *b = sqlite3_backup_init(to, "main", db->handle, "main");
    int code;

    if (!b)
        return db_err(sqlite3_errcode(to));
    code = sqlite3_backup_step(b, -1);
    (void)sqlite3_backup_finish(b); /* repeats what step said */
    return code == SQLITE_DONE ? OK : db_err(code);
}

static enum err
copy_to(struct db *db, const char *path)
{
    int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    sqlite3 *to = NULL;
    enum err e;

    if (fd < 0)
        return errno == ENOSPC ? E_FULL : E_IO;
    close(fd);
    e = db_err(sqlite3_open_v2(
        path, &to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL));
    if (!e) {
        sqlite3_extended_result_codes(to, 1);
        e = copy_into(db, to);
    }
    if (sqlite3_close(to) != SQLITE_OK && !e)
        e = E_IO;
    return e;
}

/* A new name is only lasting once its directory is on the disk. */
static enum err
directory_sync(const char *path)
{
    char copy[PATH_LENGTH];
    int fd;
    int bad;

    if (snprintf(copy, sizeof(copy), "%s", path) >= (int)sizeof(copy))
        return E_IO;
    fd = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return E_IO;
    bad = fsync(fd);
    close(fd);
    return bad ? E_IO : OK;
}

enum err
backup(struct db *db, const char *dest)
{
    char part[PATH_LENGTH];
    enum err e;

    if (snprintf(part, sizeof(part), "%s.part", dest) >= (int)sizeof(part))
        return E_IO;
    if (unlink(part) != 0 && errno != ENOENT)
        return E_IO;
    db->left = INT64_MAX; /* a copy is no query and has no budget */
    e = copy_to(db, part);
    if (!e && rename(part, dest) != 0)
        e = E_IO;
    if (e) {
        (void)unlink(part); /* e is the news */
        return e;
    }
    return directory_sync(dest);
}
