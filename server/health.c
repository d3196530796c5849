/* How the machine is, for whoever runs it; nothing about people. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <event2/event.h>
#include <openssl/crypto.h>

#include "base/clock.h"
#include "server.h"
#include "sql.h"
#include "store/db.h"

enum { PATH_LENGTH = 4096 };

static enum err
say(char why[static SERVER_WHY], enum err e, const char *what,
    const char *words)
{
    (void)snprintf(why, SERVER_WHY, "%.250s: %.250s", what, words);
    return e;
}

/* 0 where there is none. */
static int64_t
size_of(const struct config *config, const char *end)
{
    char path[PATH_LENGTH + 64];
    struct stat st;

    (void)snprintf(path, sizeof(path), "%s/%s%s", config->data.p,
                   SERVER_DATABASE, end);
    return stat(path, &st) == 0 ? (int64_t)st.st_size : 0;
}

/* Whoever serves holds the lock of the directory. */
static bool
is_served(const struct config *config)
{
    char path[PATH_LENGTH + 8];
    int fd;
    bool is_held;

    (void)snprintf(path, sizeof(path), "%s/lock", config->data.p);
    if ((fd = open(path, O_RDONLY | O_CLOEXEC)) < 0)
        return false;
    is_held = flock(fd, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
    close(fd);
    return is_held;
}

enum err
server_health(const struct config *config, struct server_health *out,
              char why[static SERVER_WHY])
{
    struct server_copy copy;
    struct server_cert cert;
    struct statvfs disk;
    enum err e;

    memset(out, 0, sizeof(*out));
    if (statvfs(config->data.p, &disk) != 0)
        return say(why, E_IO, config->data.p, strerror(errno));
    if ((e = server_cert_show(config, &cert, why)))
        return e;
    out->disk_free = (int64_t)disk.f_bavail * (int64_t)disk.f_frsize;
    out->database = size_of(config, "");
    out->wal = size_of(config, "-wal");
    out->is_served = is_served(config);
    out->cert_days = (cert.not_after - clock_now()) / DAY;
    out->cert_covers_all = cert.covers_all;
    if (config->backup_to.n > 0 &&
        server_newest(config->backup_to.p, &copy) == OK) {
        out->has_backup = true;
        out->backup_hours = (clock_now() - copy.made) / HOUR;
    }
    return OK;
}

static enum err
database_open(const struct config *config, enum db_mode mode, struct db **db,
              char why[static SERVER_WHY])
{
    char path[PATH_LENGTH + 64];
    enum err e;

    (void)snprintf(path, sizeof(path), "%s/%s", config->data.p,
                   SERVER_DATABASE);
    if (access(path, mode == DB_READ ? R_OK : R_OK | W_OK) != 0)
        return say(why, E_IO, path, strerror(errno));
    if ((e = db_open(path, mode, &sql_statements, db)))
        return say(why, e, path, err_name(e));
    db_set_budget(*db, 0);
    return OK;
}

enum err
server_stats(const struct config *config, struct server_stats *out,
             char why[static SERVER_WHY])
{
    struct db *db;
    enum err e = database_open(config, DB_READ, &db, why);

    memset(out, 0, sizeof(*out));
    if (e)
        return e;
    out->schema = db_number(db, "PRAGMA user_version", -1);
    out->page_bytes = db_number(db, "PRAGMA page_size", -1);
    out->pages = db_number(db, "PRAGMA page_count", -1);
    out->pages_free = db_number(db, "PRAGMA freelist_count", -1);
    (void)snprintf(out->libraries, sizeof(out->libraries),
                   "SQLite %s, libevent %s, %s", db_version(),
                   event_get_version(), OpenSSL_version(OPENSSL_VERSION));
    db_close(db);
    out->database = size_of(config, "");
    out->wal = size_of(config, "-wal");
    out->processors = sysconf(_SC_NPROCESSORS_ONLN);
    return OK;
}

enum err
server_vacuum(const struct config *config, struct server_vacuum *out,
              char why[static SERVER_WHY])
{
    struct statvfs disk;
    struct db *db;
    int64_t need;
    enum err e;

    memset(out, 0, sizeof(*out));
    out->before = size_of(config, "");
    need = 2 * out->before;
    if (statvfs(config->data.p, &disk) != 0)
        return say(why, E_IO, config->data.p, strerror(errno));
    /* Once as the copy that it makes, once in the WAL. */
    if ((int64_t)disk.f_bavail * (int64_t)disk.f_frsize < need) {
        (void)snprintf(why, SERVER_WHY,
                       "%.250s: needs %lld bytes of free disk while it works; "
                       "make room and try again",
                       config->data.p, (long long)need);
        return E_FULL;
    }
    if ((e = database_open(config, DB_WRITE, &db, why)))
        return e;
    if ((e = db_run(db, "VACUUM")))
        (void)snprintf(why, SERVER_WHY, "%.200s: %.200s; nothing was changed",
                       config->data.p, db_message(db));
    db_close(db);
    out->after = size_of(config, "");
    return e;
}
