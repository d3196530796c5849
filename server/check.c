/* What an operator's commands ask of the server's files while nobody serves:
 * make them, look at them. */
#include "server.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "certs/issue.h"
#include "data.h"
#include "forum/site.h"
#include "sql.h"

enum { PATH_LENGTH = 4096 };

static enum err
version_words(char why[static SERVER_WHY], const char *path, int version)
{
    (void)snprintf(why, SERVER_WHY,
                   "%.300s: is version %d, and this program knows %d: use the "
                   "program that made it, or 'understory init' to bring an "
                   "older one up to date",
                   path, version, schema_count);
    return E_CONFLICT;
}

enum err
server_init(const struct config *config, char why[static SERVER_WHY])
{
    const char *certs =
        config->certificates.n > 0 ? config->certificates.p : config->data.p;
    char path[PATH_LENGTH];
    struct data data;
    struct identity id = {NULL, NULL};
    struct db *db = NULL;
    char words[ISSUE_WHY] = "";
    int version = 0;
    enum err e = data_take(config->data.p, config->user.p, &data, why);

    if (e)
        return e;
    (void)snprintf(path, sizeof(path), "%s/%s", config->data.p,
                   SERVER_DATABASE);
    e = issue_server(certs, config->host.item, config->host.n, &id, words);
    if (e)
        (void)snprintf(why, SERVER_WHY, "%.500s", words);
    else if ((e = forum_open(path, &db, &version)) == E_CONFLICT)
        (void)version_words(why, path, version);
    else if (e)
        (void)snprintf(why, SERVER_WHY,
                       "%.400s: can not be made (%s, told above)", path,
                       err_name(e));
    db_close(db);
    identity_release(&id);
    data_release(&data);
    return e;
}

struct looking {
    FILE *out;
    int wrong;
};

static void
tell(void *arg, struct str sentence)
{
    struct looking *l = arg;

    fprintf(l->out, "%.*s\n", (int)sentence.n, sentence.p);
    l->wrong++;
}

static void
statements_check(struct db *db, struct looking *l)
{
    for (int i = 0; i < SQL_COUNT; i++) {
        struct rows r = rows_start(db, i);

        if (rows_end(&r) == OK)
            continue;
        fprintf(l->out, "The statement %s does not fit: %s\n",
                sql_statements.name[i], db_message(db));
        l->wrong++;
    }
}

enum err
server_check(const struct config *config, FILE *out, int *wrong,
             char why[static SERVER_WHY])
{
    struct looking l = {.out = out};
    char path[PATH_LENGTH];
    struct db *db = NULL;
    int version;
    enum err e = OK;

    (void)snprintf(path, sizeof(path), "%s/%s", config->data.p,
                   SERVER_DATABASE);
    if (access(path, R_OK) != 0 || (e = forum_open_reader(path, &db))) {
        (void)snprintf(why, SERVER_WHY,
                       "%.300s: can not be read (%s); 'understory init' makes "
                       "a new one",
                       path, e ? err_name(e) : strerror(errno));
        return e ? e : E_IO;
    }
    version = (int)db_number(db, "PRAGMA user_version", -1);
    if (version != schema_count) {
        e = version_words(why, path, version);
    } else {
        db_set_budget(db, 0);
        statements_check(db, &l);
        if (forum_check(db, tell, &l) < 0) {
            (void)snprintf(why, SERVER_WHY, "%.300s: %.200s", path,
                           db_message(db));
            e = E_IO;
        }
    }
    db_close(db);
    *wrong = l.wrong;
    return e;
}
