#include "forum/site.h"

#include <string.h>

#include "base/secret.h"
#include "sql.h"
#include "store/migrate.h"

#define SECRET_KEY STR("secret")

/* The key of all action links: made once, or every saved page would lose its
 * links at each start. */
static enum err
secret_make(struct db *db)
{
    unsigned char secret[SITE_SECRET_SIZE];
    struct str value = {(const char *)secret, sizeof(secret)};
    enum err e = forum_secret(db, secret);

    if (e != E_NOT_FOUND)
        return e;
    if ((e = secret_random(secret, sizeof(secret))))
        return e;
    return x_site_add(db, SECRET_KEY, value);
}

enum err
forum_open(const char *path, struct db **out, int *version)
{
    struct db *db = NULL;
    enum err e;

    *out = NULL;
    *version = 0;
    if ((e = db_open(path, DB_WRITE, &sql_statements, &db)))
        return e;
    if ((e = migrate(db, path, schema_steps, schema_count, version)) ||
        (e = secret_make(db))) {
        db_close(db);
        return e;
    }
    *out = db;
    return OK;
}

enum err
forum_open_reader(const char *path, struct db **out)
{
    return db_open(path, DB_READ, &sql_statements, out);
}

enum err
forum_secret(struct db *db, unsigned char out[SITE_SECRET_SIZE])
{
    struct rows r = q_site_get(db, SECRET_KEY);
    bool is_there = rows_next(&r) && rows_text(&r, 0).n == SITE_SECRET_SIZE;
    enum err e;

    if (is_there)
        memcpy(out, rows_text(&r, 0).p, SITE_SECRET_SIZE);
    if ((e = rows_end(&r)))
        return e;
    return is_there ? OK : E_NOT_FOUND;
}
