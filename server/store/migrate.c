#include "store/migrate.h"

#include <stdio.h>

#include "base/log.h"
#include "store/inside.h"

enum { PATH_LENGTH = 4096 };

static int
version_get(struct db *db)
{
    return (int)db_number(db, "PRAGMA user_version", -1);
}

static enum err
version_set(struct db *db, int version)
{
    char sql[64];

    (void)snprintf(sql, sizeof(sql), "PRAGMA user_version = %d", version);
    return db_run(db, sql);
}

static enum err
backup_before(struct db *db, const char *path, int version)
{
    char dest[PATH_LENGTH];

    if (snprintf(dest, sizeof(dest), "%s.before-%d", path, version) >=
        (int)sizeof(dest))
        return E_IO;
    return backup(db, dest);
}

/* A step may rebuild a table that others refer to, so references are looked at
 * once, when it is through. */
static enum err
step_inside(struct db *db, const char *sql, int version)
{
    enum err e = db_run(db, sql);

    if (e)
        return e;
    if (db_number(db, "SELECT count(*) FROM pragma_foreign_key_check", -1))
        return E_BUG;
    return version_set(db, version);
}

static enum err
step_run(struct db *db, const char *sql, int version)
{
    enum err e = db_own(db, OWN_BEGIN_WRITE);

    if (e)
        return e;
    /* Another program may have been quicker. */
    e = version_get(db) == version - 1 ? step_inside(db, sql, version) : E_BUSY;
    if (e)
        log_event(LOG_ERROR, "migrate", LOG_INT("step", version),
                  LOG_Z("error", err_name(e)), LOG_Z("why", db_message(db)));
    if (!e)
        e = db_own(db, OWN_COMMIT);
    if (e && db_in_transaction(db))
        (void)db_own(db, OWN_ROLLBACK); /* e is the news */
    return e;
}

enum err
migrate(struct db *db, const char *path, const char *const *step, int steps,
        int *found)
{
    int version = version_get(db);
    bool is_new = db_number(db, "SELECT count(*) FROM sqlite_schema", -1) == 0;
    enum err e = OK;

    *found = version;
    if (version < 0)
        return E_IO;
    if (version > steps)
        return E_CONFLICT;
    if (version < steps && (e = db_run(db, "PRAGMA foreign_keys = OFF")))
        return e;
    for (; version < steps && !e; version++) {
        if (!is_new)
            e = backup_before(db, path, version + 1);
        if (!e)
            e = step_run(db, step[version], version + 1);
    }
    return e ? e : db_run(db, "PRAGMA foreign_keys = ON");
}
