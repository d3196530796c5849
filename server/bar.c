/* Keeping somebody out, by a post of theirs and without learning their name. A
 * server may serve meanwhile. */
#include "server.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/text.h"
#include "forum/quiet.h"
#include "forum/words.h"
#include "sql.h"

enum { PATH_LENGTH = 4096 };

/* "12/3": post 3 of thread 12. */
static bool
post_read(struct str text, int64_t *post)
{
    struct str thread = str_cut(&text, '/');
    int64_t t, n;

    if (!str_to_int(thread, &t) || !str_to_int(text, &n) || t < 1 ||
        t > INT64_MAX >> 20 || n < 1 || n > POSTS_PER_THREAD)
        return false;
    *post = POST_ID(t, n);
    return true;
}

static enum err
open_words(char why[static SERVER_WHY], const char *path, enum err e)
{
    (void)snprintf(why, SERVER_WHY, "%.300s: can not be written (%s)", path,
                   e == E_IO && errno ? strerror(errno) : err_name(e));
    return e;
}

/* The database as this program knows it: it is not brought up to date while
 * another may serve it. */
static enum err
database_open(const struct config *config, struct db **db,
              char why[static SERVER_WHY])
{
    char path[PATH_LENGTH];
    enum err e;

    (void)snprintf(path, sizeof(path), "%s/%s", config->data.p,
                   SERVER_DATABASE);
    if (access(path, R_OK | W_OK) != 0)
        return open_words(why, path, E_IO);
    if ((e = db_open(path, DB_WRITE, &sql_statements, db)))
        return open_words(why, path, e);
    if (db_number(*db, "PRAGMA user_version", -1) == schema_count)
        return OK;
    (void)snprintf(why, SERVER_WHY,
                   "%.300s: is of another version; 'understory init' brings an "
                   "older one up to date",
                   path);
    db_close(*db);
    *db = NULL;
    return E_CONFLICT;
}

struct barring {
    int64_t post;
    struct str why; /* p NULL: lets them in again */
    bool was_barred;
};

static enum err
bar_do(struct db *db, struct barring *b)
{
    enum err e = db_run(db, "BEGIN IMMEDIATE");

    if (e)
        return e;
    e = b->why.p ? bar_author(db, b->post, b->why, clock_now())
                 : bar_lift(db, b->post, &b->was_barred);
    if (!e && !(e = db_run(db, "COMMIT")))
        return OK;
    (void)db_run(db, "ROLLBACK"); /* what failed is told; it ends with us */
    return e;
}

enum err
server_bar(const struct config *config, const char *post, const char *reason,
           char why[static SERVER_WHY])
{
    struct barring b = {.why = reason ? str_of(reason) : (struct str){NULL, 0}};
    struct db *db = NULL;
    enum err e;

    if (!post_read(str_of(post), &b.post)) {
        (void)snprintf(
            why, SERVER_WHY,
            "'%.100s' is no post; it is written as THREAD/POST, such "
            "as 12/3",
            post);
        return E_UNUSABLE;
    }
    if (reason && (b.why.n == 0 || b.why.n > LINE_MAX_BYTES ||
                   !text_is_valid(b.why) || str_find(b.why, '\n') >= 0)) {
        (void)snprintf(why, SERVER_WHY,
                       "the reason is one line of at most %d bytes of UTF-8",
                       LINE_MAX_BYTES);
        return E_UNUSABLE;
    }
    if ((e = database_open(config, &db, why)))
        return e;
    if ((e = bar_do(db, &b)))
        (void)snprintf(why, SERVER_WHY,
                       "%.100s: there is no such post, or it can not be "
                       "stored (%s); nothing was changed",
                       post, err_name(e));
    db_close(db);
    if (!e && !reason && !b.was_barred) {
        (void)snprintf(why, SERVER_WHY, "whoever wrote %.100s is not barred",
                       post);
        return E_NOT_FOUND;
    }
    return e;
}
