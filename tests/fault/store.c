/*
 * Backups and migrations while the k-th call fails: a copy appears whole or not
 * at all, a database stands before or behind a step, never inside, and the next
 * try succeeds.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "store/migrate.h"
#include "tests/fault/fail.h"
#include "tests/fault/step.h"
#include "tests/unit/scratch.h"

#define TRIES 250
#define ROWS 200

static const char *const steps[] = {
    "CREATE TABLE a (id INTEGER PRIMARY KEY, text TEXT NOT NULL);",
    /* One step, in two statements. */
    ("CREATE TABLE b (id INTEGER PRIMARY KEY, text TEXT NOT NULL);"
     "INSERT INTO b SELECT id, text || '!' FROM a; DROP TABLE a;"),
    "CREATE INDEX b_text ON b (text);",
};

static const struct statements none = {NULL, NULL, 0};

struct scene {
    void *directory;
    char *path, *copy, *part, *before;
    struct step step;
};

static struct db *
must_open(const char *path)
{
    struct db *db = NULL;

    if (db_open(path, DB_WRITE, &none, &db) == OK)
        return db;
    printf("not ok - %s can not be opened\n", path);
    exit(1);
}

/* A file that is whole, holds all rows and stands at one of two versions. */
static void
look(struct scene *s, const char *path, int least, int most)
{
    struct db *db = must_open(path);
    int64_t version = db_number(db, "PRAGMA user_version", -1);
    const char *rows = version < 2 ? "SELECT count(*) FROM a"
                                   : "SELECT count(*) FROM b WHERE "
                                     "text LIKE '%!'";

    if (version < least || version > most)
        step_wrong(&s->step, "%s: version %d", path, (int)version);
    if (db_number(db, rows, -1) != ROWS)
        step_wrong(&s->step, "%s: %d rows", path, (int)db_number(db, rows, -1));
    if (db_number(db,
                  "SELECT count(*) FROM pragma_integrity_check "
                  "WHERE integrity_check = 'ok'",
                  -1) != 1)
        step_wrong(&s->step, "%s: damaged", path);
    db_close(db);
}

static void
remove_files(const struct scene *s)
{
    const char *const all[] = {s->path, s->copy, s->part, s->before};
    static const char *const ends[] = {"",         "-wal",  "-shm",
                                       "-journal", ".part", ".part-journal"};
    char path[600];

    for (size_t i = 0; i < 4; i++)
        for (size_t n = 0; n < sizeof ends / sizeof ends[0]; n++) {
            snprintf(path, sizeof path, "%s%s", all[i], ends[n]);
            (void)unlink(path);
        }
}

/* Version 1 with its rows. */
static void
fill(const struct scene *s)
{
    struct db *db;
    int found;

    remove_files(s);
    db = must_open(s->path);
    if (migrate(db, s->path, steps, 1, &found) != OK ||
        db_run(db,
               "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 "
               "FROM n WHERE i < 200) "
               "INSERT INTO a SELECT i, printf('%400d', i) FROM n;") != OK) {
        printf("not ok - filling: %s\n", db_message(db));
        exit(1);
    }
    db_close(db);
}

static bool
backup_once(struct scene *s, int64_t k)
{
    struct db *db = must_open(s->path);
    bool has_struck;
    enum err e;

    (void)unlink(s->copy);
    fail_arm(k);
    e = backup(db, s->copy);
    has_struck = fail_disarm();
    s->step.what = fail_what();
    if (access(s->copy, F_OK) == 0)
        look(s, s->copy, 1, 1);
    else if (e == OK)
        step_wrong(&s->step, "no copy");
    if (backup(db, s->copy) != OK)
        step_wrong(&s->step, "the next one: %s", db_message(db));
    look(s, s->copy, 1, 1);
    if (access(s->part, F_OK) == 0)
        step_wrong(&s->step, "a part is left");
    db_close(db);
    look(s, s->path, 1, 1);
    return has_struck;
}

/* Opening belongs to it, as at a start. */
static enum err
migrate_to_last(struct scene *s)
{
    struct db *db;
    int found;
    enum err e = db_open(s->path, DB_WRITE, &none, &db);

    if (e)
        return e;
    e = migrate(db, s->path, steps, 3, &found);
    db_close(db);
    return e;
}

static bool
migrate_once(struct scene *s, int64_t k)
{
    bool has_struck;
    enum err e;

    fill(s);
    fail_arm(k);
    e = migrate_to_last(s);
    has_struck = fail_disarm();
    s->step.what = fail_what();
    look(s, s->path, e == OK ? 3 : 1, 3);
    if (migrate_to_last(s) != OK)
        step_wrong(&s->step, "the next one fails");
    look(s, s->path, 3, 3);
    look(s, s->before, 1, 1);
    return has_struck;
}

static int
scenario(const char *name, bool (*once)(struct scene *, int64_t))
{
    struct scene s = {.directory = NULL};

    step_begin(&s.step, name);
    if (scratch_setup(&s.directory) != 0)
        return 1;
    s.path = scratch_path(&s.directory, "forum.db");
    s.copy = scratch_path(&s.directory, "copy.db");
    s.part = scratch_path(&s.directory, "copy.db.part");
    s.before = scratch_path(&s.directory, "forum.db.before-2");
    fill(&s);
    (void)once(&s, 0);
    step_size(&s.step, fail_calls(), TRIES);
    while (step_next(&s.step, once(&s, s.step.k)))
        continue;
    (void)scratch_teardown(&s.directory);
    free(s.path);
    free(s.copy);
    free(s.part);
    free(s.before);
    return step_end(&s.step);
}

int
main(void)
{
    int wrong;

    setvbuf(stdout, NULL, _IOLBF, 0);
    fail_init();
    wrong = scenario("a backup", backup_once);
    wrong += scenario("a migration", migrate_once);
    return wrong > 0;
}
